import { findCall, type Phone } from './phone.ts';
import type { SipSession } from './sip.ts';

/** ICE often recovers from `disconnected` by itself; after this long it is taken as lost. */
const DISCONNECTED_LIMIT_MS = 2_500;

/** Plays the remote sound of a call and brings the call back when its media path dies. */
export function watchMedia(phone: Phone, key: string, session: SipSession, connection: RTCPeerConnection): void {
  const mine = () => phone.live.get(key)?.session === session;
  connection.addEventListener('track', (event) => {
    if (mine()) phone.ports.play(event.streams[0] ?? new MediaStream([event.track]));
  });
  connection.addEventListener('connectionstatechange', () => {
    const live = phone.live.get(key);
    if (!mine() || !live) return;
    live.cancelLossTimer?.();
    live.cancelLossTimer = undefined;
    const lost = () => {
      if (mine() && findCall(phone, key)?.state === 'up') phone.renew();
    };
    if (connection.connectionState === 'failed') lost();
    if (connection.connectionState === 'disconnected')
      live.cancelLossTimer = phone.ports.after(DISCONNECTED_LIMIT_MS, lost);
  });
}
