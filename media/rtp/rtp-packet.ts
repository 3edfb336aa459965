/**
 * RTP (RFC 3550, 5.1). Big endian.
 *
 *      0                   1                   2                   3
 *      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |                           timestamp                           |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |                             SSRC                              |
 *     +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
 *     |                     CSRC × CC (0 to 15)                       |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     | X: profile (16)               | X: length in 32-bit words     | … extension
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     | payload …                         | P: padding, last byte = n |
 */
export const RTP_HEAD_BYTES = 12;

/** A parsed head. One object is filled again and again, so that a packet costs no garbage. */
export interface RtpHead {
  payloadType: number;
  marker: boolean;
  sequence: number;
  timestamp: number;
  ssrc: number;
  /** The payload is `packet.subarray(payloadStart, payloadEnd)`. */
  payloadStart: number;
  payloadEnd: number;
}

export function emptyRtpHead(): RtpHead {
  return { payloadType: 0, marker: false, sequence: 0, timestamp: 0, ssrc: 0, payloadStart: 0, payloadEnd: 0 };
}

/** Parses into `head`. False when the bytes are no RTP packet (too short, other version, lengths that lie); `head` is then undefined in content. */
export function readRtp(packet: Uint8Array, head: RtpHead): boolean {
  const length = packet.length;
  if (length < RTP_HEAD_BYTES) return false;
  const first = packet[0]!;
  if (first >> 6 !== 2) return false;
  let start = RTP_HEAD_BYTES + (first & 0x0f) * 4;
  if (first & 0x10) {
    if (start + 4 > length) return false;
    start += 4 + ((packet[start + 2]! << 8) | packet[start + 3]!) * 4;
  }
  let end = length;
  if (first & 0x20) {
    const padding = packet[length - 1]!;
    if (padding === 0) return false;
    end -= padding;
  }
  if (start > end) return false;
  const second = packet[1]!;
  head.payloadType = second & 0x7f;
  head.marker = second >= 0x80;
  head.sequence = (packet[2]! << 8) | packet[3]!;
  head.timestamp = ((packet[4]! << 24) | (packet[5]! << 16) | (packet[6]! << 8) | packet[7]!) >>> 0;
  head.ssrc = ((packet[8]! << 24) | (packet[9]! << 16) | (packet[10]! << 8) | packet[11]!) >>> 0;
  head.payloadStart = start;
  head.payloadEnd = end;
  return true;
}

/** Writes the 12 bytes of a plain head at `at`. */
export function writeRtpHead(
  packet: Uint8Array,
  at: number,
  payloadType: number,
  marker: boolean,
  sequence: number,
  timestamp: number,
  ssrc: number,
): void {
  packet[at] = 0x80;
  packet[at + 1] = (marker ? 0x80 : 0) | payloadType;
  packet[at + 2] = sequence >>> 8;
  packet[at + 3] = sequence;
  packet[at + 4] = timestamp >>> 24;
  packet[at + 5] = timestamp >>> 16;
  packet[at + 6] = timestamp >>> 8;
  packet[at + 7] = timestamp;
  packet[at + 8] = ssrc >>> 24;
  packet[at + 9] = ssrc >>> 16;
  packet[at + 10] = ssrc >>> 8;
  packet[at + 11] = ssrc;
}

/** True for RTCP on a shared port (RFC 5761, 4: packet types 192 to 223). */
export function looksLikeRtcp(packet: Uint8Array): boolean {
  const type = packet[1] ?? 0;
  return packet.length >= 8 && packet[0]! >> 6 === 2 && type >= 192 && type <= 223;
}
