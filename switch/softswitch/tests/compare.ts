import type { Dictionary } from './dictionary.ts';
import type { Frame } from './frames.ts';

/** Headers of events that must be the same as recorded (in words of here). A header that only one side has differs as well. */
export const COMPARED_HEADERS = [
  'Event-Name',
  'Event-Subclass',
  'Unique-ID',
  'Channel-State',
  'Channel-Call-State',
  'Channel-State-Number',
  'Channel-Name',
  'Call-Direction',
  'Presence-Call-Direction',
  'Channel-HIT-Dialplan',
  'Channel-Call-UUID',
  'Answer-State',
  'Hangup-Cause',
  'Original-Channel-Call-State',
  'Channel-Call-State-Number',
  'Channel-Read-Codec-Rate',
  'Channel-Write-Codec-Name',
  'Channel-Write-Codec-Rate',
  'Caller-Direction',
  'Caller-Logical-Direction',
  'Caller-Username',
  'Caller-Dialplan',
  'Caller-Caller-ID-Name',
  'Caller-Caller-ID-Number',
  'Caller-Callee-ID-Name',
  'Caller-Callee-ID-Number',
  'Caller-ANI',
  'Caller-RDNIS',
  'Caller-Destination-Number',
  'Caller-Unique-ID',
  'Caller-Source',
  'Caller-Context',
  'Caller-Profile-Index',
  'Other-Type',
  'Other-Leg-Unique-ID',
  'Other-Leg-Direction',
  'Other-Leg-Destination-Number',
  'Bridge-A-Unique-ID',
  'Bridge-B-Unique-ID',
  'Bridged-To',
  'Direction',
  'Sent-Callee-ID-Name',
  'Sent-Callee-ID-Number',
  'Application',
  'Application-Data',
  'Application-Response',
  'Application-UUID',
  'Playback-File-Type',
  'Playback-File-Path',
  'Playback-Status',
  'DTMF-Digit',
  'DTMF-Duration',
  'DTMF-Source',
  'Record-File-Path',
  'Record-Completion-Cause',
  'Media-Bug-Function',
  'Media-Bug-Target',
  'Job-UUID',
  'Job-Command',
  'Job-Command-Arg',
  'Conference-Name',
  'Conference-Size',
  'Conference-Profile-Name',
  'Conference-Unique-ID',
  'Action',
  'Floor',
  'Hear',
  'Speak',
  'Member-Type',
  'Old-ID',
  'variable_direction',
  'variable_hangup_after_bridge',
  'variable_park_after_bridge',
  'variable_sip_h_X-Contact-Id',
  'variable_bridge_uuid',
  'variable_signal_bond',
  'variable_last_bridge_to',
  'variable_choice',
  'variable_choice2',
  'variable_current_application',
  'variable_hangup_cause',
  'variable_hangup_cause_q850',
  'variable_digits_dialed',
  'variable_last_app',
  'variable_sip_hangup_disposition',
  'variable_endpoint_disposition',
  'variable_sofia_profile_name',
  'variable_conference_name',
] as const;

/** Where this switch may differ, and why. */
interface Allowance {
  readonly header: string;
  readonly where: (recorded: Frame) => boolean;
  readonly reason: string;
}

const name = (frame: Frame) => frame.headers['Event-Name'];

/** Stands for the body where a header is named. */
const BODY = 'body';

function isDeadAddress(frame: Frame): boolean {
  return (
    frame.headers['Hangup-Cause'] === 'NORMAL_TEMPORARY_FAILURE' ||
    frame.eventBody === '-ERR NORMAL_TEMPORARY_FAILURE\n'
  );
}

function mayDiffer(header: string, recorded: Frame): boolean {
  return ALLOWED.some((one) => one.header === header && one.where(recorded));
}

/** Every allowed difference in a header. */
export const ALLOWED: readonly Allowance[] = [
  {
    header: 'Channel-Call-UUID',
    where: (frame) =>
      frame.headers['Answer-State'] === 'hangup' ||
      ['CS_HIBERNATE', 'CS_RESET'].includes(frame.headers['Channel-State'] ?? ''),
    reason:
      'when the second leg of a bridge gets its own id back is a race of two threads in FreeSWITCH; both are in the traces',
  },
  {
    header: 'Conference-Size',
    where: (frame) => frame.headers.Action === 'del-member' || frame.headers.Action === 'floor-change',
    reason: 'which of two members that are sent out leaves first is a race of their threads in FreeSWITCH',
  },
  ...[
    'Hangup-Cause',
    'variable_hangup_cause',
    'variable_hangup_cause_q850',
    'variable_sip_hangup_disposition',
    BODY,
  ].map((header) => ({
    header,
    where: isDeadAddress,
    reason:
      'nothing listens there: FreeSWITCH hears ICMP, Node does not tell it, so here the ringing time passes and it is NO_ANSWER',
  })),
];

/** Events of the recording that need not come here. */
export const OPTIONAL: readonly { readonly where: (recorded: Frame) => boolean; readonly reason: string }[] = [
  {
    where: (frame) =>
      name(frame) === 'CHANNEL_STATE' &&
      frame.headers['Channel-State'] === 'CS_CONSUME_MEDIA' &&
      frame.headers['Other-Leg-Unique-ID'] !== undefined,
    reason:
      'the second leg of a bridge passes CS_CONSUME_MEDIA only when its thread is first; some traces have it, some not',
  },
  {
    where: (frame) => frame.headers.Action === 'start-talking' || frame.headers.Action === 'stop-talking',
    reason: 'this switch does not tell who talks in a conference',
  },
];

/** Events that are about the machine and not about the calls of a recording. */
export function isAboutCalls(frame: Frame): boolean {
  return name(frame) !== 'HEARTBEAT' && !frame.headers['Event-Subclass']?.startsWith('sofia::');
}

export function isOptional(frame: Frame): boolean {
  return OPTIONAL.some((one) => one.where(frame));
}

/** What an event is about: its channel, its job, its conference. Order is only kept within one of them. */
export function streamOf(frame: Frame): string {
  const { headers } = frame;
  if (headers['Conference-Name'] !== undefined) {
    return headers.Action === 'floor-change' ? 'conference' : `conference ${headers['Unique-ID'] ?? ''}`;
  }
  if (headers['Job-UUID'] !== undefined) return `job ${headers['Job-UUID']}`;
  return `channel ${headers['Unique-ID']}`;
}

function short(frame: Frame | undefined): string {
  if (!frame) return '(none)';
  const { headers } = frame;
  return [name(frame), headers['Channel-State'], headers.Application, headers.Action].filter(Boolean).join(' ');
}

/** Lists how the events of one stream differ from the recorded ones. */
export function compareStream(recorded: readonly Frame[], here: readonly Frame[], words: Dictionary): string[] {
  const problems: string[] = [];
  let at = 0;
  for (const expected of recorded) {
    const got = here[at];
    if (isOptional(expected) && short(got) !== short(expected)) continue;
    at++;
    if (!got || name(got) !== name(expected)) {
      problems.push(`event ${at}: recorded ${short(expected)}, here ${short(got)}`);
      return problems;
    }
    for (const header of COMPARED_HEADERS) {
      const [left, right] = [expected.headers[header], got.headers[header]];
      if (left !== undefined && right !== undefined) words.learnIds(left, right);
      const translated = left === undefined ? undefined : words.translate(left);
      if (translated === right) continue;
      if (mayDiffer(header, expected)) continue;
      problems.push(
        `event ${at} ${short(expected)}: ${header} recorded ${translated ?? '(none)'}, here ${right ?? '(none)'}`,
      );
    }
    const body = expected.eventBody === undefined ? undefined : words.translate(expected.eventBody);
    if (body !== got.eventBody && !mayDiffer(BODY, expected)) {
      problems.push(`event ${at} ${short(expected)}: body recorded ${expected.eventBody}, here ${got.eventBody}`);
    }
  }
  for (const extra of here.slice(at)) problems.push(`one event more here: ${short(extra)}`);
  return problems;
}
