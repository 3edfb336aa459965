import { isIPv4 } from 'node:net';
import { type MediaDescription, parse, type SessionDescription } from 'sdp-transform';
import { DIRECTIONS, type Direction, type Law, type MediaKind, type SdpRefused } from './leg-media.ts';

/** Larger descriptions are refused unread. */
const MAX_SDP_BYTES = 16 * 1024;
const MAX_MEDIA_LINES = 16;

/** What a peer's description says about the one audio line that is used. */
export interface PeerAudio {
  /** The parsed whole, for an answer that mirrors its media lines. */
  readonly session: SessionDescription;
  /** Index of the audio line in use. */
  readonly line: number;
  readonly webrtc: boolean;
  readonly protocol: string;
  readonly host: string;
  readonly port: number;
  readonly rtcpPort: number;
  readonly rtcpMux: boolean;
  readonly direction: Direction;
  /** In the order the peer prefers. */
  readonly laws: readonly Law[];
  readonly eventPayloadType: number | undefined;
}

export type ReadSdp = { readonly kind: 'audio'; readonly audio: PeerAudio } | SdpRefused;

function refused(reason: SdpRefused['reason'], detail: string): SdpRefused {
  return { kind: 'refused', reason, detail };
}

/** Which kind of leg a description calls for, by its transport (RFC 5763: `UDP/TLS/RTP/SAVPF` with a fingerprint). */
export function mediaKindOf(sdp: string): MediaKind {
  return /^m=audio \d+ UDP\/TLS\/RTP\/SAVPF? /m.test(sdp) && /^a=fingerprint:/m.test(sdp) ? 'webrtc' : 'rtp';
}

function directionOf(value: string | undefined): Direction {
  return DIRECTIONS.find((direction) => direction === value) ?? 'sendrecv';
}

function lawsOf(media: MediaDescription): readonly Law[] {
  const laws: Law[] = [];
  for (const payload of String(media.payloads ?? '').split(' ')) {
    if (payload === '0') laws.push('PCMU');
    if (payload === '8') laws.push('PCMA');
  }
  return laws;
}

/** The parser gives a number for whatever looks like one, its types notwithstanding; hence `String`. */
function eventPayloadTypeOf(media: MediaDescription): number | undefined {
  return media.rtp?.find((rtp) => String(rtp.codec).toLowerCase() === 'telephone-event' && rtp.rate === 8000)?.payload;
}

/** Reads a peer's description. Everything that is used later is checked here. */
export function readSdp(sdp: string): ReadSdp {
  if (sdp.length > MAX_SDP_BYTES) return refused('invalid-sdp', 'the description is larger than 16 KiB');
  if (!/^v=0\r?\n/.test(sdp)) return refused('invalid-sdp', 'the description does not start with v=0');
  let session: SessionDescription;
  try {
    session = parse(sdp);
  } catch {
    return refused('invalid-sdp', 'the description cannot be parsed');
  }
  const media = session.media ?? [];
  if (media.length > MAX_MEDIA_LINES) return refused('invalid-sdp', 'more than 16 media lines');
  const line = media.findIndex((entry) => entry.type === 'audio' && entry.port > 0);
  const audio = media[line];
  if (!audio) return refused('no-audio', 'no audio line with a port');
  if (audio.port > 65_535) return refused('invalid-sdp', 'the port is above 65535');
  const protocol = String(audio.protocol);
  const webrtc = /^UDP\/TLS\/RTP\/SAVPF?$/.test(protocol);
  if (!webrtc && !/^RTP\/AVPF?$/.test(protocol)) {
    return refused('encryption-mismatch', `transport ${protocol.slice(0, 40)} is not supported`);
  }
  const host = audio.connection?.ip ?? session.connection?.ip ?? '';
  if (!webrtc && !isIPv4(host)) return refused('invalid-sdp', 'the connection address is no IPv4 address');
  const laws = lawsOf(audio);
  if (laws.length === 0) return refused('no-common-codec', 'neither PCMU nor PCMA is offered');
  const direction = directionOf(audio.direction ?? session.direction);
  return {
    kind: 'audio',
    audio: {
      session,
      line,
      webrtc,
      protocol,
      host,
      port: audio.port,
      rtcpPort: audio.rtcp?.port ?? audio.port + 1,
      rtcpMux: audio.rtcpMux !== undefined,
      // RFC 2543 hold: the address of nobody.
      direction: host === '0.0.0.0' && !webrtc ? 'inactive' : direction,
      laws,
      eventPayloadType: eventPayloadTypeOf(audio),
    },
  };
}

/** What our side of a plain RTP description says. */
export interface OwnAudio {
  readonly sessionId: number;
  readonly version: number;
  readonly host: string;
  readonly port: number;
  readonly protocol: string;
  readonly direction: Direction;
  readonly laws: readonly Law[];
  readonly eventPayloadType: number | undefined;
  readonly rtcpMux: boolean;
}

const PAYLOAD_TYPES = { PCMU: 0, PCMA: 8 } as const satisfies Record<Law, number>;

function audioLines(own: OwnAudio, mid: string | undefined): string[] {
  const events = own.eventPayloadType;
  const payloads = [...own.laws.map((law) => PAYLOAD_TYPES[law]), ...(events === undefined ? [] : [events])];
  return [
    `m=audio ${own.port} ${own.protocol} ${payloads.join(' ')}`,
    ...own.laws.map((law) => `a=rtpmap:${PAYLOAD_TYPES[law]} ${law}/8000`),
    ...(events === undefined ? [] : [`a=rtpmap:${events} telephone-event/8000`, `a=fmtp:${events} 0-15`]),
    'a=ptime:20',
    ...(mid === undefined ? [] : [`a=mid:${mid}`]),
    own.rtcpMux ? 'a=rtcp-mux' : `a=rtcp:${own.port + 1}`,
    `a=${own.direction}`,
  ];
}

/** Our description; as an answer it has a line for each of the peer's, those that are not used with port 0 (RFC 3264, 6). */
export function writeSdp(own: OwnAudio, answered?: PeerAudio): string {
  const lines = [
    'v=0',
    `o=- ${own.sessionId} ${own.version} IN IP4 ${own.host}`,
    's=-',
    `c=IN IP4 ${own.host}`,
    't=0 0',
  ];
  if (!answered) lines.push(...audioLines(own, undefined));
  answered?.session.media.forEach((media, index) => {
    if (index === answered.line) lines.push(...audioLines(own, media.mid));
    else lines.push(`m=${media.type} 0 ${media.protocol} ${String(media.payloads ?? '0')}`);
  });
  return `${lines.join('\r\n')}\r\n`;
}

/** The direction of an answer to `peer` when we would like `wanted` (RFC 3264, 6.1). */
export function answerDirection(peer: Direction, wanted: Direction): Direction {
  const weSend = (peer === 'sendrecv' || peer === 'recvonly') && (wanted === 'sendrecv' || wanted === 'sendonly');
  const weTake = (peer === 'sendrecv' || peer === 'sendonly') && (wanted === 'sendrecv' || wanted === 'recvonly');
  if (weSend) return weTake ? 'sendrecv' : 'sendonly';
  return weTake ? 'recvonly' : 'inactive';
}

/** True when a peer that writes this direction takes what we send. */
export function peerListens(peer: Direction): boolean {
  return peer === 'sendrecv' || peer === 'recvonly';
}
