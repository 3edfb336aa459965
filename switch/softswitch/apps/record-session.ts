import { startRecording } from '../core/record.ts';
import type { Application } from '../core/switch-core.ts';

/** `record_session PATH [+LIMIT_SECONDS]` */
export const recordSession: Application = (sw, session, data) => {
  const [, path = '', limit = ''] = /^(.*?)(?:\s+\+(\d+))?$/.exec(data.trim()) ?? [];
  if (path !== '') startRecording(sw, session, path, Number(limit) || 0);
};
