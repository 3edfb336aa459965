import { describe, expect, it } from 'vitest';
import { OutboundStream } from './outbound-stream.ts';
import { Reception } from './reception.ts';
import { senderReport } from './rtcp.ts';

describe('reception', () => {
  it('counts loss over the wrap of sequence numbers, late packets and new sources', () => {
    const reception = new Reception();
    let at = 0;
    const take = (ssrc: number, sequence: number) =>
      reception.count(ssrc, sequence & 0xffff, sequence * 160, (at += 20));
    for (const sequence of [65_533, 65_534, 65_537, 65_536]) take(1, sequence);
    expect(reception.lost).toBe(1);
    for (const sequence of [10, 11, 14]) take(2, sequence);
    expect(reception.lost).toBe(3);
    expect(reception.received).toBe(7);
  });

  it('measures jitter as RFC 3550 A.8 does', () => {
    const reception = new Reception();
    let expected = 0;
    for (let n = 0; n < 100; n += 1) {
      reception.count(1, n, n * 160, n * 20 + (n % 2) * 4);
      if (n > 0) expected += (32 - expected) / 16;
    }
    expect(reception.jitterMs).toBeCloseTo(expected / 8, 6);
  });

  it('is told in a sender report', () => {
    const reception = new Reception();
    for (const sequence of [0, 1, 3]) reception.count(0xabc, sequence, sequence * 160, sequence * 20);
    const packet = senderReport(
      { ssrc: 7, timestamp: 9, packets: 3, octets: 480 },
      reception,
      'leg1',
      1_500_000_000_500,
    );
    expect(packet.length % 4).toBe(0);
    expect([packet[0], packet[1], packet.readUInt16BE(2)]).toEqual([0x81, 200, 12]);
    expect(packet.readUInt32BE(8)).toBe(1_500_000_000 + 2_208_988_800);
    expect(packet.readUInt32BE(12)).toBe(2 ** 31);
    expect([packet.readUInt32BE(28), packet[32], packet.readUIntBE(33, 3), packet.readUInt32BE(36)]).toEqual([
      0xabc, 64, 1, 3,
    ]);
    expect([packet[52], packet[53], packet.readUInt16BE(54)]).toEqual([0x81, 202, (packet.length - 52) / 4 - 1]);
    expect(packet.toString('latin1', 62, 66)).toBe('leg1');
  });
});

describe('an outbound stream', () => {
  it('is one stream over own frames, events, and relayed sources', () => {
    const stream = new OutboundStream(0);
    const seen: { sequence: number; timestamp: number; marker: boolean }[] = [];
    const note = () => seen.push({ sequence: stream.sequence, timestamp: stream.timestamp, marker: stream.marker });
    let position = 0;
    const own = () => {
      stream.own((position += 160));
      note();
    };
    const relay = (ssrc: number, sequence: number, timestamp: number) => {
      stream.relay(ssrc, sequence & 0xffff, timestamp >>> 0, false, (position += 160));
      note();
    };
    own();
    own();
    relay(1, 65_535, 0xffff_ff60);
    relay(1, 65_536, 0);
    stream.event(stream.freshTimestamp((position += 160)), true);
    note();
    relay(2, 500, 12_345);
    relay(2, 501, 12_505);
    relay(2, 9000, 77);
    own();
    seen.slice(1).forEach((packet, i) => {
      expect((packet.sequence - seen[i]!.sequence) & 0xffff).toBe(1);
      expect((packet.timestamp - seen[i]!.timestamp) >>> 0).toBe(160);
    });
    expect(seen.map((packet) => packet.marker)).toEqual([true, false, true, false, true, true, false, true, true]);
  });

  it('keeps loss and order of what it relays, and the time that passed in a pause', () => {
    const stream = new OutboundStream(0);
    stream.relay(1, 10, 0, false, 160);
    const { sequence, timestamp } = stream;
    stream.relay(1, 13, 480, false, 640);
    expect([(stream.sequence - sequence) & 0xffff, (stream.timestamp - timestamp) >>> 0]).toEqual([3, 480]);
    stream.relay(1, 12, 320, false, 650);
    expect([(stream.sequence - sequence) & 0xffff, (stream.timestamp - timestamp) >>> 0]).toEqual([2, 320]);
    stream.own(160 + 80_000);
    expect([(stream.sequence - sequence) & 0xffff, (stream.timestamp - timestamp) >>> 0]).toEqual([4, 80_000]);
  });
});
