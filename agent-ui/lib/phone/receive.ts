import { answerCall } from './answer.ts';
import { dropCall, type Phone, putCall } from './phone.ts';
import { CONTACT_HEADER, REATTACH_HEADER, type SipRequest, type SipSession, SUPERVISE_HEADER } from './sip.ts';

const NOT_FOUND = 404;

/** Takes an INVITE: rings, or answers by itself when it brings a known call back or when the page asked for it. */
export function receiveCall(phone: Phone, session: SipSession, request: SipRequest): void {
  const key = request.getHeader(CONTACT_HEADER);
  if (!key) {
    session.terminate({ status_code: NOT_FOUND });
    return;
  }
  const reattach = request.getHeader(REATTACH_HEADER) === '1';
  const supervising = request.getHeader(SUPERVISE_HEADER) !== undefined;
  const before = phone.live.get(key);
  const muted = phone.store.getState().calls.find((call) => call.key === key)?.muted ?? false;
  if (before) {
    // The same call comes again over a new leg. The old one is only silenced: a BYE could be taken for the agent hanging up.
    phone.live.delete(key);
    before.cancelLossTimer?.();
    void before.microphone?.then(phone.ports.closeMicrophone, () => {});
    before.session?.connection?.close();
  }
  // The microphone opens while it rings, so that the first word is heard.
  const microphone = phone.ports.openMicrophone();
  microphone.catch(() => {});
  phone.live.set(key, { session, microphone, cancelLossTimer: undefined });
  putCall(phone, key, { state: 'incoming', muted: reattach && muted, supervising });
  keepOverMediaLoss(session);
  const mine = () => phone.live.get(key)?.session === session;
  const gone = () => {
    if (mine()) dropCall(phone, key);
  };
  session.on('ended', gone);
  session.on('failed', gone);
  session.on('confirmed', () => {
    if (mine()) putCall(phone, key, { state: 'up' });
  });
  if (reattach || supervising || phone.wanted.delete(key)) void answerCall(phone, key);
}

const REQUEST_TIMEOUT = 408;

/** The library ends a call with a BYE when its media path fails; here the call is brought back instead (media-watch.ts). */
function keepOverMediaLoss(session: SipSession): void {
  const terminate = session.terminate.bind(session);
  session.terminate = (options) => {
    if (options?.status_code !== REQUEST_TIMEOUT) terminate(options);
  };
}
