import { resolve } from 'node:path';
import { publishChannelEvent } from './build-event.ts';
import { setVariable } from './channel.ts';
import type { Header } from './event.ts';
import type { Session } from './session.ts';
import type { SwitchCore } from './switch-core.ts';

/** Where a recording goes: relative paths are taken from the configured folder. */
function fileOf(sw: SwitchCore, path: string): string {
  return sw.settings.recordingsDir === undefined ? path : resolve(sw.settings.recordingsDir, path);
}

/** Starts a stereo recording of the leg and its partner. False when the file cannot be written or is being written already. */
export function startRecording(sw: SwitchCore, session: Session, path: string, limitSec = 0): boolean {
  const { channel, leg } = session;
  if (!leg.media || session.recordings.has(path)) return false;
  const outcome = sw.media.record(leg.media, fileOf(sw, path));
  if (outcome.kind !== 'recording') {
    sw.logger.warn({ legId: channel.uuid, reason: outcome.reason }, 'recording did not start');
    return false;
  }
  const { recording } = outcome;
  session.recordings.set(path, recording);
  const bug: Header[] = [
    ['Media-Bug-Function', 'session_record'],
    ['Media-Bug-Target', path],
  ];
  publishChannelEvent(sw, channel, 'RECORD_START', { after: [['Record-File-Path', path]] });
  publishChannelEvent(sw, channel, 'MEDIA_BUG_START', { before: bug });
  const limit = limitSec > 0 ? sw.clock.after(limitSec * 1000, () => recording.stop()) : undefined;
  recording.ended.then(({ reason, durationMs }) => {
    limit?.cancel();
    session.recordings.delete(path);
    const cause =
      reason === 'stopped' || reason === 'limit' || reason === 'leg-closed' ? 'success-maxtime' : 'file-error';
    setVariable(channel, 'record_samples', String(durationMs * 8));
    setVariable(channel, 'record_seconds', String(Math.floor(durationMs / 1000)));
    setVariable(channel, 'record_ms', String(Math.round(durationMs)));
    setVariable(channel, 'record_completion_cause', cause);
    publishChannelEvent(sw, channel, 'RECORD_STOP', {
      after: [
        ['Record-File-Path', path],
        ['Record-Completion-Cause', cause],
      ],
    });
    publishChannelEvent(sw, channel, 'MEDIA_BUG_STOP', { before: bug });
  });
  return true;
}

/** Stops one recording, or every one when `path` is `all`. False when there is none. */
export function stopRecording(session: Session, path: string): boolean {
  const chosen = path === 'all' ? [...session.recordings.values()] : [session.recordings.get(path)];
  const found = chosen.filter((one) => one !== undefined);
  for (const recording of found) recording.stop();
  return found.length > 0;
}
