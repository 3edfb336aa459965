import { CodedError, isCoded } from '../../config/errors.ts';
import type { Configuration, Effect, LimitOutcome } from '../engine/index.ts';
import {
  addAudit,
  type ConfigurationVersion,
  type Database,
  dropConfigurationVersion,
  findConfigurationVersion,
  markConfigurationActive,
  saveConfigurationVersion,
} from '../store/index.ts';
import { type ConfigurationProblem, checkConfiguration } from './check-configuration.ts';
import type { EngineFactory } from './engine-factory.ts';
import type { RoutingDomain } from './routing-domain.ts';

/** Where live configuration works. */
export interface ConfigurationHost {
  readonly database: Database;
  readonly domain: RoutingDomain;
  readonly engines: Pick<EngineFactory, 'check'>;
}

export interface ConfigurationChange {
  /** From outside: anything. */
  readonly configuration: unknown;
  /** Queue → what becomes of the contacts that wait in it, for queues that are no longer there. */
  readonly removed?: Readonly<Record<string, LimitOutcome>>;
  readonly note?: string;
  /** The user who asks. */
  readonly actorId?: string;
}

/** What a change would do. */
export interface ConfigurationPreview {
  readonly problems: readonly ConfigurationProblem[];
  readonly queuesAdded: readonly string[];
  readonly queuesRemoved: readonly string[];
  readonly queuesChanged: readonly string[];
  readonly agentsAdded: readonly string[];
  readonly agentsRemoved: readonly string[];
  readonly agentsChanged: readonly string[];
  /** Removed queues in which contacts wait now, with how many. */
  readonly waiting: Readonly<Record<string, number>>;
}

export type ChangeOutcome =
  | { readonly kind: 'activated'; readonly version: number }
  /** Nothing was altered. */
  | { readonly kind: 'refused'; readonly problems: readonly ConfigurationProblem[] };

/** What is in force now. */
export function activeConfiguration(host: ConfigurationHost): Configuration {
  return host.domain.read((engine) => engine.configuration());
}

/** Says what a change would do, and changes nothing. */
export function previewConfiguration(host: ConfigurationHost, change: ConfigurationChange): ConfigurationPreview {
  const checked = checkConfiguration(change.configuration, host.engines);
  const before = activeConfiguration(host);
  const after = checked.kind === 'valid' ? checked.configuration : before;
  const queues = compare(before.queues, after.queues);
  const agents = compare(before.agents ?? [], after.agents ?? []);
  const waiting = waitingIn(host, queues.removed);
  const undecided = Object.entries(waiting).filter(([queueId]) => !change.removed?.[queueId]);
  const problems = [
    ...(checked.kind === 'invalid' ? checked.problems : []),
    ...undecided.map(([queueId, count]) => ({
      path: `removed.${queueId}`,
      message: `${count} contacts wait in this queue: say what becomes of them`,
    })),
    ...Object.entries(change.removed ?? {}).flatMap(([queueId, outcome]) =>
      outcome.to === 'queue' && !after.queues.some((queue) => queue.id === outcome.queueId)
        ? [{ path: `removed.${queueId}.queueId`, message: `no queue ${outcome.queueId}` }]
        : [],
    ),
  ];
  return {
    problems,
    queuesAdded: queues.added,
    queuesRemoved: queues.removed,
    queuesChanged: queues.changed,
    agentsAdded: agents.added,
    agentsRemoved: agents.removed,
    agentsChanged: agents.changed,
    waiting,
  };
}

function waitingIn(host: ConfigurationHost, queueIds: readonly string[]): Record<string, number> {
  return host.domain.read((engine, nowMs) => {
    const counts: Record<string, number> = {};
    for (const queueId of queueIds) {
      const queue = engine.queue(queueId, nowMs);
      const count = (queue?.waiting ?? 0) + (queue?.offered ?? 0) + (queue?.callbacks ?? 0);
      if (count > 0) counts[queueId] = count;
    }
    return counts;
  });
}

type Identified = { readonly id: string };

function compare(before: readonly Identified[], after: readonly Identified[]) {
  const old = new Map(before.map((entry) => [entry.id, JSON.stringify(entry)]));
  const now = new Map(after.map((entry) => [entry.id, JSON.stringify(entry)]));
  return {
    added: [...now.keys()].filter((id) => !old.has(id)),
    removed: [...old.keys()].filter((id) => !now.has(id)),
    changed: [...now.keys()].filter((id) => old.has(id) && old.get(id) !== now.get(id)),
  };
}

/**
 * Checks the whole, stores it as the next version with who and when, and lets the engine take it. The engine has the last word, since contacts
 * may have come in meanwhile. Throws what {@link RoutingDomain.submit} throws; nothing is in force then.
 */
export async function changeConfiguration(
  host: ConfigurationHost,
  change: ConfigurationChange,
): Promise<ChangeOutcome> {
  return activate(host, change, undefined);
}

/** Brings an older version back, as a new one. Throws `thing.not-found` when there is no such version. */
export async function rollBackConfiguration(
  host: ConfigurationHost,
  change: Omit<ConfigurationChange, 'configuration'> & { readonly version: number },
): Promise<ChangeOutcome> {
  const older = await findConfigurationVersion(host.database, host.domain.domain, change.version);
  if (!older?.activatedAtMs) throw new CodedError('thing.not-found', { version: change.version });
  return activate(host, { ...change, configuration: older.configuration }, older);
}

async function activate(
  host: ConfigurationHost,
  change: ConfigurationChange,
  restored: ConfigurationVersion | undefined,
): Promise<ChangeOutcome> {
  const { database, domain } = host;
  const { problems } = previewConfiguration(host, change);
  if (problems.length > 0) return { kind: 'refused', problems };
  const stored = await saveConfigurationVersion(database, {
    domain: domain.domain,
    make: (version) => ({ ...(change.configuration as Configuration), version }),
    ...(change.note === undefined ? {} : { note: change.note }),
    ...(restored === undefined ? {} : { restoredFrom: restored.version }),
    ...(change.actorId === undefined ? {} : { createdBy: change.actorId }),
  });
  const { version } = stored;
  let effects: readonly Effect[];
  try {
    effects = await domain.submit({
      type: 'configuration-changed',
      configuration: stored.configuration as Configuration,
      ...(change.removed === undefined ? {} : { removed: change.removed }),
    });
  } catch (fault) {
    // After an outage it is not known whether the engine takes it: `settleConfiguration` finds out.
    if (!isCoded(fault, 'store.unavailable')) await dropConfigurationVersion(database, domain.domain, version);
    throw fault;
  }
  const rejected = effects.find((effect) => effect.type === 'rejected');
  if (rejected) {
    await dropConfigurationVersion(database, domain.domain, version);
    const details = rejected.details?.length ? rejected.details : [rejected.reason];
    return { kind: 'refused', problems: details.map((message) => ({ path: '', message })) };
  }
  await markConfigurationActive(database, domain.domain, version, Date.now());
  await addAudit(database, {
    actorId: change.actorId ?? null,
    action: restored ? 'configuration-rolled-back' : 'configuration-changed',
    objectKind: 'routing-configuration',
    objectId: `${domain.domain}/${version}`,
    detail: restored ? { restoredFrom: restored.version } : {},
  });
  return { kind: 'activated', version };
}

/**
 * After a start: notes as active what the engine has, in case the server stopped between the engine's yes and the note. Gives the
 * engine `initial` when it has never had a configuration; answers whether it did. An `initial` that is not valid is refused as such.
 */
export async function settleConfiguration(
  host: ConfigurationHost,
  initial?: unknown,
): Promise<ChangeOutcome | undefined> {
  const { version } = activeConfiguration(host);
  if (version > 0) {
    await markConfigurationActive(host.database, host.domain.domain, version, Date.now());
    return undefined;
  }
  return initial === undefined ? undefined : changeConfiguration(host, { configuration: initial });
}
