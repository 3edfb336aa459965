import { stopRecording } from '../core/record.ts';
import type { Application } from '../core/switch-core.ts';

/** `stop_record_session PATH|all` */
export const stopRecordSession: Application = (_sw, session, data) => {
  stopRecording(session, data.trim());
};
