import { watchMedia } from './media-watch.ts';
import { microphoneFaultOf } from './microphone.ts';
import { findCall, type Phone, putCall } from './phone.ts';

/** How long an answer given on the page waits for its INVITE. */
const WANTED_FOR_MS = 10_000;
/** Without STUN all candidates are local; a slow interface must not delay the answer longer than this. */
const GATHERING_LIMIT_MS = 400;

/** Answers a ringing call with sound only. If its INVITE is still on the way, it is answered on arrival. */
export async function answerCall(phone: Phone, key: string): Promise<void> {
  const live = phone.live.get(key);
  const session = live?.session;
  if (!live || !session) {
    phone.wanted.add(key);
    phone.ports.after(WANTED_FOR_MS, () => phone.wanted.delete(key));
    return;
  }
  if (findCall(phone, key)?.state !== 'incoming') return;
  putCall(phone, key, { state: 'answering' });
  let mediaStream: MediaStream;
  try {
    live.microphone ??= phone.ports.openMicrophone();
    mediaStream = await live.microphone;
  } catch (cause) {
    live.microphone = undefined;
    phone.store.setState({ microphoneFault: microphoneFaultOf(cause) });
    // Still ringing: the agent may allow the microphone and answer again.
    if (phone.live.get(key)?.session === session) putCall(phone, key, { state: 'incoming' });
    return;
  }
  if (phone.live.get(key)?.session !== session || session.isEnded()) return;
  phone.store.setState({ microphoneFault: undefined });
  session.on('peerconnection', (event: { peerconnection: RTCPeerConnection }) =>
    watchMedia(phone, key, session, event.peerconnection),
  );
  let timed = false;
  session.on('icecandidate', (event: { ready: () => void }) => {
    if (timed) return;
    timed = true;
    phone.ports.after(GATHERING_LIMIT_MS, event.ready);
  });
  session.answer({ mediaStream, pcConfig: { iceServers: [] } });
  if (findCall(phone, key)?.muted) session.mute({ audio: true });
}
