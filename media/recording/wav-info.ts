import { open } from 'node:fs/promises';
import { blockBytes, readWavHead } from '../audio/index.ts';

/** What there is of a recording on the disk. */
export type RecordingInfo =
  | {
      /** `cut-short`: the header was never put right, so whoever wrote it died, or is still writing; what is there can be heard. */
      readonly kind: 'complete' | 'cut-short';
      readonly durationMs: number;
      readonly sizeBytes: number;
      readonly channels: number;
      readonly sampleRateHz: number;
    }
  | { readonly kind: 'missing' }
  /** There is a file, but no sound that can be read. */
  | { readonly kind: 'unreadable'; readonly reason: string };

const HEAD_BYTES = 4096;

/** Looks at a recorded WAV: reads its head only. */
export async function recordingInfo(path: string): Promise<RecordingInfo> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const bytes = Buffer.alloc(Math.min(HEAD_BYTES, size));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
      const head = readWavHead(bytes.subarray(0, bytesRead));
      if (head.kind === 'invalid') return { kind: 'unreadable', reason: head.reason };
      const { format } = head;
      const present = Math.max(0, size - format.dataOffset);
      const block = blockBytes(format);
      const whole = format.declaredBytes > 0 ? format.declaredBytes <= present : present < block;
      const frames = Math.floor((whole ? format.declaredBytes : present) / block);
      return {
        kind: whole ? 'complete' : 'cut-short',
        durationMs: Math.round((frames * 1000) / format.sampleRateHz),
        sizeBytes: size,
        channels: format.channels,
        sampleRateHz: format.sampleRateHz,
      };
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    return code === 'ENOENT' || code === 'ENOTDIR' ? { kind: 'missing' } : { kind: 'unreadable', reason: code };
  }
}
