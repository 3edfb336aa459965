/** Events that a client may subscribe to by name. `ALL` and `CUSTOM` are the protocol's own words. */
export const EVENT_NAMES = [
  'CUSTOM',
  'CHANNEL_CREATE',
  'CHANNEL_DESTROY',
  'CHANNEL_STATE',
  'CHANNEL_CALLSTATE',
  'CHANNEL_ANSWER',
  'CHANNEL_HANGUP',
  'CHANNEL_HANGUP_COMPLETE',
  'CHANNEL_EXECUTE',
  'CHANNEL_EXECUTE_COMPLETE',
  'CHANNEL_HOLD',
  'CHANNEL_UNHOLD',
  'CHANNEL_BRIDGE',
  'CHANNEL_UNBRIDGE',
  'CHANNEL_PROGRESS',
  'CHANNEL_PROGRESS_MEDIA',
  'CHANNEL_OUTGOING',
  'CHANNEL_PARK',
  'CHANNEL_UNPARK',
  'CHANNEL_APPLICATION',
  'CHANNEL_ORIGINATE',
  'CHANNEL_UUID',
  'API',
  'LOG',
  'SHUTDOWN',
  'STARTUP',
  'MESSAGE',
  'COMMAND',
  'SESSION_HEARTBEAT',
  'HEARTBEAT',
  'DTMF',
  'BACKGROUND_JOB',
  'RECORD_START',
  'RECORD_STOP',
  'PLAYBACK_START',
  'PLAYBACK_STOP',
  'CALL_UPDATE',
  'MEDIA_BUG_START',
  'MEDIA_BUG_STOP',
  'CHANNEL_DATA',
  'ALL',
] as const;
export type EventName = (typeof EVENT_NAMES)[number];

/** The event of that name, in any case, or undefined. */
export function findEventName(word: string): EventName | undefined {
  const upper = word.toUpperCase();
  return EVENT_NAMES.find((name) => name === upper);
}

/** A header: its name as it is sent, and its value before any encoding. */
export type Header = readonly [name: string, value: string];

/** Something that happened, ready to be told. Headers keep their order; a name may come twice. */
export interface SwitchEvent {
  readonly name: EventName;
  readonly subclass?: string;
  readonly headers: readonly Header[];
  readonly body?: string;
}

/** First value of a header, its name in any case. */
export function headerOf(event: SwitchEvent, name: string): string | undefined {
  const lower = name.toLowerCase();
  return event.headers.find(([key]) => key.toLowerCase() === lower)?.[1];
}
