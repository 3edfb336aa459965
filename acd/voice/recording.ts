import { dirname, join } from 'node:path';
import type { LegId } from '../../switch/index.ts';
import type { Call, RecordingPart } from './call.ts';
import type { VoiceRoom } from './room.ts';
import { touch } from './stage.ts';
import { askSwitch } from './switch-faults.ts';

/** Where a part of a call's recording lies under the recordings' folder: `yyyy/mm/dd/CONTACT-N.wav`, days in UTC. */
export function recordingPath(contactId: string, part: number, atMs: number, kind: RecordingPart['kind']): string {
  const day = new Date(atMs).toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/${contactId}-${part}${kind === 'voicemail' ? '-voicemail' : ''}.wav`;
}

/** Which kind of recording lies at a path made by {@link recordingPath}. */
export function recordingKindOf(path: string): RecordingPart['kind'] {
  return path.endsWith('-voicemail.wav') ? 'voicemail' : 'conversation';
}

/** A file may be this much shorter than the time that was recorded before it counts as cut short, ms. */
const SHORTFALL_MS = 2_000;

function switchPath(room: VoiceRoom, path: string): string {
  return `${room.settings.switchRecordingsDir.replace(/\/$/, '')}/${path}`;
}

/** Starts the next part of the call's recording. False when the switch did not start it: the call goes on without. */
export async function startRecording(
  room: VoiceRoom,
  call: Call,
  legId: LegId,
  kind: RecordingPart['kind'] = 'conversation',
): Promise<boolean> {
  if (call.recording) await stopRecording(room, call);
  call.recordingParts += 1;
  const startedAtMs = room.clock.now();
  const path = recordingPath(call.contactId, call.recordingParts, startedAtMs, kind);
  const recording: RecordingPart = { recordingId: room.newId(), path, legId, kind, startedAtMs, pauses: [] };
  call.recording = recording;
  const agentId = call.agent?.agentId;
  room.records.startRecording({
    recordingId: recording.recordingId,
    contactId: call.contactId,
    path,
    kind,
    startedAtMs,
    ...(agentId === undefined ? {} : { agentId }),
  });
  await room.makeFolder(join(room.settings.recordingsDir, dirname(path))).catch((error: unknown) => {
    room.log.warn(
      { contactId: call.contactId, err: error },
      'folder of a recording could not be made; the switch may make it',
    );
  });
  const started = await askSwitch(room, call, 'startRecording', () =>
    call.control.startRecording(legId, switchPath(room, path)),
  );
  if (started?.kind !== 'done') {
    room.log.warn({ contactId: call.contactId }, 'recording did not start');
    if (call.recording === recording) call.recording = undefined;
    room.records.finishRecording(call.contactId, recording.recordingId, {
      state: 'missing',
      endedAtMs: room.clock.now(),
      durationMs: 0,
      sizeBytes: 0,
    });
  }
  touch(room, call);
  return started?.kind === 'done';
}

/** Stops what is being recorded and looks at what there is on the disk. Nothing to do when nothing is recorded. */
export async function stopRecording(room: VoiceRoom, call: Call): Promise<void> {
  const { recording } = call;
  if (!recording) return;
  call.recording = undefined;
  const endedAtMs = room.clock.now();
  const open = recording.pauses.find((pause) => pause.toMs === undefined);
  if (open) {
    open.toMs = endedAtMs;
    room.records.recordingPauses(call.contactId, recording.recordingId, recording.pauses);
  }
  await askSwitch(room, call, 'stopRecording', () =>
    call.control.stopRecording(recording.legId, switchPath(room, recording.path)),
  );
  await storeRecording(room, call.contactId, recording, endedAtMs);
  touch(room, call);
}

/** Writes down what became of a recording. */
export async function storeRecording(
  room: VoiceRoom,
  contactId: string,
  recording: Pick<RecordingPart, 'recordingId' | 'path' | 'startedAtMs'>,
  endedAtMs: number,
): Promise<void> {
  const look = await room.lookAtRecording(join(room.settings.recordingsDir, recording.path));
  const there = look.kind === 'complete' || look.kind === 'cut-short';
  const durationMs = there ? look.durationMs : 0;
  const whole = look.kind === 'complete' && durationMs + SHORTFALL_MS >= endedAtMs - recording.startedAtMs;
  const state = whole ? 'stored' : there ? 'cut-short' : 'missing';
  if (state !== 'stored')
    room.log.warn({ contactId, recordingId: recording.recordingId, state }, 'recording is not whole');
  room.records.finishRecording(contactId, recording.recordingId, {
    state,
    endedAtMs,
    durationMs,
    sizeBytes: there ? look.sizeBytes : 0,
  });
  room.records.event(contactId, {
    atMs: endedAtMs,
    kind: 'recording-stored',
    data: { recordingId: recording.recordingId, state },
  });
}

/** Writes silence from now on, e.g. while a card number is said. False when nothing is recorded. */
export async function pauseRecording(room: VoiceRoom, call: Call): Promise<boolean> {
  const { recording } = call;
  if (!recording) return false;
  if (recording.pauses.some((pause) => pause.toMs === undefined)) return true;
  const done = await call.control.pauseRecording(recording.legId, switchPath(room, recording.path));
  if (done.kind === 'gone') return false;
  const atMs = room.clock.now();
  recording.pauses.push({ fromMs: atMs });
  room.records.recordingPauses(call.contactId, recording.recordingId, recording.pauses);
  room.records.event(call.contactId, { atMs, kind: 'recording-paused', data: { recordingId: recording.recordingId } });
  touch(room, call);
  return true;
}

export async function resumeRecording(room: VoiceRoom, call: Call): Promise<boolean> {
  const { recording } = call;
  const pause = recording?.pauses.find((one) => one.toMs === undefined);
  if (!recording) return false;
  if (!pause) return true;
  const done = await call.control.resumeRecording(recording.legId, switchPath(room, recording.path));
  if (done.kind === 'gone') return false;
  const atMs = room.clock.now();
  pause.toMs = atMs;
  room.records.recordingPauses(call.contactId, recording.recordingId, recording.pauses);
  room.records.event(call.contactId, { atMs, kind: 'recording-resumed', data: { recordingId: recording.recordingId } });
  touch(room, call);
  return true;
}
