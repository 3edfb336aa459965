import { isAbsolute, normalize } from 'node:path';
import { GrowingWav } from '../../../media/index.ts';
import type { RecordOutcome } from './leg-media.ts';
import { LegRecorder } from './leg-recorder.ts';
import type { LegState } from './leg-state.ts';

/** See `MediaHost.record`. */
export function recordLeg(leg: LegState, wantedPath: string): RecordOutcome {
  const { engine } = leg;
  const path = normalize(wantedPath);
  const failed = (reason: Extract<RecordOutcome, { kind: 'failed' }>['reason'], detail: string): RecordOutcome => ({
    kind: 'failed',
    reason,
    detail,
  });
  if (leg.closed) return failed('closed', 'the leg is closed');
  if (!isAbsolute(path) || path.includes('\0')) return failed('not-writable', 'the path is not absolute');
  if (engine.recorders.has(path)) return failed('already', 'this file is being recorded');
  if (engine.recorders.size >= engine.maxRecordings) return failed('too-many', `limit ${engine.maxRecordings}`);
  const opened = GrowingWav.open(path, 2, 8000);
  if (opened.kind === 'failed') return failed('not-writable', opened.detail);
  return { kind: 'recording', recording: new LegRecorder(leg, path, opened.file) };
}
