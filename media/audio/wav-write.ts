import { wavHead } from './wav-format.ts';

/** A whole 16-bit WAV file; channels of equal length. */
export function writeWav(channels: readonly Int16Array[], sampleRateHz: number): Buffer {
  const frames = channels[0]?.length ?? 0;
  const data = Buffer.allocUnsafe(frames * channels.length * 2);
  let at = 0;
  for (let i = 0; i < frames; i += 1) {
    for (const channel of channels) at = data.writeInt16LE(channel[i] ?? 0, at);
  }
  return Buffer.concat([wavHead({ sampleRateHz, channels: channels.length, dataBytes: data.length }), data]);
}
