import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import type { Clock } from '../../config/clock.ts';
import { CodedError } from '../../config/errors.ts';
import type { Logger } from '../../config/logger.ts';
import type { CallControl } from '../../switch/index.ts';
import type { LookupClient, PromptLibrary } from '../flows/index.ts';
import type { EffectConsumer } from '../routing/index.ts';
import { createChangeFeed } from './change-feed.ts';
import type { CommandOutcome } from './command.ts';
import { effectHandlers } from './effects/handlers.ts';
import { holdOffer } from './effects/hold-offer.ts';
import { listenToSwitch } from './events/switch-events.ts';
import { forsakeCalls } from './forsake.ts';
import { createLinkWatch } from './link-watch.ts';
import { createLiveCalls, type LiveCalls } from './live.ts';
import type { FlowShelf, Routing, VoiceDirectory, VoiceRecords } from './ports.ts';
import { auditRegularly, auditSwitch } from './reconcile.ts';
import { endOrphansOfRouting, recoverCalls } from './recover.ts';
import type { RecordingLook, VoiceRoom } from './room.ts';
import type { VoiceSettings } from './settings.ts';
import { type VoiceCommand, verbOf } from './verbs/registry.ts';

export interface VoiceOptions {
  readonly controls: readonly CallControl[];
  readonly records: VoiceRecords;
  readonly directory: VoiceDirectory;
  readonly flows: FlowShelf;
  readonly prompts: PromptLibrary;
  readonly lookup: LookupClient;
  readonly lookAtRecording: RecordingLook;
  /** Makes a folder for recordings; on the disk of this machine unless told. */
  readonly makeFolder?: (path: string) => Promise<unknown>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly settings: VoiceSettings;
  readonly newId?: () => string;
}

/** The voice room: calls, and what can be done with them. */
export interface Voice {
  /** For the routing domain: what voice does for the engine's effects. */
  readonly consumer: EffectConsumer;
  readonly live: LiveCalls;
  /** Loads the calls of the last run. For the routing domain's `reconcile` hook: before its effects are carried out. */
  recover(): Promise<void>;
  /** Begins to take calls, and goes on with those that are there. */
  start(routing: Routing): Promise<void>;
  /** Does what a person asks. Throws the switch's and the store's faults. */
  command(command: VoiceCommand): Promise<CommandOutcome>;
  /** The agent's page was loaded anew: its phone's next registration is a new phone that its call is brought to. */
  phoneExpected(agentId: string): void;
  /** Calls that are up (not only wrapped up). */
  readonly callsUp: number;
  /** Takes no new call from now on; those that are up go on. */
  drain(): void;
  /** Lets go. Idempotent; calls on the switch go on. */
  close(): void;
}

export function createVoice(options: VoiceOptions): Voice {
  const { clock, log } = options;
  let routing: Routing | undefined;
  const needRouting = (): Routing => {
    if (!routing) throw new CodedError('internal', { step: 'voice is used before it was started' });
    return routing;
  };
  const room: VoiceRoom = {
    ...options,
    get routing() {
      return needRouting();
    },
    newId: options.newId ?? randomUUID,
    makeFolder: options.makeFolder ?? ((path) => mkdir(path, { recursive: true })),
    calls: new Map(),
    legs: new Map(),
    ended: new Map(),
    changes: createChangeFeed(log),
    links: createLinkWatch(clock, options.settings.linkGiveUpMs, (control) => forsakeCalls(room, control)),
    unresumed: new Set(),
    heldOffers: new Map(),
    forsaken: new Map(),
    finishing: new Set(),
    leaving: new Map(),
    draining: false,
    closing: false,
  };
  const stops: (() => void)[] = [];
  let closed = false;
  return {
    consumer: { name: 'voice', handlers: effectHandlers(room) },
    live: createLiveCalls(room),
    recover: () => recoverCalls(room),
    async start(given) {
      routing = given;
      for (const control of room.controls) stops.push(listenToSwitch(room, control));
      for (const control of room.controls) await begin(room, control);
      holdOffersOfLastRun(room);
      await endOrphansOfRouting(room);
      stops.push(auditRegularly(room));
    },
    command: (command) => verbOf(command.kind).run(room, command),
    phoneExpected(agentId) {
      for (const call of room.calls.values()) if (call.agent?.agentId === agentId) call.agent.phoneChanged = true;
    },
    get callsUp() {
      return [...room.calls.values()].filter((call) => call.stage !== 'over').length;
    },
    drain() {
      room.draining = true;
    },
    close() {
      if (closed) return;
      closed = true;
      room.draining = true;
      room.closing = true;
      for (const stop of stops) stop();
      for (const call of room.calls.values()) call.watchdog?.cancel();
      for (const { timer } of room.heldOffers.values()) timer.cancel();
      room.links.close();
    },
  };
}

/** A switch that is not reachable yet is looked at when its link comes up. */
async function begin(room: VoiceRoom, control: CallControl): Promise<void> {
  if (!control.linked) {
    room.links.lost(control);
    return;
  }
  try {
    await auditSwitch(room, control, await control.listLegs(), 'start');
  } catch (error) {
    room.log.warn({ node: control.node, err: error }, 'the switch could not be asked what is there');
  }
}

/** Offers that are open in routing while the switch of their caller is away: their effect was carried out by a process that is gone. */
function holdOffersOfLastRun(room: VoiceRoom): void {
  for (const contactId of room.unresumed) {
    const call = room.calls.get(contactId);
    for (const offer of room.routing.contact(contactId)?.offers ?? [])
      if (call) holdOffer(room, call, { offerId: offer.offerId, expiresAtMs: offer.expiresMs });
  }
}
