/**
 * ITU-T G.711, both laws, by table. A linear sample is 16 bit signed; the tables for encoding are indexed by `sample & 0xffff`.
 */

function ulawDecode(code: number): number {
  const inverted = ~code & 0xff;
  const magnitude = ((((inverted & 0x0f) << 3) + 0x84) << ((inverted & 0x70) >> 4)) - 0x84;
  return inverted & 0x80 ? -magnitude : magnitude;
}

function alawDecode(code: number): number {
  const toggled = code ^ 0x55;
  const segment = (toggled & 0x70) >> 4;
  const step = ((toggled & 0x0f) << 4) + (segment === 0 ? 8 : 0x108);
  const magnitude = segment > 1 ? step << (segment - 1) : step;
  return toggled & 0x80 ? magnitude : -magnitude;
}

function segmentOf(value: number, firstEnd: number): number {
  let segment = 0;
  for (let end = firstEnd; segment < 8 && value > end; end = (end << 1) | 1) segment += 1;
  return segment;
}

function ulawEncode(sample: number): number {
  const mask = sample < 0 ? 0x7f : 0xff;
  const value = (Math.min(32635, Math.abs(sample)) + 0x84) >> 3;
  const segment = segmentOf(value, 0x1f);
  return ((segment << 4) | ((value >> segment) & 0x0f)) ^ mask;
}

function alawEncode(sample: number): number {
  const mask = sample < 0 ? 0x55 : 0xd5;
  const value = (sample < 0 ? -sample - 1 : sample) >> 3;
  const segment = segmentOf(value, 0x1f);
  const mantissa = (segment < 2 ? value >> 1 : value >> segment) & 0x0f;
  return ((segment << 4) | mantissa) ^ mask;
}

function encoder(encode: (sample: number) => number): Uint8Array {
  const table = new Uint8Array(65_536);
  for (let sample = -32_768; sample < 32_768; sample += 1) table[sample & 0xffff] = encode(sample);
  return table;
}

/** Code → sample. */
export const ULAW_TO_LINEAR = Int16Array.from({ length: 256 }, (_, code) => ulawDecode(code));
export const ALAW_TO_LINEAR = Int16Array.from({ length: 256 }, (_, code) => alawDecode(code));
/** `sample & 0xffff` → code. */
export const LINEAR_TO_ULAW = encoder(ulawEncode);
export const LINEAR_TO_ALAW = encoder(alawEncode);
/** Code of one law → nearest code of the other. */
export const ULAW_TO_ALAW = Uint8Array.from(ULAW_TO_LINEAR, (sample) => LINEAR_TO_ALAW[sample & 0xffff]!);
export const ALAW_TO_ULAW = Uint8Array.from(ALAW_TO_LINEAR, (sample) => LINEAR_TO_ULAW[sample & 0xffff]!);

/** Silence in either law. */
export const ULAW_SILENCE = 0xff;
export const ALAW_SILENCE = 0xd5;

/** The tables of one law. */
export interface G711 {
  readonly name: 'PCMU' | 'PCMA';
  /** RFC 3551 static payload type. */
  readonly payloadType: 0 | 8;
  readonly toLinear: Int16Array;
  readonly fromLinear: Uint8Array;
  readonly toOther: Uint8Array;
  readonly silence: number;
}

export const PCMU: G711 = {
  name: 'PCMU',
  payloadType: 0,
  toLinear: ULAW_TO_LINEAR,
  fromLinear: LINEAR_TO_ULAW,
  toOther: ULAW_TO_ALAW,
  silence: ULAW_SILENCE,
};

export const PCMA: G711 = {
  name: 'PCMA',
  payloadType: 8,
  toLinear: ALAW_TO_LINEAR,
  fromLinear: LINEAR_TO_ALAW,
  toOther: ALAW_TO_ULAW,
  silence: ALAW_SILENCE,
};

/** Encodes `samples` from `start`, `codes.length - codesStart` of them at most. */
export function encodeG711(law: G711, samples: Int16Array, codes: Uint8Array, start = 0, codesStart = 0): void {
  const table = law.fromLinear;
  const count = Math.min(samples.length - start, codes.length - codesStart);
  for (let i = 0; i < count; i += 1) codes[codesStart + i] = table[samples[start + i]! & 0xffff]!;
}

/** Decodes all of `codes` into new samples. */
export function decodeG711(law: G711, codes: Uint8Array): Int16Array {
  const samples = new Int16Array(codes.length);
  for (let i = 0; i < codes.length; i += 1) samples[i] = law.toLinear[codes[i]!]!;
  return samples;
}
