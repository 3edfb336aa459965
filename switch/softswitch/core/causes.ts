/** Why a leg ended: FreeSWITCH's names with their Q.850 (or its own) number and the SIP status that says it before an answer. */
export const CAUSES = {
  NONE: { q850: 0, sip: 480 },
  UNALLOCATED_NUMBER: { q850: 1, sip: 404 },
  NO_ROUTE_TRANSIT_NET: { q850: 2, sip: 404 },
  NO_ROUTE_DESTINATION: { q850: 3, sip: 404 },
  NORMAL_CLEARING: { q850: 16, sip: 480 },
  USER_BUSY: { q850: 17, sip: 486 },
  NO_USER_RESPONSE: { q850: 18, sip: 408 },
  NO_ANSWER: { q850: 19, sip: 480 },
  SUBSCRIBER_ABSENT: { q850: 20, sip: 480 },
  CALL_REJECTED: { q850: 21, sip: 603 },
  NUMBER_CHANGED: { q850: 22, sip: 410 },
  EXCHANGE_ROUTING_ERROR: { q850: 25, sip: 483 },
  DESTINATION_OUT_OF_ORDER: { q850: 27, sip: 502 },
  INVALID_NUMBER_FORMAT: { q850: 28, sip: 484 },
  FACILITY_REJECTED: { q850: 29, sip: 501 },
  NORMAL_UNSPECIFIED: { q850: 31, sip: 480 },
  NORMAL_CIRCUIT_CONGESTION: { q850: 34, sip: 503 },
  NETWORK_OUT_OF_ORDER: { q850: 38, sip: 502 },
  NORMAL_TEMPORARY_FAILURE: { q850: 41, sip: 503 },
  SWITCH_CONGESTION: { q850: 42, sip: 503 },
  OUTGOING_CALL_BARRED: { q850: 52, sip: 403 },
  BEARERCAPABILITY_NOTAVAIL: { q850: 58, sip: 488 },
  SERVICE_UNAVAILABLE: { q850: 63, sip: 503 },
  CHAN_NOT_IMPLEMENTED: { q850: 66, sip: 501 },
  SERVICE_NOT_IMPLEMENTED: { q850: 79, sip: 501 },
  INCOMPATIBLE_DESTINATION: { q850: 88, sip: 488 },
  RECOVERY_ON_TIMER_EXPIRE: { q850: 102, sip: 504 },
  MANDATORY_IE_MISSING: { q850: 96, sip: 400 },
  INTERWORKING: { q850: 127, sip: 480 },
  ORIGINATOR_CANCEL: { q850: 487, sip: 487 },
  CRASH: { q850: 500, sip: 500 },
  SYSTEM_SHUTDOWN: { q850: 501, sip: 503 },
  LOSE_RACE: { q850: 502, sip: 480 },
  MANAGER_REQUEST: { q850: 503, sip: 480 },
  BLIND_TRANSFER: { q850: 600, sip: 480 },
  ATTENDED_TRANSFER: { q850: 601, sip: 480 },
  ALLOTTED_TIMEOUT: { q850: 602, sip: 480 },
  MEDIA_TIMEOUT: { q850: 604, sip: 480 },
  PICKED_OFF: { q850: 605, sip: 480 },
  USER_NOT_REGISTERED: { q850: 606, sip: 480 },
  PROGRESS_TIMEOUT: { q850: 607, sip: 480 },
  INVALID_GATEWAY: { q850: 608, sip: 480 },
  GATEWAY_DOWN: { q850: 609, sip: 480 },
  INVALID_PROFILE: { q850: 612, sip: 480 },
} as const;

/** Name of a hangup cause; a key of {@link CAUSES}. */
export type Cause = keyof typeof CAUSES;

/** The Q.850 number that others are told: FreeSWITCH's own causes count as normal clearing. */
export function q850Of(cause: Cause): number {
  const { q850 } = CAUSES[cause];
  return q850 <= 127 ? q850 : CAUSES.NORMAL_CLEARING.q850;
}

/** The cause of that name or Q.850 number in any case, or undefined. */
export function findCause(word: string): Cause | undefined {
  const upper = word.trim().toUpperCase();
  if (Object.hasOwn(CAUSES, upper)) return upper as Cause;
  if (!/^\d{1,3}$/.test(upper)) return undefined;
  return causeOfQ850(Number(upper));
}

/** The cause with that Q.850 number, or undefined. */
export function causeOfQ850(q850: number): Cause | undefined {
  const names = Object.keys(CAUSES) as Cause[];
  return names.find((name) => CAUSES[name].q850 === q850);
}

const STATUS_CAUSES: Readonly<Record<number, Cause>> = {
  400: 'NORMAL_TEMPORARY_FAILURE',
  401: 'CALL_REJECTED',
  402: 'CALL_REJECTED',
  403: 'CALL_REJECTED',
  404: 'UNALLOCATED_NUMBER',
  405: 'SERVICE_UNAVAILABLE',
  406: 'SERVICE_NOT_IMPLEMENTED',
  407: 'CALL_REJECTED',
  408: 'RECOVERY_ON_TIMER_EXPIRE',
  410: 'NUMBER_CHANGED',
  413: 'INTERWORKING',
  414: 'INTERWORKING',
  415: 'SERVICE_NOT_IMPLEMENTED',
  416: 'INTERWORKING',
  420: 'INTERWORKING',
  421: 'INTERWORKING',
  423: 'INTERWORKING',
  480: 'NO_USER_RESPONSE',
  481: 'NORMAL_TEMPORARY_FAILURE',
  482: 'EXCHANGE_ROUTING_ERROR',
  483: 'EXCHANGE_ROUTING_ERROR',
  484: 'INVALID_NUMBER_FORMAT',
  485: 'NO_ROUTE_DESTINATION',
  486: 'USER_BUSY',
  487: 'ORIGINATOR_CANCEL',
  488: 'INCOMPATIBLE_DESTINATION',
  500: 'NORMAL_TEMPORARY_FAILURE',
  501: 'SERVICE_NOT_IMPLEMENTED',
  502: 'NETWORK_OUT_OF_ORDER',
  503: 'NORMAL_TEMPORARY_FAILURE',
  504: 'RECOVERY_ON_TIMER_EXPIRE',
  505: 'INTERWORKING',
  513: 'INTERWORKING',
  600: 'USER_BUSY',
  603: 'CALL_REJECTED',
  604: 'NO_ROUTE_DESTINATION',
  606: 'INCOMPATIBLE_DESTINATION',
};

/** The cause that FreeSWITCH makes of a SIP final status. */
export function causeOfStatus(status: number): Cause {
  return STATUS_CAUSES[status] ?? 'NORMAL_UNSPECIFIED';
}
