import type { Clock } from '../../../config/clock.ts';
import { CodedError } from '../../../config/errors.ts';
import type { Logger } from '../../../config/logger.ts';
import type * as port from '../../call-control/index.ts';
import type { CommandSender } from '../wire/connection.ts';
import { EventSocketLink, type LinkTimes } from '../wire/link.ts';
import type { SwitchEvent } from '../wire/switch-event.ts';
import { ApplicationBook } from './application-book.ts';
import { EventWatch } from './event-watch.ts';
import { LegBook } from './leg-book.ts';
import { takeFirstSnapshot, takeSnapshot } from './snapshot.ts';
import { DEFAULT_LAYOUT, type SwitchLayout, type SwitchNode } from './switch-node.ts';
import { translateEvent } from './translate.ts';
import { answer } from './verbs/answer.ts';
import { bridge } from './verbs/bridge.ts';
import { collectDigits } from './verbs/collect-digits.ts';
import { phoneContact } from './verbs/dial-string.ts';
import { hangUp } from './verbs/hang-up.ts';
import { hold, unhold } from './verbs/hold.ts';
import { joinConference } from './verbs/join-conference.ts';
import { startMusic, stopMusic } from './verbs/music.ts';
import { mute } from './verbs/mute.ts';
import { originate } from './verbs/originate.ts';
import { park } from './verbs/park.ts';
import { play } from './verbs/play.ts';
import { pauseRecording, resumeRecording, startRecording, stopRecording } from './verbs/recording.ts';
import { sendDigits } from './verbs/send-digits.ts';
import { supervise } from './verbs/supervise.ts';
import { type Tags, tag } from './verbs/tag.ts';

/** Every event that is read somewhere in this adapter. */
const EVENTS = [
  'CHANNEL_CREATE',
  'CHANNEL_PROGRESS',
  'CHANNEL_PROGRESS_MEDIA',
  'CHANNEL_ANSWER',
  'CHANNEL_PARK',
  'CHANNEL_BRIDGE',
  'CHANNEL_UNBRIDGE',
  'CHANNEL_HANGUP_COMPLETE',
  'CHANNEL_EXECUTE_COMPLETE',
  'CHANNEL_HOLD',
  'CHANNEL_UNHOLD',
  'DTMF',
  'RECORD_START',
  'RECORD_STOP',
  'MEDIA_BUG_START',
  'BACKGROUND_JOB',
  'CUSTOM',
  'sofia::register',
  'sofia::unregister',
  'sofia::expire',
];

/** Events that may come while the first look at the switch is under way. More than that and the link starts over. */
const MAX_HELD_EVENTS = 20_000;

export interface EventSocketCallControlOptions {
  readonly host: string;
  readonly port: number;
  readonly password: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly layout?: Partial<SwitchLayout>;
  /** For commands that the switch answers at once, ms; 5,000 unless told. */
  readonly commandDeadlineMs?: number;
  readonly linkTimes?: Partial<LinkTimes>;
}

/**
 * {@link port.CallControl} over FreeSWITCH's event socket. Connects at once and for as long as it isn't closed; until
 * `link-restored` every verb fails with `switch.link-lost`.
 */
export class EventSocketCallControl implements port.CallControl {
  readonly node: string;
  readonly #switch: SwitchNode;
  readonly #link: EventSocketLink;
  readonly #log: Logger;
  readonly #listeners = new Set<(event: port.CallEvent) => void>();
  /** Events that came during the first look; undefined when they are handled as they come. */
  #held: SwitchEvent[] | undefined;

  constructor(options: EventSocketCallControlOptions) {
    this.node = `${options.host}:${options.port}`;
    this.#log = options.log.child({ switch: this.node });
    this.#link = new EventSocketLink({
      host: options.host,
      port: options.port,
      password: options.password,
      events: EVENTS,
      clock: options.clock,
      log: this.#log,
      ...(options.linkTimes ? { times: options.linkTimes } : {}),
      onEvent: (event) => this.#hear(event),
      onSubscribed: (sender) => this.#lookAround(sender),
      onLost: (reason) => this.#lost(reason),
    });
    this.#switch = {
      sender: this.#link,
      legs: new LegBook(),
      applications: new ApplicationBook(),
      events: new EventWatch(options.clock),
      layout: { ...DEFAULT_LAYOUT, ...options.layout },
      clock: options.clock,
      log: this.#log,
      tell: (event) => this.#tell(event),
      deadlineMs: options.commandDeadlineMs ?? 5_000,
    };
  }

  get linked(): boolean {
    return this.#link.up;
  }

  onEvent(listener: (event: port.CallEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  listLegs = (): Promise<readonly port.LegSnapshot[]> =>
    takeSnapshot(this.#link, this.#switch.deadlineMs, this.#switch.legs.ids(), this.#switch.layout.agentsProfile);
  answer = (legId: port.LegId) => answer(this.#switch, legId);
  hangUp = (legId: port.LegId, cause: port.HangupCause) => hangUp(this.#switch, legId, cause);
  play = (legId: port.LegId, sounds: readonly port.Sound[]) => play(this.#switch, legId, sounds);
  collectDigits = (legId: port.LegId, request: port.CollectRequest) => collectDigits(this.#switch, legId, request);
  startMusic = (legId: port.LegId, stream?: string) => startMusic(this.#switch, legId, stream);
  stopMusic = (legId: port.LegId) => stopMusic(this.#switch, legId);
  originate = (request: port.OriginateRequest) => originate(this.#switch, request);
  bridge = (legId: port.LegId, otherLegId: port.LegId) => bridge(this.#switch, legId, otherLegId);
  park = (legId: port.LegId) => park(this.#switch, legId);
  hold = (legId: port.LegId) => hold(this.#switch, legId);
  unhold = (legId: port.LegId) => unhold(this.#switch, legId);
  mute = (legId: port.LegId, muted: boolean) => mute(this.#switch, legId, muted);
  sendDigits = (legId: port.LegId, digits: string) => sendDigits(this.#switch, legId, digits);
  startRecording = (legId: port.LegId, path: string) => startRecording(this.#switch, legId, path);
  pauseRecording = (legId: port.LegId, path: string) => pauseRecording(this.#switch, legId, path);
  resumeRecording = (legId: port.LegId, path: string) => resumeRecording(this.#switch, legId, path);
  stopRecording = (legId: port.LegId, path: string) => stopRecording(this.#switch, legId, path);
  supervise = (supervisorLegId: port.LegId, agentLegId: port.LegId, mode: port.SupervisionMode) =>
    supervise(this.#switch, supervisorLegId, agentLegId, mode);
  joinConference = (legId: port.LegId, conference: string) => joinConference(this.#switch, legId, conference);
  tag = (legId: port.LegId, tags: Tags) => tag(this.#switch, legId, tags);
  isRegistered = async (user: string): Promise<boolean> => (await phoneContact(this.#switch, user)) !== undefined;

  async close(): Promise<void> {
    this.#link.close();
    this.#failWaiting(new CodedError('switch.link-lost', { reason: 'closed-by-us' }));
  }

  /** Looks at what is there, holding back what happens meanwhile. What it returns is called when the link is up. */
  async #lookAround(sender: CommandSender): Promise<() => void> {
    const held: SwitchEvent[] = [];
    this.#held = held;
    const created = () =>
      held.flatMap((event) => (event.name === 'CHANNEL_CREATE' && event.legId ? [event.legId] : []));
    const { deadlineMs, clock, layout } = this.#switch;
    const legs = await takeFirstSnapshot(sender, deadlineMs, clock, created, layout.agentsProfile);
    if (held.length >= MAX_HELD_EVENTS) throw new CodedError('switch.protocol', { reason: 'too-many-events' });
    return () => {
      this.#held = undefined;
      this.#switch.legs.clear();
      for (const snapshot of legs) {
        const leg = this.#switch.legs.enter(snapshot.legId);
        leg.seenParked = true;
        leg.mayBePlaying = true;
        leg.bridgedTo = snapshot.bridgedTo;
        leg.holding = snapshot.held && snapshot.bridgedTo !== undefined;
      }
      this.#tell({ kind: 'link-restored', atMs: this.#switch.clock.now(), legs });
      for (const event of held) this.#hear(event);
    };
  }

  #hear(event: SwitchEvent): void {
    if (this.#held) {
      if (this.#held.length < MAX_HELD_EVENTS) this.#held.push(event);
      return;
    }
    // Translated first: the leg book is right by the time that a verb goes on.
    const told = translateEvent(this.#switch, event);
    this.#switch.applications.take(event);
    this.#switch.events.take(event);
    if (told) this.#tell(told);
  }

  #tell(event: port.CallEvent): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(event);
      } catch (error) {
        this.#log.error({ err: error, kind: event.kind }, 'a listener of call events failed');
      }
    }
  }

  #lost(reason: CodedError): void {
    this.#failWaiting(new CodedError('switch.link-lost', { reason: reason.code }, reason));
    this.#switch.legs.clear();
    this.#tell({
      kind: 'link-lost',
      atMs: this.#switch.clock.now(),
      reason: String(reason.fields.reason ?? reason.code),
    });
  }

  #failWaiting(error: CodedError): void {
    this.#switch.applications.failAll(error);
    this.#switch.events.failAll(error);
  }
}
