import type { HangupCause } from '../../call-control/index.ts';

/** The switch's word for each of our causes. */
export const SWITCH_CAUSES: Readonly<Record<HangupCause, string>> = {
  normal: 'NORMAL_CLEARING',
  busy: 'USER_BUSY',
  'no-answer': 'NO_ANSWER',
  rejected: 'CALL_REJECTED',
  unregistered: 'USER_NOT_REGISTERED',
  cancelled: 'ORIGINATOR_CANCEL',
  unreachable: 'DESTINATION_OUT_OF_ORDER',
  unallocated: 'UNALLOCATED_NUMBER',
  timeout: 'RECOVERY_ON_TIMER_EXPIRE',
  'media-timeout': 'MEDIA_TIMEOUT',
  'switch-shutdown': 'SYSTEM_SHUTDOWN',
  failed: 'NORMAL_TEMPORARY_FAILURE',
};

/** Further words of the switch; what is not listed is `failed`. */
const MORE_WORDS: Readonly<Record<string, HangupCause>> = {
  NONE: 'normal',
  SUCCESS: 'normal',
  NORMAL_UNSPECIFIED: 'normal',
  BLIND_TRANSFER: 'normal',
  ATTENDED_TRANSFER: 'normal',
  NO_USER_RESPONSE: 'no-answer',
  ALLOTTED_TIMEOUT: 'no-answer',
  PROGRESS_TIMEOUT: 'no-answer',
  SUBSCRIBER_ABSENT: 'unregistered',
  LOSE_RACE: 'cancelled',
  PICKED_OFF: 'cancelled',
  NO_ROUTE_DESTINATION: 'unreachable',
  NO_ROUTE_TRANSIT_NET: 'unreachable',
  NETWORK_OUT_OF_ORDER: 'unreachable',
  GATEWAY_DOWN: 'unreachable',
  INVALID_GATEWAY: 'unreachable',
  NUMBER_CHANGED: 'unallocated',
  INVALID_NUMBER_FORMAT: 'unallocated',
  MANAGER_REQUEST: 'normal',
};

const byWord = new Map<string, HangupCause>([
  ...Object.entries(MORE_WORDS),
  ...Object.entries(SWITCH_CAUSES).map(([cause, word]): [string, HangupCause] => [word, cause as HangupCause]),
]);

/** Our cause for the switch's word. */
export function causeOf(word: string): HangupCause {
  return byWord.get(word) ?? 'failed';
}
