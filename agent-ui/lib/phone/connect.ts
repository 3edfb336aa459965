import { dropCall, type LineState, type Phone } from './phone.ts';
import { receiveCall } from './receive.ts';
import type { SipRequest, SipSession } from './sip.ts';

/** Back-off between attempts, ms; the last one repeats. */
const RETRY_MS = [300, 700, 1_500, 3_000, 6_000, 10_000] as const;
/** How long a line may take to register before it is thrown away. */
const REGISTER_DEADLINE_MS = 5_000;

/** Registers the phone and keeps it registered until `stopPhone`. */
export async function startPhone(phone: Phone): Promise<void> {
  if (phone.store.getState().line !== 'off') return;
  phone.renew = () => void renewPhone(phone);
  await connect(phone, 'connecting');
}

/** Ends registration and calls. Safe to call twice. */
export function stopPhone(phone: Phone): void {
  phone.generation += 1;
  phone.cancelRetry?.();
  phone.cancelRetry = undefined;
  phone.attempts = 0;
  phone.line?.userAgent.stop();
  phone.line = undefined;
  for (const key of [...phone.live.keys()]) dropCall(phone, key);
  phone.store.setState({ line: 'off', calls: [] });
}

/** Leaves the line to another tab: no BYE, so that the switch keeps the calls for it. */
export function leavePhone(phone: Phone): void {
  phone.line?.drop();
  phone.line = undefined;
  stopPhone(phone);
}

/**
 * Throws the line away without a BYE and registers anew with fresh credentials. The server then brings the agent's calls back with an
 * INVITE that carries `X-Tandem-Reattach: 1`.
 */
export async function renewPhone(phone: Phone): Promise<void> {
  if (phone.store.getState().line === 'off') return;
  for (const call of phone.store.getState().calls) {
    if (call.state === 'up') markLost(phone, call.key);
    else if (call.state !== 'lost') dropCall(phone, call.key);
  }
  phone.generation += 1;
  phone.line?.drop();
  phone.line = undefined;
  await connect(phone, 'reconnecting');
}

/** Keeps the call on the page while its sound is gone. */
function markLost(phone: Phone, key: string): void {
  const live = phone.live.get(key);
  live?.cancelLossTimer?.();
  void live?.microphone?.then(phone.ports.closeMicrophone, () => {});
  phone.live.set(key, { session: undefined, microphone: undefined, cancelLossTimer: undefined });
  phone.store.setState((now) => ({
    calls: now.calls.map((call) => (call.key === key ? { ...call, state: 'lost' } : call)),
  }));
  phone.ports.play(undefined);
}

function retry(phone: Phone, line: LineState): void {
  phone.store.setState({ line });
  const delayMs = RETRY_MS[Math.min(phone.attempts, RETRY_MS.length - 1)] ?? 10_000;
  phone.attempts += 1;
  phone.cancelRetry?.();
  phone.cancelRetry = phone.ports.after(delayMs, () => void renewPhone(phone));
}

async function connect(phone: Phone, line: LineState): Promise<void> {
  phone.generation += 1;
  const generation = phone.generation;
  const current = () => phone.generation === generation;
  phone.cancelRetry?.();
  phone.store.setState({ line });
  const credentials = await phone.ports.credentials();
  if (!current()) return;
  if (!credentials) return retry(phone, 'refused');
  const opened = await phone.ports.openLine(credentials, { register: true }).catch(() => undefined);
  if (!current()) {
    opened?.drop();
    return;
  }
  if (!opened) return retry(phone, 'reconnecting');
  phone.line = opened;
  const deadline = () => {
    phone.cancelRetry?.();
    phone.cancelRetry = phone.ports.after(REGISTER_DEADLINE_MS, () => {
      if (current() && !opened.userAgent.isRegistered() && !anySoundFlows(phone)) void renewPhone(phone);
    });
  };
  opened.userAgent.on('registered', () => {
    if (!current()) return;
    phone.attempts = 0;
    phone.cancelRetry?.();
    phone.cancelRetry = undefined;
    phone.store.setState({ line: 'ready' });
  });
  opened.userAgent.on('disconnected', () => {
    if (!current()) return;
    phone.store.setState({ line: 'reconnecting' });
    // The library opens the WebSocket again by itself; while sound still flows nothing else is touched.
    deadline();
  });
  opened.userAgent.on('registrationFailed', () => {
    if (current()) retry(phone, 'reconnecting');
  });
  opened.userAgent.on('newRTCSession', (event: { originator: string; session: SipSession; request: SipRequest }) => {
    if (current() && event.originator === 'remote') receiveCall(phone, event.session, event.request);
  });
  deadline();
  opened.userAgent.start();
}

function anySoundFlows(phone: Phone): boolean {
  return phone.store.getState().calls.some((call) => call.state === 'up');
}
