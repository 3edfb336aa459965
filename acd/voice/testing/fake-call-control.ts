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
import { beginAttempt } from './fake-collect.ts';
import type { FakeLeg } from './fake-leg.ts';
import { addressOf, FakeSwitch, type Ringing } from './fake-switch.ts';

const DONE: Done = { kind: 'done' };
const GONE: Gone = { kind: 'gone' };

/** {@link FakeSwitch} as a switch that can be told what to do. */
export class FakeCallControl extends FakeSwitch implements CallControl {
  // The port.

  get linked(): boolean {
    return this.isLinked && !this.isClosed;
  }
  onEvent(listener: (event: CallEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
  async listLegs(): Promise<readonly LegSnapshot[]> {
    this.mayFail('listLegs');
    return this.snapshots();
  }
  async answer(legId: LegId): Promise<Done | Gone> {
    return this.on('answer', legId, (leg) => {
      if (leg.answered) return;
      leg.answered = true;
      this.say({ kind: 'answered', legId, atMs: this.clock.now() });
    });
  }
  async hangUp(legId: LegId, cause: HangupCause): Promise<Done | Gone> {
    const ringing = this.ringing.get(legId);
    this.mayFail('hangUp');
    this.commands.push({ verb: 'hangUp', legId, detail: cause });
    if (ringing) {
      this.endRinging(ringing, { kind: 'cancelled' });
      return DONE;
    }
    if (!this.legs.has(legId)) return GONE;
    this.endLeg(legId, cause);
    return DONE;
  }
  play(legId: LegId, sounds: readonly Sound[]): Playback {
    let leg: FakeLeg | undefined;
    const outcome = (async (): Promise<PlayOutcome> => {
      if (this.mayFail('play') === 'gone') return GONE;
      this.commands.push({ verb: 'play', legId, detail: sounds });
      leg = this.legs.get(legId);
      if (!leg) return GONE;
      const target = leg;
      return new Promise((resolve, reject) => this.playOn(target, sounds, resolve, reject));
    })();
    return {
      outcome,
      stop: async () => {
        if (leg) this.stopPlaying(leg);
      },
    };
  }
  async collectDigits(legId: LegId, request: CollectRequest): Promise<CollectOutcome> {
    if (this.mayFail('collectDigits') === 'gone') return GONE;
    this.commands.push({ verb: 'collectDigits', legId, detail: request });
    const leg = this.legs.get(legId);
    if (!leg) return GONE;
    return new Promise((end, fail) => {
      leg.collecting = { request, end, fail, digits: '', attempt: 0, timer: undefined };
      beginAttempt(leg, leg.collecting, this.collectSurround);
    });
  }
  async startMusic(legId: LegId, stream = 'default'): Promise<Done | Gone> {
    return this.on('startMusic', legId, (leg) => {
      this.stopPlaying(leg);
      leg.music = stream;
    });
  }
  async stopMusic(legId: LegId): Promise<Done | Gone> {
    return this.on('stopMusic', legId, (leg) => {
      leg.music = undefined;
    });
  }
  async originate(request: OriginateRequest): Promise<OriginateOutcome> {
    this.mayFail('originate');
    this.commands.push({ verb: 'originate', legId: request.legId, detail: request });
    this.noteRung(request);
    const { target } = request;
    const address = addressOf(request);
    if (target.kind === 'phone' && !this.registered.has(address)) return { kind: 'unregistered' };
    const script = this.phones.get(address) ?? { does: 'ring' };
    return new Promise((resolve, fail) => {
      const end = (outcome: OriginateOutcome) => {
        this.ringing.delete(request.legId);
        for (const timer of timers) timer.cancel();
        resolve(outcome);
      };
      const ringing: Ringing = { request, legId: request.legId, end, fail };
      this.ringing.set(request.legId, ringing);
      this.say({ kind: 'ringing', legId: request.legId, atMs: this.clock.now() });
      const timers = [this.clock.after(request.ringTimeoutMs, () => this.endRinging(ringing, { kind: 'no-answer' }))];
      if (script.does === 'answer') {
        timers.push(this.clock.after(script.afterMs, () => this.phoneAnswers(ringing, request, address)));
      } else if (script.does !== 'ring') {
        const outcome: OriginateOutcome =
          script.does === 'busy'
            ? { kind: 'busy' }
            : script.does === 'reject'
              ? { kind: 'rejected' }
              : { kind: 'failed', rawCause: 'NORMAL_TEMPORARY_FAILURE' };
        timers.push(this.clock.after(script.afterMs, () => this.endRinging(ringing, outcome)));
      }
    });
  }
  async bridge(legId: LegId, otherLegId: LegId): Promise<BridgeOutcome> {
    const fault = this.mayFail('bridge');
    this.commands.push({ verb: 'bridge', legId, detail: otherLegId });
    if (fault === 'gone') {
      this.endLeg(otherLegId, 'failed');
      return { kind: 'gone', legId: otherLegId };
    }
    const one = this.legs.get(legId);
    const two = this.legs.get(otherLegId);
    if (!one) return { kind: 'gone', legId };
    if (!two) return { kind: 'gone', legId: otherLegId };
    if (one.bridgedTo === otherLegId) return { kind: 'bridged' };
    for (const leg of [one, two]) {
      leg.conference = undefined;
      if (leg.bridgedTo !== undefined) this.unbridge(leg);
      this.stopPlaying(leg);
      leg.music = undefined;
      leg.held = false;
    }
    one.bridgedTo = otherLegId;
    two.bridgedTo = legId;
    this.say({ kind: 'bridged', legId, otherLegId, atMs: this.clock.now() });
    return { kind: 'bridged' };
  }
  async park(legId: LegId): Promise<Done | Gone> {
    return this.on('park', legId, (leg) => {
      leg.conference = undefined;
      if (leg.bridgedTo !== undefined) this.unbridge(leg);
      else this.say({ kind: 'parked', legId, atMs: this.clock.now() });
    });
  }
  async hold(legId: LegId): Promise<Done | Gone> {
    return this.on('hold', legId, (leg) => {
      leg.held = true;
      this.say({ kind: 'held', legId, atMs: this.clock.now() });
    });
  }
  async unhold(legId: LegId): Promise<Done | Gone> {
    return this.on('unhold', legId, (leg) => {
      leg.held = false;
      this.say({ kind: 'unheld', legId, atMs: this.clock.now() });
    });
  }
  async mute(legId: LegId, muted: boolean): Promise<Done | Gone> {
    return this.on('mute', legId, (leg) => {
      leg.muted = muted;
    });
  }
  async sendDigits(legId: LegId, digits: string): Promise<Done | Gone> {
    return this.on('sendDigits', legId, (leg) => {
      leg.digitsSent += digits;
    });
  }
  async startRecording(legId: LegId, path: string): Promise<Done | Gone> {
    return this.on(
      'startRecording',
      legId,
      (leg) => {
        leg.recordings.set(path, false);
        this.say({ kind: 'recording-started', legId, path, atMs: this.clock.now() });
      },
      path,
    );
  }
  async pauseRecording(legId: LegId, path: string): Promise<Done | Gone> {
    return this.on('pauseRecording', legId, (leg) => void leg.recordings.set(path, true), path);
  }
  async resumeRecording(legId: LegId, path: string): Promise<Done | Gone> {
    return this.on('resumeRecording', legId, (leg) => void leg.recordings.set(path, false), path);
  }
  async stopRecording(legId: LegId, path: string): Promise<Done | Gone> {
    return this.on(
      'stopRecording',
      legId,
      (leg) => {
        if (leg.recordings.delete(path)) this.say({ kind: 'recording-stopped', legId, path, atMs: this.clock.now() });
      },
      path,
    );
  }
  async supervise(supervisorLegId: LegId, agentLegId: LegId, mode: SupervisionMode): Promise<Done | Gone> {
    if (!this.legs.has(agentLegId)) return GONE;
    return this.on(
      'supervise',
      supervisorLegId,
      (leg) => {
        leg.supervises = { legId: agentLegId, mode };
      },
      mode,
    );
  }
  async joinConference(legId: LegId, conference: string): Promise<Done | Gone> {
    return this.on(
      'joinConference',
      legId,
      (leg) => {
        if (leg.bridgedTo !== undefined) this.unbridge(leg);
        leg.conference = conference;
      },
      conference,
    );
  }
  async tag(legId: LegId, tags: { readonly contactId?: string; readonly role?: string }): Promise<Done | Gone> {
    return this.on('tag', legId, (leg) => {
      leg.contactId = tags.contactId ?? leg.contactId;
      leg.role = tags.role ?? leg.role;
    });
  }
  async isRegistered(user: string): Promise<boolean> {
    this.mayFail('isRegistered');
    return this.registered.has(user);
  }
  async close(): Promise<void> {
    this.isClosed = true;
    this.listeners.clear();
  }
}
