import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PhoneCredentials } from '../../../acd/api/contract/index.ts';
import {
  closeMicrophone,
  createPhone,
  holdLease,
  type Lease,
  type LeaseState,
  leavePhone,
  openJsSipLine,
  openMicrophone,
  type Phone,
  replaceMicrophone,
  startPhone,
  stopPhone,
} from '../phone/index.ts';
import { request } from '../server/index.ts';
import { deviceSettings } from './settings.ts';

export interface SoftphoneState {
  /** `off` until somebody wants the phone. */
  readonly lease: LeaseState | 'off';
  readonly remote: MediaStream | undefined;
  readonly microphone: MediaStream | undefined;
  /** The browser refused to play without a touch of the page. */
  readonly soundBlocked: boolean;
}

/** The page's phone with its devices, its lock against other tabs and its sound. Lives as long as the user is signed in. */
export interface Softphone {
  readonly phone: Phone;
  readonly store: StoreApi<SoftphoneState>;
  /** Credentials that the start of a shift brought, used once instead of asking again. */
  begin(credentials?: PhoneCredentials): void;
  /** Begins if need be, and waits until calls can come; `false` when that takes longer than 6 s. */
  ready(): Promise<boolean>;
  takeOver(): void;
  /** Ends registration and calls, e.g. at the end of the shift. */
  end(): void;
  close(): void;
}

const READY_LIMIT_MS = 6_000;

export function createSoftphone(userId: string): Softphone {
  const store = createStore<SoftphoneState>(() => ({
    lease: 'off',
    remote: undefined,
    microphone: undefined,
    soundBlocked: false,
  }));
  let given: PhoneCredentials | undefined;
  let lease: Lease | undefined;
  const phone = createPhone({
    openLine: openJsSipLine,
    async credentials() {
      const first = given;
      given = undefined;
      if (first) return first;
      const answer = await request<PhoneCredentials>('POST', '/shift/phone');
      return answer.kind === 'ok' ? answer.value : undefined;
    },
    async openMicrophone() {
      const settings = deviceSettings.getState();
      const stream = await openMicrophone(settings.microphoneId, settings.noiseSuppression);
      store.setState({ microphone: stream });
      for (const track of stream.getAudioTracks())
        track.addEventListener('ended', () => {
          if (store.getState().microphone === stream) void replaceMicrophone(phone);
        });
      return stream;
    },
    closeMicrophone(stream) {
      closeMicrophone(stream);
      if (store.getState().microphone === stream) store.setState({ microphone: undefined });
    },
    play: (remote) => store.setState({ remote }),
    after(delayMs, then) {
      const timer = setTimeout(then, delayMs);
      return () => clearTimeout(timer);
    },
  });
  const onLease = (state: LeaseState) => {
    store.setState({ lease: state });
    if (state === 'held') void startPhone(phone);
    if (state === 'elsewhere') leavePhone(phone);
  };
  const end = () => {
    lease?.close();
    lease = undefined;
    stopPhone(phone);
    store.setState({ lease: 'off' });
  };
  const begin = (credentials?: PhoneCredentials) => {
    if (lease) return;
    given = credentials;
    lease = holdLease(`tandem-phone-${userId}`, onLease);
  };
  return {
    phone,
    store,
    begin,
    ready() {
      begin();
      return new Promise((resolve) => {
        const finish = (ready: boolean) => {
          clearTimeout(timer);
          stop();
          resolve(ready);
        };
        const timer = setTimeout(() => finish(false), READY_LIMIT_MS);
        const stop = phone.store.subscribe((now) => now.line === 'ready' && finish(true));
        if (phone.store.getState().line === 'ready') finish(true);
      });
    },
    takeOver: () => lease?.takeOver(),
    end,
    close: end,
  };
}
