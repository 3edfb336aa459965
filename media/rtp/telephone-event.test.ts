import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVENT_DIGITS, EventReceiver, eventFrames, writeEvent } from './telephone-event.ts';

interface Packet {
  readonly timestamp: number;
  readonly event: number;
  readonly end: boolean;
  readonly duration: number;
}

/** A press of 100 ms as a phone sends it: five packets, the end three times. */
function press(digit: string, timestamp: number, frames = 5): Packet[] {
  const event = EVENT_DIGITS.indexOf(digit);
  const packets = Array.from({ length: frames }, (_, i) => ({ timestamp, event, end: false, duration: (i + 1) * 160 }));
  const end = { timestamp, event, end: true, duration: frames * 160 };
  return [...packets, end, end, end];
}

function received(packets: readonly Packet[]): string {
  let digits = '';
  const receiver = new EventReceiver((digit) => (digits += digit));
  for (const { timestamp, event, end, duration } of packets) {
    const payload = new Uint8Array(4);
    writeEvent(payload, 0, event, end, duration);
    receiver.push(payload, 0, 4, timestamp >>> 0);
  }
  return digits;
}

describe('keypad events', () => {
  it('are one digit each, for all sixteen', () => {
    expect(received([...EVENT_DIGITS].flatMap((digit, i) => press(digit, 1000 + i * 1600)))).toBe(EVENT_DIGITS);
  });

  it('are one digit whichever packets of the press are lost or doubled, and over the wrap of timestamps', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(3), { minLength: 16, maxLength: 16 }),
        fc.nat(15),
        fc.nat(0xffff_ffff),
        (copies, event, start) => {
          const digit = EVENT_DIGITS[event]!;
          const sent = [...press(digit, start), ...press(digit, start + 2000)];
          const kept = sent.flatMap((packet, i) => Array.from({ length: copies[i]! }, () => packet));
          const presses = new Set(kept.map((packet) => packet.timestamp >>> 0)).size;
          expect(received(kept)).toBe(digit.repeat(presses));
        },
      ),
    );
  });

  it('are not taken for new ones when they come late', () => {
    const [first, second] = [press('1', 1000), press('2', 4000)];
    expect(received([...first.slice(0, 6), ...second.slice(0, 3), ...first.slice(6), ...second.slice(3)])).toBe('12');
  });

  it('that last longer than a segment are one digit', () => {
    const event = 5;
    const long: Packet[] = [];
    for (let duration = 160; duration <= 65_440; duration += 160)
      long.push({ timestamp: 100, event, end: false, duration });
    for (let duration = 160; duration <= 800; duration += 160)
      long.push({ timestamp: 100 + 65_440, event, end: false, duration });
    expect(received(long)).toBe('5');
  });

  it('of phones that let the timestamp run on are one digit', () => {
    expect(received([1, 2, 3, 4].map((n) => ({ timestamp: n * 160, event: 8, end: false, duration: n * 160 })))).toBe(
      '8',
    );
  });

  it('that are no digits, or too short, are passed over', () => {
    const receiver = new EventReceiver(() => expect.unreachable());
    receiver.push(Uint8Array.from([16, 0, 0, 160]), 0, 4, 0);
    for (let length = 0; length < 4; length += 1) receiver.push(Uint8Array.from([1, 0, 0, 160]), 0, length, 0);
  });

  it('that we send are read back as the same digits', () => {
    let timestamp = 0;
    const packets: Packet[] = [];
    for (const frame of eventFrames('1122#', 100)) {
      if (frame?.first) timestamp += 2000;
      if (frame) packets.push({ timestamp, event: frame.event, end: frame.end, duration: frame.durationUnits });
    }
    expect(received(packets)).toBe('1122#');
    expect(packets.filter((packet) => packet.end)).toHaveLength(15);
  });
});
