import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../config/clock.ts';
import { CodedError } from '../../../config/errors.ts';
import type {
  CallControl,
  CallEvent,
  Done,
  Gone,
  HangupCause,
  LegId,
  LegSnapshot,
  OriginateOutcome,
  OriginateRequest,
  PlayOutcome,
  Sound,
} from '../../../switch/index.ts';
import { takeDigit } from './fake-collect.ts';
import type { FakeCommand, FakeFault, FakeLeg, FakePlaying, PhoneScript } from './fake-leg.ts';
import { snapshotOfLeg, snapshotOfRinging } from './fake-snapshots.ts';
import { newFakeLeg } from './new-fake-leg.ts';

const DONE: Done = { kind: 'done' };
const GONE: Gone = { kind: 'gone' };
const RAW_CAUSE: Partial<Record<HangupCause, string>> = { normal: 'NORMAL_CLEARING', 'media-timeout': 'MEDIA_TIMEOUT' };

/** The address that a request rings. */
export function addressOf({ target }: OriginateRequest): string {
  return target.kind === 'phone' ? target.user : target.kind === 'number' ? target.number : target.uri;
}

/** A phone that is being rung. */
export type Ringing = {
  readonly request: OriginateRequest;
  readonly legId: LegId;
  readonly end: (outcome: OriginateOutcome) => void;
  /** Whoever asked for it will not hear what became of it; the phone rings on. */
  readonly fail: (error: unknown) => void;
};

/**
 * A switch in memory with scripted phones. Time is the clock's, so tests move it. Faults are set per verb with {@link failNext};
 * the link drops and returns with {@link dropLink} and {@link restoreLink}, and events in between are missed as they would be.
 */
export class FakeSwitch {
  readonly node: string;
  readonly legs = new Map<LegId, FakeLeg>();
  readonly commands: FakeCommand[] = [];
  /** How legs ended. */
  readonly ends = new Map<LegId, { readonly cause: HangupCause; readonly answered: boolean }>();
  readonly #requests = new Map<LegId, OriginateRequest>();
  readonly #rung: { readonly address: string; readonly legId: LegId }[] = [];
  /** Paths that do not exist. */
  readonly missingFiles = new Set<string>();
  /** How long every file lasts, ms. */
  fileDurationMs = 1_000;
  protected readonly clock: Clock;
  protected readonly listeners = new Set<(event: CallEvent) => void>();
  protected readonly phones = new Map<string, PhoneScript>();
  protected readonly registered = new Set<string>();
  protected readonly faults = new Map<string, FakeFault[]>();
  protected readonly ringing = new Map<LegId, Ringing>();
  protected isLinked = true;
  protected isClosed = false;

  constructor(options: { readonly clock: Clock; readonly node?: string }) {
    this.clock = options.clock;
    this.node = options.node ?? 'fake:8021';
  }

  // What a test does.

  /** Registers a phone (or says how an outside address behaves) and what it does when rung. */
  setPhone(address: string, script: PhoneScript, registered = true): void {
    this.phones.set(address, script);
    if (registered) this.registered.add(address);
  }
  register(user: string): void {
    this.registered.add(user);
    this.say({ kind: 'registered', user, atMs: this.clock.now() });
  }
  unregister(user: string): void {
    this.registered.delete(user);
    this.say({ kind: 'unregistered', user, atMs: this.clock.now() });
  }
  /** Somebody dials in. */
  callIn(call: { callerNumber: string; dialedNumber: string; fromUser?: string }): LegId {
    const leg = newFakeLeg({
      legId: randomUUID(),
      direction: 'inbound',
      createdAtMs: this.clock.now(),
      callerNumber: call.callerNumber,
      dialedNumber: call.dialedNumber,
      headers: {},
      ...(call.fromUser === undefined ? {} : { user: call.fromUser }),
    });
    this.legs.set(leg.legId, leg);
    this.say({
      kind: 'arrived',
      legId: leg.legId,
      atMs: this.clock.now(),
      callerNumber: call.callerNumber,
      dialedNumber: call.dialedNumber,
      ...(call.fromUser === undefined ? {} : { fromUser: call.fromUser }),
    });
    return leg.legId;
  }
  press(legId: LegId, digits: string): void {
    for (const digit of digits) {
      const leg = this.legs.get(legId);
      if (!leg) return;
      this.say({ kind: 'digit', legId, atMs: this.clock.now(), digit });
      if (leg.collecting) takeDigit(leg, leg.collecting, digit, this.collectSurround);
    }
  }
  /** The phone at the other end hangs up, or dies. */
  phoneEnds(legId: LegId, cause: HangupCause = 'normal'): void {
    const ringing = this.ringing.get(legId);
    if (ringing) this.endRinging(ringing, { kind: 'rejected' });
    this.endLeg(legId, cause);
  }
  failNext(verb: keyof CallControl, fault: FakeFault): void {
    this.faults.set(verb, [...(this.faults.get(verb) ?? []), fault]);
  }
  /** The next phone of that address that was rung and not asked for yet. */
  takeRung(address: string): LegId | undefined {
    const index = this.#rung.findIndex((one) => one.address === address);
    return index < 0 ? undefined : this.#rung.splice(index, 1)[0]?.legId;
  }
  endOf(legId: LegId): { readonly cause: HangupCause; readonly answered: boolean } | undefined {
    return this.ends.get(legId);
  }
  requestOf(legId: LegId): OriginateRequest | undefined {
    return this.#requests.get(legId);
  }
  /** A ringing phone is taken up by hand. */
  answerRinging(legId: LegId): void {
    const ringing = this.ringing.get(legId);
    if (ringing) this.phoneAnswers(ringing, ringing.request, addressOf(ringing.request));
  }
  /** A phone begins to ring. */
  protected noteRung(request: OriginateRequest): void {
    this.#requests.set(request.legId, request);
    this.#rung.push({ address: addressOf(request), legId: request.legId });
  }
  dropLink(): void {
    for (const leg of this.legs.values()) {
      const lost = () => new CodedError('switch.link-lost', { verb: 'play' });
      // The sound goes on for the caller, but its end will never be known.
      const { collecting, playing, soundNow } = leg;
      leg.collecting = undefined;
      collecting?.timer?.cancel();
      collecting?.fail(lost());
      if (!playing) continue;
      playing.fail(lost());
      leg.soundNow = soundNow;
    }
    for (const ringing of this.ringing.values())
      ringing.fail(new CodedError('switch.link-lost', { verb: 'originate' }));
    this.say({ kind: 'link-lost', atMs: this.clock.now(), reason: 'test' });
    this.isLinked = false;
  }
  restoreLink(): void {
    this.isLinked = true;
    this.say({ kind: 'link-restored', atMs: this.clock.now(), legs: this.snapshots() });
  }
  /** The switch dies: everything on it is gone and nobody is told. */
  die(): void {
    this.dropLink();
    for (const leg of [...this.legs.values()]) this.endLeg(leg.legId, 'switch-shutdown');
    this.registered.clear();
  }
  /** The leg of a registered phone, newest first. */
  legOf(user: string): FakeLeg | undefined {
    return [...this.legs.values()].reverse().find((leg) => leg.user === user);
  }
  commandsOf(verb: string): readonly FakeCommand[] {
    return this.commands.filter((command) => command.verb === verb);
  }

  // How it works.

  protected readonly collectSurround = {
    clock: { now: () => this.clock.now(), after: (ms: number, task: () => void) => this.clock.after(ms, task) },
    play: (leg: FakeLeg, sounds: readonly Sound[], done: () => void) => this.playOn(leg, sounds, done),
    stopPlaying: (leg: FakeLeg) => this.stopPlaying(leg),
  };

  protected say(event: CallEvent): void {
    if (!this.isLinked || this.isClosed) return;
    for (const listener of [...this.listeners]) listener(event);
  }
  protected snapshots(): readonly LegSnapshot[] {
    return [
      ...[...this.legs.values()].map(snapshotOfLeg),
      ...[...this.ringing.values()].map(({ request }) => snapshotOfRinging(request, this.clock.now())),
    ];
  }
  protected mayFail(verb: keyof CallControl): FakeFault | undefined {
    if (!this.isLinked || this.isClosed) throw new CodedError('switch.link-lost', { verb });
    const fault = this.faults.get(verb)?.shift();
    if (fault === 'link-lost') throw new CodedError('switch.link-lost', { verb });
    if (fault === 'deadline') throw new CodedError('switch.deadline', { verb });
    return fault;
  }
  protected on(verb: keyof CallControl, legId: LegId, work: (leg: FakeLeg) => void, detail?: unknown): Done | Gone {
    const fault = this.mayFail(verb);
    this.commands.push({ verb, legId, ...(detail === undefined ? {} : { detail }) });
    const leg = this.legs.get(legId);
    if (!leg || fault === 'gone') return GONE;
    work(leg);
    return DONE;
  }
  protected phoneAnswers(ringing: Ringing, request: OriginateRequest, address: string): void {
    const { legId } = request;
    const leg = newFakeLeg({
      legId,
      direction: 'outbound',
      createdAtMs: this.clock.now(),
      callerNumber: request.callerNumber,
      dialedNumber: address,
      headers: request.headers ?? {},
      user: address,
    });
    this.legs.set(legId, leg);
    leg.answered = true;
    leg.contactId = request.contactId;
    leg.role = request.role;
    this.say({ kind: 'answered', legId, atMs: this.clock.now() });
    this.say({ kind: 'parked', legId, atMs: this.clock.now() });
    ringing.end({ kind: 'answered', legId });
  }
  protected endRinging(ringing: Ringing, outcome: OriginateOutcome): void {
    const causes: Partial<Record<OriginateOutcome['kind'], HangupCause>> = {
      'no-answer': 'no-answer',
      cancelled: 'cancelled',
      busy: 'busy',
      rejected: 'rejected',
    };
    const cause = causes[outcome.kind] ?? 'failed';
    this.ends.set(ringing.legId, { cause, answered: false });
    this.say({ kind: 'hung-up', legId: ringing.legId, atMs: this.clock.now(), cause, rawCause: cause });
    ringing.end(outcome);
  }
  protected unbridge(leg: FakeLeg): void {
    leg.held = false;
    const other = leg.bridgedTo === undefined ? undefined : this.legs.get(leg.bridgedTo);
    leg.bridgedTo = undefined;
    if (!other) return;
    other.bridgedTo = undefined;
    other.held = false;
    const atMs = this.clock.now();
    this.say({ kind: 'unbridged', legId: leg.legId, otherLegId: other.legId, atMs });
    for (const { legId } of [leg, other]) if (this.legs.has(legId)) this.say({ kind: 'parked', legId, atMs });
  }
  protected endLeg(legId: LegId, cause: HangupCause): void {
    const leg = this.legs.get(legId);
    if (!leg) return;
    this.legs.delete(legId);
    this.ends.set(legId, { cause, answered: leg.answered });
    leg.playing?.timer?.cancel();
    leg.playing?.end(GONE);
    leg.collecting?.timer?.cancel();
    leg.collecting?.end(GONE);
    for (const path of leg.recordings.keys()) {
      this.say({ kind: 'recording-stopped', legId, path, atMs: this.clock.now() });
    }
    if (leg.bridgedTo !== undefined) this.unbridge(leg);
    this.say({ kind: 'hung-up', legId, atMs: this.clock.now(), cause, rawCause: RAW_CAUSE[cause] ?? cause });
  }
  protected playOn(
    leg: FakeLeg,
    sounds: readonly Sound[],
    done: (outcome: PlayOutcome) => void,
    fail: (error: unknown) => void = () => {},
  ): void {
    this.stopPlaying(leg);
    leg.music = undefined;
    leg.heard.push(...sounds);
    if (sounds.some((sound) => sound.kind === 'file' && this.missingFiles.has(sound.path))) {
      done({ kind: 'missing' });
      return;
    }
    const settle = (work: () => void) => {
      leg.playing?.timer?.cancel();
      leg.playing = undefined;
      leg.soundNow = undefined;
      work();
    };
    const playing: FakePlaying = {
      end: (outcome) => settle(() => done(outcome)),
      fail: (error) => settle(() => fail(error)),
      timer: undefined,
    };
    const step = (index: number) => {
      const sound = sounds[index];
      if (!sound) return playing.end({ kind: 'done' });
      leg.soundNow = sound;
      playing.timer = this.clock.after(this.durationOf(sound), () => step(index + 1));
    };
    leg.playing = playing;
    step(0);
  }
  protected durationOf(sound: Sound): number {
    if (sound.kind === 'silence') return sound.durationMs;
    const tone = sound.kind === 'tone' ? /^%\((\d+),(\d+),/.exec(sound.spec) : undefined;
    return tone ? Number(tone[1]) + Number(tone[2]) : this.fileDurationMs;
  }
  protected stopPlaying(leg: FakeLeg): void {
    leg.playing?.end({ kind: 'stopped' });
  }
}
