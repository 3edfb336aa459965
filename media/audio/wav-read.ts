import { ALAW_TO_LINEAR, ULAW_TO_LINEAR } from './g711.ts';
import { clip16, type Pcm } from './pcm.ts';
import { blockBytes, readWavHead, type WavFormat } from './wav-format.ts';

export type WavSound =
  | {
      readonly kind: 'wav';
      readonly sampleRateHz: number;
      /** One array per channel, of equal length. */
      readonly channels: readonly Int16Array[];
      /** The header promises more than is there, or has no size yet. */
      readonly cutShort: boolean;
    }
  | { readonly kind: 'invalid'; readonly reason: string };

function sampleReader(format: WavFormat, bytes: Buffer): (at: number) => number {
  if (format.encoding === 'ulaw') return (at) => ULAW_TO_LINEAR[bytes[at]!]!;
  if (format.encoding === 'alaw') return (at) => ALAW_TO_LINEAR[bytes[at]!]!;
  if (format.encoding === 'float') {
    const read = (at: number) => (format.bitsPerSample === 32 ? bytes.readFloatLE(at) : bytes.readDoubleLE(at));
    return (at) => {
      const value = read(at);
      return Number.isFinite(value) ? clip16(Math.round(value * 32_767)) : 0;
    };
  }
  if (format.bitsPerSample === 8) return (at) => (bytes[at]! - 128) << 8;
  if (format.bitsPerSample === 16) return (at) => bytes.readInt16LE(at);
  // The upper 16 of 24 or 32 bits.
  const skip = format.bitsPerSample / 8 - 2;
  return (at) => bytes.readInt16LE(at + skip);
}

/** Decodes a whole file: PCM of 8 to 32 bits, float, G.711; sizes in the header are believed only as far as there are bytes. */
export function readWav(bytes: Buffer): WavSound {
  const head = readWavHead(bytes);
  if (head.kind === 'invalid') return head;
  const { format } = head;
  const block = blockBytes(format);
  const present = bytes.length - format.dataOffset;
  const unknownSize = format.declaredBytes === 0 || format.declaredBytes >= 0xffff_ffff - 36;
  const usable = unknownSize ? present : Math.min(present, format.declaredBytes);
  const frames = Math.floor(usable / block);
  const width = format.bitsPerSample / 8;
  const read = sampleReader(format, bytes);
  const channels = Array.from({ length: format.channels }, (_, channel) => {
    const samples = new Int16Array(frames);
    const start = format.dataOffset + channel * width;
    for (let i = 0; i < frames; i += 1) samples[i] = read(start + i * block);
    return samples;
  });
  const cutShort = (unknownSize && present > 0) || format.declaredBytes > present;
  return { kind: 'wav', sampleRateHz: format.sampleRateHz, channels, cutShort };
}

/** All channels as one, at equal parts. */
export function toMono(sound: { readonly sampleRateHz: number; readonly channels: readonly Int16Array[] }): Pcm {
  const [first] = sound.channels;
  if (sound.channels.length === 1 && first) return { samples: first, sampleRateHz: sound.sampleRateHz };
  const samples = new Int16Array(first?.length ?? 0);
  for (let i = 0; i < samples.length; i += 1) {
    let sum = 0;
    for (const channel of sound.channels) sum += channel[i]!;
    samples[i] = Math.round(sum / sound.channels.length);
  }
  return { samples, sampleRateHz: sound.sampleRateHz };
}
