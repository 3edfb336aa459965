/** The states of a channel; a state's place in the list is its `Channel-State-Number`. */
export const CHANNEL_STATES = [
  'CS_NEW',
  'CS_INIT',
  'CS_ROUTING',
  'CS_SOFT_EXECUTE',
  'CS_EXECUTE',
  'CS_EXCHANGE_MEDIA',
  'CS_PARK',
  'CS_CONSUME_MEDIA',
  'CS_HIBERNATE',
  'CS_RESET',
  'CS_HANGUP',
  'CS_REPORTING',
  'CS_DESTROY',
  'CS_NONE',
] as const;
export type ChannelState = (typeof CHANNEL_STATES)[number];

/** `Channel-State-Number` of a state. */
export function stateNumber(state: ChannelState): number {
  return CHANNEL_STATES.indexOf(state);
}

/** What the phone does, as a person would say it; the place in the list is `Channel-Call-State-Number`. */
export const CALL_STATES = [
  'DOWN',
  'DIALING',
  'RINGING',
  'EARLY',
  'ACTIVE',
  'HELD',
  'RING_WAIT',
  'HANGUP',
  'UNHELD',
] as const;
export type CallState = (typeof CALL_STATES)[number];

/** `Channel-Call-State-Number` of a call state. */
export function callStateNumber(state: CallState): number {
  return CALL_STATES.indexOf(state);
}

export const ANSWER_STATES = ['ringing', 'early', 'answered', 'hangup'] as const;
export type AnswerState = (typeof ANSWER_STATES)[number];
