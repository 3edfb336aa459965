import type { CallControl } from '../port.ts';

/** A scripted phone, as far as the contract needs it. Tones are named by their frequency. */
export interface RigPhone {
  readonly user: string;
  onCall:
    | { readonly kind: 'answer' }
    | { readonly kind: 'ring' }
    | { readonly kind: 'reject'; readonly status: number }
    | { readonly kind: 'ignore' };
  /** Its address for `sip-uri` targets. */
  readonly contact: string;
  call(number: string): Promise<RigCall>;
  nextCall(patienceMs?: number): Promise<RigCall>;
  register(expiresS?: number): Promise<void>;
}

/** A phone's side of a call. */
export interface RigCall {
  readonly answered: Promise<void>;
  readonly ended: Promise<{ readonly by: 'us' | 'them'; readonly status?: number }>;
  invitedWith(header: string): string;
  answer(): void;
  hangUp(): Promise<void>;
  vanish(): void;
  sendDigits(digits: string): void;
  hold(): Promise<void>;
  unhold(): Promise<void>;
  untilHears(hz: number, patienceMs?: number): Promise<void>;
  untilLoses(hz: number, patienceMs?: number): Promise<void>;
  untilDigits(digits: string, patienceMs?: number): Promise<void>;
}

/** Frequencies that the rig's phones send, each its own; multiples of 5 Hz so that a measurement keeps them apart. */
export const RIG_TONES = { caller: 500, agent: 800, second: 1100, outside: 1400, music: 600 } as const;

/** A switch with phones around it, under test. */
export interface CallRig {
  readonly control: CallControl;
  /** The longest wait for something that should happen, ms. */
  readonly patienceMs: number;
  /** A phone that calls through the trunk, with a number that nobody else has. */
  readonly caller: RigPhone;
  /** Registered phones. */
  readonly agent: RigPhone;
  readonly second: RigPhone;
  /** Another phone of the agent's user that registers now, as a reloaded page does. */
  agentAnew(): Promise<RigPhone>;
  /** A phone that is not registered but can be dialled by its address. */
  readonly outside: RigPhone;
  /** A user that may exist and has no phone. */
  readonly absentUser: string;
  /** Writes a WAV with one tone where the switch can read it, under a name with a space and a comma. */
  soundFile(hz: number, durationMs: number): Promise<string>;
  /** Where the switch may write a recording; the name holds a space. */
  recordingPath(): string;
  /** What is in a recording now, also while it grows. */
  readRecording(path: string): Promise<{ readonly left: Int16Array; readonly right: Int16Array }>;
  /** Cuts the wire between control and switch, and lets it be made again. */
  cutLink(): void;
  mendLink(): void;
  /** Hangs up what is left and lets go of everything. */
  close(): Promise<void>;
}
