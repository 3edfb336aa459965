import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tone } from './tone.ts';
import { readWavHead, WAV_HEAD_BYTES, wavHead } from './wav-format.ts';
import { readWav, toMono } from './wav-read.ts';
import { writeWav } from './wav-write.ts';

const left = tone([440], 100, 8000);
const right = tone([1000], 100, 8000);
const stereo = writeWav([left, right], 8000);

/** A WAV with any format chunk. */
function wavOf(tag: number, bits: number, channels: number, data: Buffer): Buffer {
  const head = wavHead({ sampleRateHz: 16_000, channels, dataBytes: data.length });
  head.writeUInt16LE(tag, 20);
  head.writeUInt16LE(bits, 34);
  return Buffer.concat([head, data]);
}

describe('reading WAV', () => {
  it('gives back what was written', () => {
    const sound = readWav(stereo);
    expect(sound).toMatchObject({ kind: 'wav', sampleRateHz: 8000, cutShort: false });
    if (sound.kind === 'wav') expect(sound.channels).toEqual([left, right]);
  });

  it('takes what is there of a file cut anywhere, and never throws', () => {
    for (let length = 0; length <= stereo.length; length += 1) {
      const sound = readWav(stereo.subarray(0, length));
      if (length < WAV_HEAD_BYTES) expect(sound.kind).toBe('invalid');
      else if (sound.kind === 'wav') {
        expect(sound.channels[0]!.length).toBe(Math.floor((length - WAV_HEAD_BYTES) / 4));
        expect(sound.cutShort).toBe(length < stereo.length);
      } else expect.unreachable(sound.reason);
    }
  });

  it('reads a file whose sizes were never put right', () => {
    for (const size of [0, 0xffff_ffff, 0x7fff_f000]) {
      const growing = Buffer.from(stereo);
      growing.writeUInt32LE(size, 40);
      expect(readWav(growing)).toMatchObject({ kind: 'wav', cutShort: true, channels: [left, right] });
    }
  });

  it('skips chunks that it does not know, padded to even', () => {
    const odd = Buffer.concat([Buffer.from('LIST'), Buffer.from([3, 0, 0, 0]), Buffer.from('abc\0')]);
    const file = Buffer.concat([stereo.subarray(0, 12), odd, stereo.subarray(12)]);
    expect(readWav(file)).toMatchObject({ kind: 'wav', channels: [left, right] });
  });

  it.each([
    ['8 bit', 1, 8, Buffer.from([128, 255, 0]), [0, 32_512, -32_768]],
    ['24 bit', 1, 24, Buffer.from([9, 0, 64, 9, 0, 192]), [16_384, -16_384]],
    ['32 bit', 1, 32, Buffer.from([9, 9, 0, 64]), [16_384]],
    ['µ-law', 7, 8, Buffer.from([0xff, 0x00]), [0, -32_124]],
    ['A-law', 6, 8, Buffer.from([0xd5, 0x2a]), [8, -32_256]],
  ])('decodes %s', (_name, tag, bits, data, samples) => {
    expect(readWav(wavOf(tag, bits, 1, data))).toMatchObject({ kind: 'wav', channels: [Int16Array.from(samples)] });
  });

  it('decodes float, with nonsense as silence', () => {
    const data = Buffer.alloc(16);
    for (const [index, value] of [1, -0.5, Number.NaN, 7].entries()) data.writeFloatLE(value, index * 4);
    expect(readWav(wavOf(3, 32, 1, data))).toMatchObject({ channels: [Int16Array.from([32_767, -16_383, 0, 32_767])] });
  });

  it('says why it refuses', () => {
    expect(readWav(wavOf(1, 16, 9, Buffer.alloc(0)))).toEqual({
      kind: 'invalid',
      reason: '9 channels are not supported',
    });
    expect(readWav(wavOf(85, 16, 1, Buffer.alloc(0)))).toEqual({
      kind: 'invalid',
      reason: 'encoding 85 is not supported',
    });
    expect(readWav(Buffer.from('hello, this is no sound file'))).toEqual({ kind: 'invalid', reason: 'not a WAV file' });
  });

  it('survives any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(60), (noise, at) => {
        const file = Buffer.from(stereo.subarray(0, 100));
        file.set(noise.subarray(0, 100 - at), at);
        const head = readWavHead(file);
        const sound = readWav(file);
        expect(sound.kind).toBe(head.kind);
      }),
    );
  });

  it('mixes channels to one', () => {
    const mono = toMono({ sampleRateHz: 8000, channels: [Int16Array.from([100, 200]), Int16Array.from([300, -200])] });
    expect([...mono.samples]).toEqual([200, 0]);
  });
});
