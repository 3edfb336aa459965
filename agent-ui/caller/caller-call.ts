import { io, type Socket } from 'socket.io-client';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CallerSession, CallerView, Locale } from '../../acd/api/contract/index.ts';
import {
  type DialedCall,
  dial,
  type MicrophoneFault,
  microphoneFaultOf,
  openJsSipLine,
  openMicrophone,
} from '../lib/phone/index.ts';
import { request } from '../lib/server/index.ts';

/**
 * A call from the caller's page.
 *
 * ```
 *  idle ──begin──▶ asking ──microphone──▶ calling ──answered──▶ up ──▶ ended
 *                    │ refused              │ fails              (the server's view says menu, waiting, talking …)
 *                    ▼                      ▼
 *                  failed ◀─────────────── failed
 * ```
 */
export const CALL_STEPS = ['idle', 'asking', 'calling', 'up', 'ended', 'failed'] as const;
export type CallStep = (typeof CALL_STEPS)[number];
export type CallFault = MicrophoneFault | 'server' | 'line';

export interface CallerState {
  readonly step: CallStep;
  readonly fault: CallFault | undefined;
  /** A sentence from the server about its refusal. */
  readonly refusal: string | undefined;
  readonly view: CallerView | undefined;
  readonly muted: boolean;
  readonly startedAtMs: number | undefined;
  readonly endedAtMs: number | undefined;
  readonly remote: MediaStream | undefined;
}

export const IDLE: CallerState = {
  step: 'idle',
  fault: undefined,
  refusal: undefined,
  view: undefined,
  muted: false,
  startedAtMs: undefined,
  endedAtMs: undefined,
  remote: undefined,
};

export interface CallerCall {
  readonly store: StoreApi<CallerState>;
  begin(locale: Locale): Promise<void>;
  press(digit: string): void;
  setMuted(muted: boolean): void;
  hangUp(): void;
}

export function createCallerCall(): CallerCall {
  const store = createStore<CallerState>(() => IDLE);
  let dialed: DialedCall | undefined;
  let socket: Socket | undefined;
  let attempt = 0;
  const over = (step: 'ended' | 'failed', fault?: CallFault, refusal?: string) => {
    attempt += 1;
    socket?.disconnect();
    socket = undefined;
    dialed = undefined;
    store.setState({ step, fault, refusal, endedAtMs: Date.now(), remote: undefined });
  };
  return {
    store,
    async begin(locale) {
      const { step } = store.getState();
      if (step === 'asking' || step === 'calling' || step === 'up') return;
      attempt += 1;
      const mine = attempt;
      store.setState({ ...IDLE, step: 'asking' });
      let microphone: MediaStream;
      try {
        microphone = await openMicrophone(undefined);
      } catch (cause) {
        if (mine === attempt) over('failed', microphoneFaultOf(cause));
        return;
      }
      const release = () => {
        for (const track of microphone.getTracks()) track.stop();
      };
      if (mine !== attempt) return release();
      store.setState({ step: 'calling', startedAtMs: Date.now() });
      const answer = await request<CallerSession>('POST', '/caller-sessions', { locale });
      if (mine !== attempt) return release();
      if (answer.kind !== 'ok') {
        release();
        over('failed', 'server', answer.kind === 'refused' ? answer.problem.message : undefined);
        return;
      }
      socket = io('/caller', {
        auth: { token: answer.value.token },
        reconnectionDelay: 300,
        reconnectionDelayMax: 3_000,
      });
      socket.on('caller', (view: CallerView) => {
        if (mine === attempt) store.setState({ view });
      });
      const call = await dial({
        credentials: answer.value.phone,
        number: answer.value.number,
        microphone,
        openLine: openJsSipLine,
        play: (remote) => store.setState({ remote }),
        tell(event) {
          if (mine !== attempt) return;
          if (event === 'up') store.setState({ step: 'up' });
          if (event === 'ended') over('ended');
          if (event === 'failed') over('failed', 'line');
        },
      });
      if (mine === attempt) dialed = call;
      else call.hangUp();
    },
    press: (digit) => dialed?.press(digit),
    setMuted(muted) {
      dialed?.setMuted(muted);
      store.setState({ muted });
    },
    hangUp() {
      const call = dialed;
      if (call) call.hangUp();
      else over('ended');
    },
  };
}
