import type { SwitchEvent } from '../core/event.ts';

/** Formats a client may ask for. XML is not spoken. */
export const EVENT_FORMATS = ['plain', 'json'] as const;
export type EventFormat = (typeof EVENT_FORMATS)[number];

/** Characters that FreeSWITCH escapes in header values, besides controls and everything that is not ASCII. */
const UNSAFE = new Set([...'\r\n #%&+:;<=>?@[\\]^`{|}"'].map((char) => char.charCodeAt(0)));

/** A header value as it stands in a plain event: percent-encoded where FreeSWITCH does, byte by byte. */
export function encodeValue(value: string): string {
  if (/^[A-Za-z0-9_.,/()~!$'*-]*$/.test(value)) return value;
  let out = '';
  for (const byte of Buffer.from(value, 'utf8')) {
    const safe = byte >= 0x20 && byte <= 0x7e && !UNSAFE.has(byte);
    out += safe ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
}

/** FreeSWITCH leaves blanks encoded, but commas and slashes as they are. */
export function plainText(event: SwitchEvent): string {
  let out = '';
  for (const [name, value] of event.headers) out += `${name}: ${encodeValue(value)}\n`;
  if (event.body === undefined) return `${out}\n`;
  return `${out}Content-Length: ${Buffer.byteLength(event.body)}\n\n${event.body}`;
}

/** The event as one JSON object; a name that comes twice keeps its last value. */
export function jsonText(event: SwitchEvent): string {
  const object: Record<string, string> = {};
  for (const [name, value] of event.headers) object[name] = value;
  if (event.body !== undefined) {
    object['Content-Length'] = String(Buffer.byteLength(event.body));
    object._body = event.body;
  }
  return JSON.stringify(object);
}

const frames: Record<EventFormat, WeakMap<SwitchEvent, string>> = { plain: new WeakMap(), json: new WeakMap() };

/** The frame that carries an event to a client; made once for all clients. */
export function eventFrame(event: SwitchEvent, format: EventFormat): string {
  const known = frames[format].get(event);
  if (known !== undefined) return known;
  const text = format === 'plain' ? plainText(event) : jsonText(event);
  const frame = `Content-Length: ${Buffer.byteLength(text)}\nContent-Type: text/event-${format}\n\n${text}`;
  frames[format].set(event, frame);
  return frame;
}

export function commandReply(text: string, more: readonly string[] = []): string {
  return ['Content-Type: command/reply', `Reply-Text: ${text}`, ...more, '', ''].join('\n');
}

export function apiResponse(body: string): string {
  return `Content-Type: api/response\nContent-Length: ${Buffer.byteLength(body)}\n\n${body}`;
}

export const AUTH_REQUEST = 'Content-Type: auth/request\n\n';

function notice(type: string, body: string): string {
  return `Content-Type: ${type}\nContent-Length: ${Buffer.byteLength(body)}\n\n${body}`;
}

/** The last thing a client hears. FreeSWITCH's own words: clients look for them. */
export const DISCONNECT_NOTICE = notice(
  'text/disconnect-notice',
  'Disconnected, goodbye.\nSee you at ClueCon! http://www.cluecon.com/\n',
);

/** The only thing that a client hears that may not connect. */
export const RUDE_REJECTION = notice('text/rude-rejection', 'Access Denied, go away.\n');
