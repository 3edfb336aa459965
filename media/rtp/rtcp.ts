import type { Reception } from './reception.ts';

/** Seconds from 1900 to 1970. */
const NTP_EPOCH_SECONDS = 2_208_988_800;

/** What a sender report says of the sender's own stream. */
export interface SentSoFar {
  readonly ssrc: number;
  readonly timestamp: number;
  readonly packets: number;
  readonly octets: number;
}

/**
 * A sender report with one reception block, and an SDES with the CNAME (RFC 3550, 6.4.1 and 6.5): the least that a peer's
 * watchdog and statistics want.
 * @param cname at most 60 ASCII characters, no personal data
 */
export function senderReport(sent: SentSoFar, reception: Reception, cname: string, nowMs: number): Buffer {
  const name = Buffer.from(cname.slice(0, 60), 'latin1');
  const sdesBytes = 8 + Math.ceil((2 + name.length + 1) / 4) * 4;
  const reportBytes = 28 + 24;
  const packet = Buffer.alloc(reportBytes + sdesBytes);
  packet[0] = 0x81;
  packet[1] = 200;
  packet.writeUInt16BE(reportBytes / 4 - 1, 2);
  packet.writeUInt32BE(sent.ssrc, 4);
  packet.writeUInt32BE((Math.floor(nowMs / 1000) + NTP_EPOCH_SECONDS) >>> 0, 8);
  packet.writeUInt32BE(Math.floor(((nowMs % 1000) / 1000) * 2 ** 32) >>> 0, 12);
  packet.writeUInt32BE(sent.timestamp >>> 0, 16);
  packet.writeUInt32BE(sent.packets >>> 0, 20);
  packet.writeUInt32BE(sent.octets >>> 0, 24);
  const report = reception.report();
  packet.writeUInt32BE(reception.ssrc, 28);
  packet.writeUInt32BE(((report.fractionLost << 24) | report.lost) >>> 0, 32);
  packet.writeUInt32BE(report.highest, 36);
  packet.writeUInt32BE(report.jitter, 40);
  packet[reportBytes] = 0x81;
  packet[reportBytes + 1] = 202;
  packet.writeUInt16BE(sdesBytes / 4 - 1, reportBytes + 2);
  packet.writeUInt32BE(sent.ssrc, reportBytes + 4);
  packet[reportBytes + 8] = 1;
  packet[reportBytes + 9] = name.length;
  name.copy(packet, reportBytes + 10);
  return packet;
}
