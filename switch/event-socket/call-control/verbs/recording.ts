import { CodedError } from '../../../../config/errors.ts';
import type { Done, Gone, LegId } from '../../../call-control/index.ts';
import { checkLegId, DONE, GONE, legCommand, refused, type SwitchNode, saysGone } from '../switch-node.ts';
import { word } from '../switch-words.ts';

/** Stereo; grows as it goes, where the switch's default writes in pieces of 64 KiB; 8 kHz whatever the leg's codec. */
const RECORD_VARIABLES = 'RECORD_STEREO=true;enable_file_write_buffering=false;record_sample_rate=8000';

export async function startRecording(node: SwitchNode, legId: LegId, path: string): Promise<Done | Gone> {
  const line = recordLine(legId, 'start', path);
  node.sender.api(`uuid_setvar_multi ${legId} ${RECORD_VARIABLES}`, node.deadlineMs).catch(() => undefined);
  return legCommand(node, line);
}

export async function pauseRecording(node: SwitchNode, legId: LegId, path: string): Promise<Done | Gone> {
  return legCommand(node, recordLine(legId, 'mask', path));
}

export async function resumeRecording(node: SwitchNode, legId: LegId, path: string): Promise<Done | Gone> {
  return legCommand(node, recordLine(legId, 'unmask', path));
}

/** Stopping what was stopped already is done. */
export async function stopRecording(node: SwitchNode, legId: LegId, path: string): Promise<Done | Gone> {
  const line = recordLine(legId, 'stop', path);
  const reply = await node.sender.api(line, node.deadlineMs);
  if (reply.ok || /cannot stop record/i.test(reply.text)) return DONE;
  if (saysGone(reply)) return GONE;
  throw refused(line, reply);
}

function recordLine(legId: LegId, action: string, path: string): string {
  if (!path.startsWith('/') || /[{}[\]'"\\]|\$\{/.test(path))
    throw new CodedError('request.invalid', { field: 'path' });
  return `uuid_record ${checkLegId(legId)} ${action} ${word(path)}`;
}
