import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyRtpHead, looksLikeRtcp, readRtp, writeRtpHead } from './rtp-packet.ts';

const head = emptyRtpHead();

/**
 *     V=2 P=1 X=1 CC=2 | M=1 PT=101 | seq 0xfffe
 *     timestamp 0x89abcdef | SSRC 0xdeadbeef | CSRC 1, 2
 *     extension 0xbede, 1 word | payload 0a 0b 0c | padding 00 02
 */
const FULL = Buffer.from('b2e5fffe89abcdefdeadbeef0000000100000002bede000111223344' + '0a0b0c' + '0002', 'hex');

describe('RTP heads', () => {
  it('reads every field', () => {
    expect(readRtp(FULL, head)).toBe(true);
    expect(head).toEqual({
      payloadType: 101,
      marker: true,
      sequence: 0xfffe,
      timestamp: 0x89abcdef,
      ssrc: 0xdeadbeef,
      payloadStart: 28,
      payloadEnd: 31,
    });
  });

  it('refuses a packet cut inside its head, and never reads past its end', () => {
    for (let length = 0; length < FULL.length; length += 1) {
      const cut = FULL.subarray(0, length);
      const read = readRtp(cut, head);
      if (length < 28) expect(read).toBe(false);
      if (read) expect(head.payloadEnd).toBeLessThanOrEqual(length);
    }
  });

  it('refuses other versions and padding that lies', () => {
    for (const [at, value] of [
      [0, 0x32],
      [0, 0x72],
      [32, 0],
      [32, 6],
      [32, 255],
    ] as const) {
      const packet = Buffer.from(FULL);
      packet[at] = value;
      expect(readRtp(packet, head)).toBe(false);
    }
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(
        fc.nat(127),
        fc.boolean(),
        fc.nat(0xffff),
        fc.nat(0xffff_ffff),
        fc.nat(0xffff_ffff),
        fc.nat(20),
        (payloadType, marker, sequence, timestamp, ssrc, at) => {
          const packet = new Uint8Array(at + 12 + 5);
          writeRtpHead(packet, at, payloadType, marker, sequence, timestamp, ssrc);
          expect(readRtp(packet.subarray(at), head)).toBe(true);
          expect(head).toEqual({ payloadType, marker, sequence, timestamp, ssrc, payloadStart: 12, payloadEnd: 17 });
        },
      ),
    );
  });

  it('stays inside any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
        if (!readRtp(bytes, head)) return;
        expect(head.payloadStart).toBeGreaterThanOrEqual(12);
        expect(head.payloadStart).toBeLessThanOrEqual(head.payloadEnd);
        expect(head.payloadEnd).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });

  it('tells RTCP on a shared port', () => {
    expect(looksLikeRtcp(Buffer.from('80c8000600000000', 'hex'))).toBe(true);
    expect(looksLikeRtcp(FULL)).toBe(false);
    expect(looksLikeRtcp(Buffer.from('80c8', 'hex'))).toBe(false);
  });
});
