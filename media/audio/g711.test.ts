import { expect, it } from 'vitest';
import {
  ALAW_TO_LINEAR,
  ALAW_TO_ULAW,
  decodeG711,
  encodeG711,
  LINEAR_TO_ALAW,
  LINEAR_TO_ULAW,
  PCMA,
  PCMU,
  ULAW_TO_ALAW,
  ULAW_TO_LINEAR,
} from './g711.ts';

const codes = Array.from({ length: 256 }, (_, code) => code);

it('decodes the corner values of both laws as G.711 tables 1 and 2 have them', () => {
  const ulaw: [number, number][] = [
    [0x00, -32_124],
    [0x80, 32_124],
    [0xff, 0],
    [0x7f, 0],
    [0xfe, 8],
    [0x7e, -8],
    [0xef, 132],
  ];
  for (const [code, sample] of ulaw) expect([code, ULAW_TO_LINEAR[code]]).toEqual([code, sample]);
  const alaw: [number, number][] = [
    [0x2a, -32_256],
    [0xaa, 32_256],
    [0xd5, 8],
    [0x55, -8],
    [0xd4, 24],
    [0x54, -24],
  ];
  for (const [code, sample] of alaw) expect([code, ALAW_TO_LINEAR[code]]).toEqual([code, sample]);
});

it('gives every code back after decoding (µ-law has two zeros)', () => {
  for (const code of codes) {
    expect(LINEAR_TO_ULAW[ULAW_TO_LINEAR[code]! & 0xffff]).toBe(code === 0x7f ? 0xff : code);
    expect(LINEAR_TO_ALAW[ALAW_TO_LINEAR[code]! & 0xffff]).toBe(code);
  }
});

it('encodes every sample as the nearest level of its sign, and monotonically', () => {
  for (const [toCode, toSample, limit] of [
    [LINEAR_TO_ULAW, ULAW_TO_LINEAR, 32_124],
    [LINEAR_TO_ALAW, ALAW_TO_LINEAR, 32_256],
  ] as const) {
    let before = -40_000;
    for (let sample = -32_768; sample < 32_768; sample += 1) {
      const level = toSample[toCode[sample & 0xffff]!]!;
      expect(level).toBeGreaterThanOrEqual(before);
      before = level;
      const error = Math.abs(level - Math.max(-limit, Math.min(limit, sample)));
      expect(error).toBeLessThanOrEqual(Math.max(16, Math.abs(sample) / 16));
    }
  }
});

it('recodes from one law to the other without going far from the sample', () => {
  for (const code of codes) {
    const fromUlaw = ULAW_TO_LINEAR[code]!;
    expect(Math.abs(ALAW_TO_LINEAR[ULAW_TO_ALAW[code]!]! - fromUlaw)).toBeLessThanOrEqual(
      Math.max(16, Math.abs(fromUlaw) / 16),
    );
    const fromAlaw = ALAW_TO_LINEAR[code]!;
    expect(Math.abs(ULAW_TO_LINEAR[ALAW_TO_ULAW[code]!]! - fromAlaw)).toBeLessThanOrEqual(
      Math.max(16, Math.abs(fromAlaw) / 16),
    );
  }
});

it('encodes and decodes runs', () => {
  const samples = Int16Array.from([0, 1000, -1000, 32_767, -32_768]);
  for (const law of [PCMU, PCMA]) {
    const target = new Uint8Array(7).fill(1);
    encodeG711(law, samples, target, 1, 2);
    expect([target[0], target[1], target[6]]).toEqual([1, 1, 1]);
    expect(Math.abs(decodeG711(law, target.subarray(2, 6))[0]! - 1000)).toBeLessThan(40);
  }
});
