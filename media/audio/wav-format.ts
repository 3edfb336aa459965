/**
 * The head of a WAV file (RIFF, little endian):
 *
 *     "RIFF" size32 "WAVE"  then chunks: id(4) size32 data, padded to even
 *     "fmt " 16+: format16 channels16 rate32 bytesPerSecond32 blockAlign16 bits16 [extension16 … subformat at +24]
 *     "data" n: the samples
 */
export interface WavFormat {
  readonly encoding: 'pcm' | 'float' | 'ulaw' | 'alaw';
  readonly channels: number;
  readonly sampleRateHz: number;
  readonly bitsPerSample: number;
  /** Where the samples start, bytes. */
  readonly dataOffset: number;
  /** What the header says that the samples take, bytes. */
  readonly declaredBytes: number;
}

export type WavHead =
  | { readonly kind: 'wav'; readonly format: WavFormat }
  | { readonly kind: 'invalid'; readonly reason: string };

const ENCODINGS: Readonly<Record<number, WavFormat['encoding']>> = { 1: 'pcm', 3: 'float', 6: 'alaw', 7: 'ulaw' };
const EXTENSIBLE = 0xfffe;

function readFormat(bytes: Buffer, at: number, size: number): Omit<WavFormat, 'dataOffset' | 'declaredBytes'> | string {
  if (size < 16 || at + 16 > bytes.length) return 'the format chunk is cut short';
  let tag = bytes.readUInt16LE(at);
  if (tag === EXTENSIBLE && size >= 26 && at + 26 <= bytes.length) tag = bytes.readUInt16LE(at + 24);
  const encoding = ENCODINGS[tag];
  const channels = bytes.readUInt16LE(at + 2);
  const sampleRateHz = bytes.readUInt32LE(at + 4);
  const bitsPerSample = bytes.readUInt16LE(at + 14);
  if (!encoding) return `encoding ${tag} is not supported`;
  if (channels < 1 || channels > 8) return `${channels} channels are not supported`;
  if (sampleRateHz < 4000 || sampleRateHz > 192_000) return `a rate of ${sampleRateHz} Hz is not supported`;
  const widths = { pcm: [8, 16, 24, 32], float: [32, 64], ulaw: [8], alaw: [8] }[encoding];
  if (!widths.includes(bitsPerSample)) return `${bitsPerSample} bits are not supported`;
  return { encoding, channels, sampleRateHz, bitsPerSample };
}

/**
 * Reads the head from the first bytes of a file (4 KiB are enough for all but odd files). Tolerant: sizes may be wrong, as they are
 * while a file is still being written.
 */
export function readWavHead(bytes: Buffer): WavHead {
  if (bytes.length < 12 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE') {
    return { kind: 'invalid', reason: 'not a WAV file' };
  }
  let format: Omit<WavFormat, 'dataOffset' | 'declaredBytes'> | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const id = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    if (id === 'fmt ') {
      const read = readFormat(bytes, at + 8, size);
      if (typeof read === 'string') return { kind: 'invalid', reason: read };
      format = read;
    }
    if (id === 'data') {
      if (!format) return { kind: 'invalid', reason: 'samples come before their format' };
      return { kind: 'wav', format: { ...format, dataOffset: at + 8, declaredBytes: size } };
    }
    at += 8 + size + (size & 1);
  }
  return { kind: 'invalid', reason: 'there are no samples' };
}

/** Bytes of one sample of all channels. */
export function blockBytes(format: WavFormat): number {
  return (format.channels * format.bitsPerSample) / 8;
}

/** Bytes of the head that {@link wavHead} makes. */
export const WAV_HEAD_BYTES = 44;

/** The head of a 16-bit file. Above 4 GiB the sizes stay at the largest value, as is custom. */
export function wavHead(options: { sampleRateHz: number; channels: number; dataBytes: number }): Buffer {
  const { sampleRateHz, channels } = options;
  const dataBytes = Math.min(options.dataBytes, 0xffff_ffff - 36);
  const head = Buffer.alloc(WAV_HEAD_BYTES);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + dataBytes, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(sampleRateHz, 24);
  head.writeUInt32LE(sampleRateHz * channels * 2, 28);
  head.writeUInt16LE(channels * 2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(dataBytes, 40);
  return head;
}
