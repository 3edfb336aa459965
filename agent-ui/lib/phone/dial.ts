import type { PhoneCredentials } from '../../../acd/api/contract/index.ts';
import type { OpenLine, SipLine, SipSession } from './sip.ts';

/** How an outgoing call of the caller's page goes. */
export type DialEvent = 'ringing' | 'up' | 'ended' | 'failed';

export interface DialedCall {
  /** Sends a key as telephone-event (RFC 4733). */
  press(digit: string): void;
  setMuted(muted: boolean): void;
  hangUp(): void;
}

export interface DialOptions {
  readonly credentials: PhoneCredentials;
  readonly number: string;
  readonly microphone: MediaStream;
  readonly openLine: OpenLine;
  readonly play: (stream: MediaStream | undefined) => void;
  readonly tell: (event: DialEvent) => void;
}

const GATHERING_LIMIT_MS = 400;

/** Calls a number and stays until one side ends. The line dies with the call. */
export async function dial(options: DialOptions): Promise<DialedCall> {
  const { credentials, microphone } = options;
  const line: SipLine = await options.openLine(credentials, { register: false });
  let over = false;
  let session: SipSession | undefined;
  const end = (event: 'ended' | 'failed') => {
    if (over) return;
    over = true;
    for (const track of microphone.getTracks()) track.stop();
    options.play(undefined);
    options.tell(event);
    // The BYE or its answer must leave before the WebSocket closes.
    setTimeout(() => line.userAgent.stop(), 1_000);
  };
  const begin = () => {
    if (session || over) return;
    session = line.userAgent.call(`sip:${options.number}@${credentials.domain}`, {
      mediaStream: microphone,
      pcConfig: { iceServers: [] },
    });
    const connection = session.connection;
    connection?.addEventListener('track', (event) => options.play(event.streams[0] ?? new MediaStream([event.track])));
    let timed = false;
    session.on('icecandidate', (event: { ready: () => void }) => {
      if (timed) return;
      timed = true;
      setTimeout(event.ready, GATHERING_LIMIT_MS);
    });
    session.on('progress', () => options.tell('ringing'));
    session.on('confirmed', () => options.tell('up'));
    session.on('ended', () => end('ended'));
    session.on('failed', () => end('failed'));
  };
  line.userAgent.on('connected', begin);
  line.userAgent.on('disconnected', () => {
    if (!session) end('failed');
  });
  line.userAgent.start();
  return {
    press: (digit) => session?.sendDTMF(digit, { transportType: 'RFC2833' }),
    setMuted: (muted) => (muted ? session?.mute({ audio: true }) : session?.unmute({ audio: true })),
    hangUp() {
      // The end is said first: a call that was given up while it rang has not failed.
      end('ended');
      if (session && !session.isEnded()) session.terminate();
    },
  };
}
