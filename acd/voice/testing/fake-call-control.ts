import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../config/clock.ts';
import { CodedError } from '../../../config/errors.ts';
import type {
  BridgeOutcome,
  CallControl,
  CallEvent,
  CollectOutcome,
  CollectRequest,
  Done,
  Gone,
  HangupCause,
  LegId,
  LegSnapshot,
  OriginateOutcome,
  OriginateRequest,
  Playback,
  PlayOutcome,
  Sound,
  SupervisionMode,
} from '../../../switch/index.ts';
import { beginAttempt, takeDigit } from './fake-collect.ts';
import type { FakeCommand, FakeFault, FakeLeg, PhoneScript } from './fake-leg.ts';
import { snapshotOfLeg, snapshotOfRinging } from './fake-snapshots.ts';
import { newFakeLeg } from './new-fake-leg.ts';

const DONE: Done = { kind: 'done' };
const GONE: Gone = { kind: 'gone' };
const RAW_CAUSE: Partial<Record<HangupCause, string>> = { normal: 'NORMAL_CLEARING', 'media-timeout': 'MEDIA_TIMEOUT' };

type Ringing = {
  readonly request: OriginateRequest;
  readonly legId: LegId;
  readonly end: (outcome: OriginateOutcome) => void;
};

/**
 * A switch in memory with scripted phones. Time is the clock's, so tests move it. Faults are set per verb with {@link failNext};
 * the link drops and returns with {@link dropLink} and {@link restoreLink}, and events in between are missed as they would be.
 */
export class FakeCallControl implements CallControl {
  readonly node: string;
  readonly legs = new Map<LegId, FakeLeg>();
  readonly commands: FakeCommand[] = [];
  /** Paths that do not exist. */
  readonly missingFiles = new Set<string>();
  /** How long every file lasts, ms. */
  fileDurationMs = 1_000;
  readonly #clock: Clock;
  readonly #listeners = new Set<(event: CallEvent) => void>();
  readonly #phones = new Map<string, PhoneScript>();
  readonly #registered = new Set<string>();
  readonly #faults = new Map<string, FakeFault[]>();
  readonly #ringing = new Map<LegId, Ringing>();
  #linked = true;
  #closed = false;

  constructor(options: { readonly clock: Clock; readonly node?: string }) {
    this.#clock = options.clock;
    this.node = options.node ?? 'fake:8021';
  }

  // What a test does.

  /** Registers a phone (or says how an outside address behaves) and what it does when rung. */
  setPhone(address: string, script: PhoneScript, registered = true): void {
    this.#phones.set(address, script);
    if (registered) this.#registered.add(address);
  }
  register(user: string): void {
    this.#registered.add(user);
    this.#say({ kind: 'registered', user, atMs: this.#clock.now() });
  }
  unregister(user: string): void {
    this.#registered.delete(user);
    this.#say({ kind: 'unregistered', user, atMs: this.#clock.now() });
  }
  /** Somebody dials in. */
  callIn(call: { callerNumber: string; dialedNumber: string; fromUser?: string }): LegId {
    const leg = newFakeLeg({
      legId: randomUUID(),
      direction: 'inbound',
      createdAtMs: this.#clock.now(),
      callerNumber: call.callerNumber,
      dialedNumber: call.dialedNumber,
      headers: {},
      ...(call.fromUser === undefined ? {} : { user: call.fromUser }),
    });
    this.legs.set(leg.legId, leg);
    this.#say({
      kind: 'arrived',
      legId: leg.legId,
      atMs: this.#clock.now(),
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
      this.#say({ kind: 'digit', legId, atMs: this.#clock.now(), digit });
      if (leg.collecting) takeDigit(leg, leg.collecting, digit, this.#collectSurround);
    }
  }
  /** The phone at the other end hangs up, or dies. */
  phoneEnds(legId: LegId, cause: HangupCause = 'normal'): void {
    const ringing = this.#ringing.get(legId);
    if (ringing) this.#endRinging(ringing, { kind: 'rejected' });
    this.#endLeg(legId, cause);
  }
  failNext(verb: keyof CallControl, fault: FakeFault): void {
    this.#faults.set(verb, [...(this.#faults.get(verb) ?? []), fault]);
  }
  dropLink(): void {
    this.#say({ kind: 'link-lost', atMs: this.#clock.now(), reason: 'test' });
    this.#linked = false;
  }
  restoreLink(): void {
    this.#linked = true;
    this.#say({ kind: 'link-restored', atMs: this.#clock.now(), legs: this.#snapshots() });
  }
  /** The switch dies: everything on it is gone and nobody is told. */
  die(): void {
    this.dropLink();
    for (const leg of [...this.legs.values()]) this.#endLeg(leg.legId, 'switch-shutdown');
    this.#registered.clear();
  }
  /** The leg of a registered phone, newest first. */
  legOf(user: string): FakeLeg | undefined {
    return [...this.legs.values()].reverse().find((leg) => leg.user === user);
  }
  commandsOf(verb: string): readonly FakeCommand[] {
    return this.commands.filter((command) => command.verb === verb);
  }

  // The port.

  get linked(): boolean {
    return this.#linked && !this.#closed;
  }
  onEvent(listener: (event: CallEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  async listLegs(): Promise<readonly LegSnapshot[]> {
    this.#mayFail('listLegs');
    return this.#snapshots();
  }
  async answer(legId: LegId): Promise<Done | Gone> {
    return this.#on('answer', legId, (leg) => {
      if (leg.answered) return;
      leg.answered = true;
      this.#say({ kind: 'answered', legId, atMs: this.#clock.now() });
    });
  }
  async hangUp(legId: LegId, cause: HangupCause): Promise<Done | Gone> {
    const ringing = this.#ringing.get(legId);
    this.#mayFail('hangUp');
    this.commands.push({ verb: 'hangUp', legId, detail: cause });
    if (ringing) {
      this.#endRinging(ringing, { kind: 'cancelled' });
      return DONE;
    }
    if (!this.legs.has(legId)) return GONE;
    this.#endLeg(legId, cause);
    return DONE;
  }
  play(legId: LegId, sounds: readonly Sound[]): Playback {
    let leg: FakeLeg | undefined;
    const outcome = (async (): Promise<PlayOutcome> => {
      if (this.#mayFail('play') === 'gone') return GONE;
      this.commands.push({ verb: 'play', legId, detail: sounds });
      leg = this.legs.get(legId);
      if (!leg) return GONE;
      const target = leg;
      return new Promise((resolve) => this.#play(target, sounds, resolve));
    })();
    return {
      outcome,
      stop: async () => {
        if (leg) this.#stopPlaying(leg);
      },
    };
  }
  async collectDigits(legId: LegId, request: CollectRequest): Promise<CollectOutcome> {
    if (this.#mayFail('collectDigits') === 'gone') return GONE;
    this.commands.push({ verb: 'collectDigits', legId, detail: request });
    const leg = this.legs.get(legId);
    if (!leg) return GONE;
    return new Promise((end) => {
      leg.collecting = { request, end, digits: '', attempt: 0, timer: undefined };
      beginAttempt(leg, leg.collecting, this.#collectSurround);
    });
  }
  async startMusic(legId: LegId, stream = 'default'): Promise<Done | Gone> {
    return this.#on('startMusic', legId, (leg) => {
      this.#stopPlaying(leg);
      leg.music = stream;
    });
  }
  async stopMusic(legId: LegId): Promise<Done | Gone> {
    return this.#on('stopMusic', legId, (leg) => {
      leg.music = undefined;
    });
  }
  async originate(request: OriginateRequest): Promise<OriginateOutcome> {
    this.#mayFail('originate');
    this.commands.push({ verb: 'originate', legId: request.legId, detail: request });
    const { target } = request;
    const address = target.kind === 'phone' ? target.user : target.kind === 'number' ? target.number : target.uri;
    if (target.kind === 'phone' && !this.#registered.has(address)) return { kind: 'unregistered' };
    const script = this.#phones.get(address) ?? { does: 'ring' };
    return new Promise((resolve) => {
      const end = (outcome: OriginateOutcome) => {
        this.#ringing.delete(request.legId);
        for (const timer of timers) timer.cancel();
        resolve(outcome);
      };
      const ringing: Ringing = { request, legId: request.legId, end };
      this.#ringing.set(request.legId, ringing);
      this.#say({ kind: 'ringing', legId: request.legId, atMs: this.#clock.now() });
      const timers = [this.#clock.after(request.ringTimeoutMs, () => this.#endRinging(ringing, { kind: 'no-answer' }))];
      if (script.does === 'answer') {
        timers.push(this.#clock.after(script.afterMs, () => this.#phoneAnswers(ringing, request, address)));
      } else if (script.does !== 'ring') {
        const outcome: OriginateOutcome =
          script.does === 'busy'
            ? { kind: 'busy' }
            : script.does === 'reject'
              ? { kind: 'rejected' }
              : { kind: 'failed', rawCause: 'NORMAL_TEMPORARY_FAILURE' };
        timers.push(this.#clock.after(script.afterMs, () => this.#endRinging(ringing, outcome)));
      }
    });
  }
  async bridge(legId: LegId, otherLegId: LegId): Promise<BridgeOutcome> {
    const fault = this.#mayFail('bridge');
    this.commands.push({ verb: 'bridge', legId, detail: otherLegId });
    if (fault === 'gone') {
      this.#endLeg(otherLegId, 'failed');
      return { kind: 'gone', legId: otherLegId };
    }
    const one = this.legs.get(legId);
    const two = this.legs.get(otherLegId);
    if (!one) return { kind: 'gone', legId };
    if (!two) return { kind: 'gone', legId: otherLegId };
    for (const leg of [one, two]) {
      if (leg.bridgedTo !== undefined) this.#unbridge(leg);
      this.#stopPlaying(leg);
      leg.music = undefined;
      leg.held = false;
    }
    one.bridgedTo = otherLegId;
    two.bridgedTo = legId;
    this.#say({ kind: 'bridged', legId, otherLegId, atMs: this.#clock.now() });
    return { kind: 'bridged' };
  }
  async park(legId: LegId): Promise<Done | Gone> {
    return this.#on('park', legId, (leg) => {
      if (leg.bridgedTo !== undefined) this.#unbridge(leg);
      else this.#say({ kind: 'parked', legId, atMs: this.#clock.now() });
    });
  }
  async hold(legId: LegId): Promise<Done | Gone> {
    return this.#on('hold', legId, (leg) => {
      leg.held = true;
      this.#say({ kind: 'held', legId, atMs: this.#clock.now() });
    });
  }
  async unhold(legId: LegId): Promise<Done | Gone> {
    return this.#on('unhold', legId, (leg) => {
      leg.held = false;
      this.#say({ kind: 'unheld', legId, atMs: this.#clock.now() });
    });
  }
  async mute(legId: LegId, muted: boolean): Promise<Done | Gone> {
    return this.#on('mute', legId, (leg) => {
      leg.muted = muted;
    });
  }
  async sendDigits(legId: LegId, digits: string): Promise<Done | Gone> {
    return this.#on('sendDigits', legId, (leg) => {
      leg.digitsSent += digits;
    });
  }
  async startRecording(legId: LegId, path: string): Promise<Done | Gone> {
    return this.#on(
      'startRecording',
      legId,
      (leg) => {
        leg.recordings.set(path, false);
        this.#say({ kind: 'recording-started', legId, path, atMs: this.#clock.now() });
      },
      path,
    );
  }
  async pauseRecording(legId: LegId, path: string): Promise<Done | Gone> {
    return this.#on('pauseRecording', legId, (leg) => void leg.recordings.set(path, true), path);
  }
  async resumeRecording(legId: LegId, path: string): Promise<Done | Gone> {
    return this.#on('resumeRecording', legId, (leg) => void leg.recordings.set(path, false), path);
  }
  async stopRecording(legId: LegId, path: string): Promise<Done | Gone> {
    return this.#on(
      'stopRecording',
      legId,
      (leg) => {
        if (leg.recordings.delete(path)) this.#say({ kind: 'recording-stopped', legId, path, atMs: this.#clock.now() });
      },
      path,
    );
  }
  async supervise(supervisorLegId: LegId, agentLegId: LegId, mode: SupervisionMode): Promise<Done | Gone> {
    if (!this.legs.has(agentLegId)) return GONE;
    return this.#on(
      'supervise',
      supervisorLegId,
      (leg) => {
        leg.supervises = { legId: agentLegId, mode };
      },
      mode,
    );
  }
  async joinConference(legId: LegId, conference: string): Promise<Done | Gone> {
    return this.#on(
      'joinConference',
      legId,
      (leg) => {
        if (leg.bridgedTo !== undefined) this.#unbridge(leg);
        leg.conference = conference;
      },
      conference,
    );
  }
  async tag(legId: LegId, tags: { readonly contactId?: string; readonly role?: string }): Promise<Done | Gone> {
    return this.#on('tag', legId, (leg) => {
      leg.contactId = tags.contactId ?? leg.contactId;
      leg.role = tags.role ?? leg.role;
    });
  }
  async isRegistered(user: string): Promise<boolean> {
    this.#mayFail('isRegistered');
    return this.#registered.has(user);
  }
  async close(): Promise<void> {
    this.#closed = true;
    this.#listeners.clear();
  }

  // How it works.

  readonly #collectSurround = {
    clock: { now: () => this.#clock.now(), after: (ms: number, task: () => void) => this.#clock.after(ms, task) },
    play: (leg: FakeLeg, sounds: readonly Sound[], done: () => void) => this.#play(leg, sounds, done),
    stopPlaying: (leg: FakeLeg) => this.#stopPlaying(leg),
  };

  #say(event: CallEvent): void {
    if (!this.#linked || this.#closed) return;
    for (const listener of [...this.#listeners]) listener(event);
  }
  #snapshots(): readonly LegSnapshot[] {
    return [
      ...[...this.legs.values()].map(snapshotOfLeg),
      ...[...this.#ringing.values()].map(({ request }) => snapshotOfRinging(request, this.#clock.now())),
    ];
  }
  #mayFail(verb: keyof CallControl): FakeFault | undefined {
    if (!this.linked) throw new CodedError('switch.link-lost', { verb });
    const fault = this.#faults.get(verb)?.shift();
    if (fault === 'link-lost') throw new CodedError('switch.link-lost', { verb });
    if (fault === 'deadline') throw new CodedError('switch.deadline', { verb });
    return fault;
  }
  #on(verb: keyof CallControl, legId: LegId, work: (leg: FakeLeg) => void, detail?: unknown): Done | Gone {
    const fault = this.#mayFail(verb);
    this.commands.push({ verb, legId, ...(detail === undefined ? {} : { detail }) });
    const leg = this.legs.get(legId);
    if (!leg || fault === 'gone') return GONE;
    work(leg);
    return DONE;
  }
  #phoneAnswers(ringing: Ringing, request: OriginateRequest, address: string): void {
    const { legId } = request;
    const leg = newFakeLeg({
      legId,
      direction: 'outbound',
      createdAtMs: this.#clock.now(),
      callerNumber: request.callerNumber,
      dialedNumber: address,
      headers: request.headers ?? {},
      user: address,
    });
    this.legs.set(legId, leg);
    leg.answered = true;
    leg.contactId = request.contactId;
    leg.role = request.role;
    this.#say({ kind: 'answered', legId, atMs: this.#clock.now() });
    this.#say({ kind: 'parked', legId, atMs: this.#clock.now() });
    ringing.end({ kind: 'answered', legId });
  }
  #endRinging(ringing: Ringing, outcome: OriginateOutcome): void {
    const causes: Partial<Record<OriginateOutcome['kind'], HangupCause>> = {
      'no-answer': 'no-answer',
      cancelled: 'cancelled',
      busy: 'busy',
      rejected: 'rejected',
    };
    const cause = causes[outcome.kind] ?? 'failed';
    this.#say({ kind: 'hung-up', legId: ringing.legId, atMs: this.#clock.now(), cause, rawCause: cause });
    ringing.end(outcome);
  }
  #unbridge(leg: FakeLeg): void {
    const other = leg.bridgedTo === undefined ? undefined : this.legs.get(leg.bridgedTo);
    leg.bridgedTo = undefined;
    if (!other) return;
    other.bridgedTo = undefined;
    const atMs = this.#clock.now();
    this.#say({ kind: 'unbridged', legId: leg.legId, otherLegId: other.legId, atMs });
    for (const { legId } of [leg, other]) if (this.legs.has(legId)) this.#say({ kind: 'parked', legId, atMs });
  }
  #endLeg(legId: LegId, cause: HangupCause): void {
    const leg = this.legs.get(legId);
    if (!leg) return;
    this.legs.delete(legId);
    leg.playing?.timer?.cancel();
    leg.playing?.end(GONE);
    leg.collecting?.timer?.cancel();
    leg.collecting?.end(GONE);
    for (const path of leg.recordings.keys()) {
      this.#say({ kind: 'recording-stopped', legId, path, atMs: this.#clock.now() });
    }
    if (leg.bridgedTo !== undefined) this.#unbridge(leg);
    this.#say({ kind: 'hung-up', legId, atMs: this.#clock.now(), cause, rawCause: RAW_CAUSE[cause] ?? cause });
  }
  #play(leg: FakeLeg, sounds: readonly Sound[], done: (outcome: PlayOutcome) => void): void {
    this.#stopPlaying(leg);
    leg.music = undefined;
    leg.heard.push(...sounds);
    const missing = sounds.some((sound) => sound.kind === 'file' && this.missingFiles.has(sound.path));
    if (missing) return done({ kind: 'missing' });
    const durationMs = sounds.reduce(
      (sum, sound) => sum + (sound.kind === 'silence' ? sound.durationMs : this.fileDurationMs),
      0,
    );
    const end = (outcome: PlayOutcome) => {
      leg.playing = undefined;
      done(outcome);
    };
    const playing = { end, timer: this.#clock.after(durationMs, () => end({ kind: 'done' })) };
    leg.playing = playing;
  }
  #stopPlaying(leg: FakeLeg): void {
    const playing = leg.playing;
    playing?.timer?.cancel();
    playing?.end({ kind: 'stopped' });
  }
}
