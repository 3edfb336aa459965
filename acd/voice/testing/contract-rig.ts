import { systemClock } from '../../../config/clock.ts';
import { type CallRig, RIG_TONES, type RigCall, type RigPhone } from '../../../switch/call-control/contract.ts';
import type { LegId } from '../../../switch/index.ts';
import { FakeCallControl } from './fake-call-control.ts';
import type { FakeLeg } from './fake-leg.ts';

const PATIENCE_MS = 3_000;
const TONE = /^%\(\d+,\d+,(\d+)\)/;
const STATUS = { busy: 486, cancelled: 487, rejected: 603 } as const;

type Script = RigPhone['onCall'];

/** The fake as a rig for the contract. What a phone hears is worked out from the legs, since there is no sound in memory. */
export async function fakeRig(): Promise<CallRig> {
  const control = new FakeCallControl({ clock: systemClock });
  const tones = new Map<string, number>();
  const toneOf = (leg: FakeLeg) => (leg.muted ? undefined : tones.get(leg.user ?? leg.callerNumber));
  const phone = (user: string, toneHz: number, registered: boolean) => {
    tones.set(user, toneHz);
    return new RigPhoneOnFake(control, user, registered, toneOf);
  };
  const agent = phone('1001', RIG_TONES.agent, true);
  return {
    control,
    patienceMs: PATIENCE_MS,
    caller: phone('caller', RIG_TONES.caller, false),
    agent,
    second: phone('1002', RIG_TONES.second, true),
    outside: phone('sip:outside@fake', RIG_TONES.outside, false),
    agentAnew: async () => {
      await agent.register();
      return agent;
    },
    absentUser: '1999',
    soundFile: async () => '/sounds/tone, 1.wav',
    recordingPath: () => '/recordings/call 1.wav',
    readRecording: async () => ({ left: new Int16Array(0), right: new Int16Array(0) }),
    cutLink: () => control.dropLink(),
    mendLink: () => control.restoreLink(),
    close: () => control.close(),
  };
}

class RigPhoneOnFake implements RigPhone {
  readonly user: string;
  readonly contact: string;
  readonly #control: FakeCallControl;
  readonly #isOurs: boolean;
  readonly #toneOf: (leg: FakeLeg) => number | undefined;
  #script: Script = { kind: 'answer' };

  constructor(control: FakeCallControl, user: string, isOurs: boolean, toneOf: (leg: FakeLeg) => number | undefined) {
    this.#control = control;
    this.user = user;
    this.contact = user;
    this.#isOurs = isOurs;
    this.#toneOf = toneOf;
    this.onCall = { kind: 'answer' };
  }
  get onCall(): Script {
    return this.#script;
  }
  set onCall(script: Script) {
    this.#script = script;
    this.#control.setPhone(this.user, scriptOf(script), this.#isOurs);
  }
  async call(number: string): Promise<RigCall> {
    const fromUser = this.#isOurs ? { fromUser: this.user } : {};
    const legId = this.#control.callIn({ callerNumber: this.user, dialedNumber: number, ...fromUser });
    return new RigCallOnFake(this.#control, legId, this.#toneOf, true);
  }
  async nextCall(patienceMs = PATIENCE_MS): Promise<RigCall> {
    return until(patienceMs, () => {
      const legId = this.#control.takeRung(this.user);
      return legId === undefined ? undefined : new RigCallOnFake(this.#control, legId, this.#toneOf, false);
    });
  }
  async register(expiresS = 60): Promise<void> {
    if (expiresS === 0) this.#control.unregister(this.user);
    else this.#control.register(this.user);
  }
}

function scriptOf(script: Script): Parameters<FakeCallControl['setPhone']>[1] {
  if (script.kind === 'answer') return { does: 'answer', afterMs: 5 };
  if (script.kind !== 'reject') return { does: 'ring' };
  const does = script.status === 486 ? 'busy' : script.status === 603 ? 'reject' : 'fail';
  return { does, afterMs: 5 };
}

class RigCallOnFake implements RigCall {
  readonly answered: Promise<void>;
  readonly ended: Promise<{ readonly by: 'us' | 'them'; readonly status?: number }>;
  readonly #control: FakeCallControl;
  readonly #legId: LegId;
  readonly #toneOf: (leg: FakeLeg) => number | undefined;
  #byUs = false;

  constructor(control: FakeCallControl, legId: LegId, toneOf: (leg: FakeLeg) => number | undefined, incoming: boolean) {
    this.#control = control;
    this.#legId = legId;
    this.#toneOf = toneOf;
    const leg = () => control.legs.get(legId);
    const wasAnswered = () => leg()?.answered ?? false;
    this.answered = until(60_000, () => wasAnswered() || control.endOf(legId) !== undefined).then(() => undefined);
    this.ended = until(60_000, () => control.endOf(legId)).then((end) => {
      const status = end.answered ? undefined : (STATUS[end.cause as keyof typeof STATUS] ?? (incoming ? 480 : 487));
      return { by: this.#byUs ? 'us' : 'them', ...(status === undefined ? {} : { status }) };
    });
    this.ended.catch(() => undefined);
    this.answered.catch(() => undefined);
  }
  invitedWith(header: string): string {
    const request = this.#control.requestOf(this.#legId);
    if (header === 'From') return `"${request?.callerName ?? ''}" <sip:${request?.callerNumber ?? ''}@fake>`;
    return request?.headers?.[header] ?? '';
  }
  answer(): void {
    this.#control.answerRinging(this.#legId);
  }
  async hangUp(): Promise<void> {
    this.#byUs = true;
    const leg = this.#control.legs.get(this.#legId);
    this.#control.phoneEnds(this.#legId, leg?.answered === false ? 'cancelled' : 'normal');
  }
  vanish(): void {
    this.#byUs = true;
    this.#control.phoneEnds(this.#legId, 'media-timeout');
  }
  sendDigits(digits: string): void {
    this.#control.press(this.#legId, digits);
  }
  async hold(): Promise<void> {
    await this.#control.hold(this.#legId);
  }
  async unhold(): Promise<void> {
    await this.#control.unhold(this.#legId);
  }
  async untilHears(hz: number, patienceMs = PATIENCE_MS): Promise<void> {
    await until(patienceMs, () => this.#hears().has(hz));
  }
  async untilLoses(hz: number, patienceMs = PATIENCE_MS): Promise<void> {
    await until(patienceMs, () => !this.#hears().has(hz));
  }
  async untilDigits(digits: string, patienceMs = PATIENCE_MS): Promise<void> {
    await until(patienceMs, () => this.#control.legs.get(this.#legId)?.digitsSent === digits);
  }

  #hears(): ReadonlySet<number | undefined> {
    const { legs } = this.#control;
    const leg = legs.get(this.#legId);
    if (!leg) return new Set();
    const heard = new Set<number | undefined>();
    const now = leg.soundNow;
    if (now?.kind === 'tone') heard.add(Number(TONE.exec(now.spec)?.[1]));
    if (leg.music !== undefined) heard.add(RIG_TONES.music);
    for (const other of legs.values()) {
      if (other === leg) continue;
      if (leg.conference !== undefined && other.conference === leg.conference) heard.add(this.#toneOf(other));
      const mode = other.supervises?.legId === leg.legId ? other.supervises.mode : undefined;
      const partnerMode = other.supervises?.legId === leg.bridgedTo ? other.supervises?.mode : undefined;
      if (mode === 'whisper' || mode === 'barge' || partnerMode === 'barge') heard.add(this.#toneOf(other));
    }
    const partner = leg.bridgedTo === undefined ? undefined : legs.get(leg.bridgedTo);
    if (partner?.held) heard.add(RIG_TONES.music);
    else if (partner && !leg.held) heard.add(this.#toneOf(partner));
    const watched = leg.supervises && legs.get(leg.supervises.legId);
    if (watched) {
      heard.add(this.#toneOf(watched));
      const other = watched.bridgedTo === undefined ? undefined : legs.get(watched.bridgedTo);
      if (other) heard.add(this.#toneOf(other));
    }
    return heard;
  }
}

async function until<T>(patienceMs: number, look: () => T): Promise<NonNullable<T>> {
  const endMs = Date.now() + patienceMs;
  for (;;) {
    const seen = look();
    if (seen) return seen;
    if (Date.now() > endMs) throw new TypeError('it did not come about in time');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
