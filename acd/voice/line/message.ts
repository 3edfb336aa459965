import type { RecordMessageOutcome, RecordMessageRequest } from '../../flows/index.ts';
import type { Call } from '../call.ts';
import { startRecording, stopRecording } from '../recording.ts';
import type { VoiceRoom } from '../room.ts';
import { touch } from '../stage.ts';
import { askSwitch } from '../switch-faults.ts';

/** 1 kHz for 400 ms. */
const BEEP = '%(400,100,1000)';

/**
 * Takes a message: a beep, then everything until the end key, the time limit, or the caller's hang-up. A message that the caller ended by
 * hanging up is a message too.
 */
export async function recordMessage(
  room: VoiceRoom,
  call: Call,
  request: RecordMessageRequest,
): Promise<RecordMessageOutcome> {
  const legId = call.callerLegId;
  if (legId === undefined) return { kind: 'gone' };
  await askSwitch(room, call, 'play', () => call.control.play(legId, [{ kind: 'tone', spec: BEEP }]).outcome);
  if (!(await startRecording(room, call, legId, 'voicemail'))) {
    return call.callerLegId === undefined ? { kind: 'gone' } : { kind: 'stored', durationMs: 0 };
  }
  const startedAtMs = room.clock.now();
  call.flowOutcome = 'voicemail';
  touch(room, call);
  await askSwitch(room, call, 'collectDigits', () =>
    call.control.collectDigits(legId, {
      prompts: [],
      minDigits: 1,
      maxDigits: 1,
      attempts: 1,
      firstDigitTimeoutMs: request.maxMs,
      interDigitTimeoutMs: 1_000,
      terminators: '',
      pattern: `[${request.endDigit}]`,
    }),
  );
  if (call.callerLegId === undefined) return { kind: 'gone' };
  await stopRecording(room, call);
  return { kind: 'stored', durationMs: room.clock.now() - startedAtMs };
}
