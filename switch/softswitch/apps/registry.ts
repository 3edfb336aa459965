import type { Application } from '../core/switch-core.ts';
import { answer } from './answer.ts';
import { bridge } from './bridge.ts';
import { conference } from './conference.ts';
import { eavesdrop } from './eavesdrop.ts';
import { echo } from './echo.ts';
import { endlessPlayback } from './endless-playback.ts';
import { exportVariable } from './export.ts';
import { gentones } from './gentones.ts';
import { hangup } from './hangup.ts';
import { park } from './park.ts';
import { playAndGetDigits } from './play-and-get-digits.ts';
import { playback } from './playback.ts';
import { preAnswer } from './pre-answer.ts';
import { queueDtmf } from './queue-dtmf.ts';
import { read } from './read.ts';
import { recordSession } from './record-session.ts';
import { ringReady } from './ring-ready.ts';
import { sendDtmf } from './send-dtmf.ts';
import { set } from './set.ts';
import { sleep } from './sleep.ts';
import { startDtmf } from './start-dtmf.ts';
import { stopRecordSession } from './stop-record-session.ts';
import { transfer } from './transfer.ts';
import { unset } from './unset.ts';

/** Every dialplan application by its name. */
export const APPLICATIONS: ReadonlyMap<string, Application> = new Map([
  ['answer', answer],
  ['bridge', bridge],
  ['conference', conference],
  ['eavesdrop', eavesdrop],
  ['echo', echo],
  ['endless_playback', endlessPlayback],
  ['export', exportVariable],
  ['gentones', gentones],
  ['hangup', hangup],
  ['park', park],
  ['play_and_get_digits', playAndGetDigits],
  ['playback', playback],
  ['pre_answer', preAnswer],
  ['queue_dtmf', queueDtmf],
  ['read', read],
  ['record_session', recordSession],
  ['ring_ready', ringReady],
  ['send_dtmf', sendDtmf],
  ['set', set],
  ['sleep', sleep],
  ['start_dtmf', startDtmf],
  ['stop_record_session', stopRecordSession],
  ['transfer', transfer],
  ['unset', unset],
]);
