import {
  DEFAULT_CALLBACK,
  DEFAULT_OFFER_TIMEOUT_MS,
  DEFAULT_SHORT_ABANDON_MS,
  DEFAULT_WRAP_UP_MOST_MS,
  DEFAULT_WRAP_UP_MS,
  type QueueConfiguration,
} from '../configuration.ts';
import { emptyStatistics } from '../estimates/statistics.ts';
import type { Queue, QueueSettings } from '../model.ts';
import { poolOf, queuePoolKey } from '../needs/pools.ts';
import { WaitingLine } from '../order/waiting-line.ts';
import type { World } from '../world.ts';

/** A queue's configuration with every default filled in. */
export function settingsOf(configuration: QueueConfiguration): QueueSettings {
  return {
    ...configuration,
    priority: configuration.priority ?? 0,
    ageing: configuration.ageing ?? { pointsPerMinute: 1 },
    strategy: configuration.strategy ?? { kind: 'longest-idle', since: 'any' },
    offerTimeoutMs: { ...DEFAULT_OFFER_TIMEOUT_MS, ...configuration.offerTimeoutMs },
    wrapUpMs: { ...DEFAULT_WRAP_UP_MS, ...configuration.wrapUpMs },
    wrapUpMostMs: configuration.wrapUpMostMs ?? DEFAULT_WRAP_UP_MOST_MS,
    relaxation: configuration.relaxation ?? [],
    entryLimits: configuration.entryLimits ?? [],
    waitingLimits: configuration.waitingLimits ?? [],
    estimator: configuration.estimator ?? 'queue-length',
    callback: configuration.callback ?? DEFAULT_CALLBACK,
    shortAbandonMs: configuration.shortAbandonMs ?? DEFAULT_SHORT_ABANDON_MS,
    blocked: new Set(configuration.blocklist ?? []),
  };
}

export function newQueue(world: World, configuration: QueueConfiguration): Queue {
  return {
    id: configuration.id,
    settings: settingsOf(configuration),
    retired: false,
    removedThen: { to: 'message' },
    pool: poolOf(world, queuePoolKey(configuration.id)),
    line: new WaitingLine(),
    statistics: emptyStatistics(),
    offered: 0,
    handling: 0,
    callbacks: 0,
    live: 0,
    reserveOn: false,
    reserveTimer: undefined,
  };
}
