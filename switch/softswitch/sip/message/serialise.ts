import { Headers } from './headers.ts';
import type { SipMessage } from './message.ts';

/** Writes a message. Content-Length is always ours, last, and in bytes. */
export function serialise(message: SipMessage): Buffer {
  let head =
    message.kind === 'request'
      ? `${message.method} ${message.uri} SIP/2.0\r\n`
      : `SIP/2.0 ${message.status} ${message.reason}\r\n`;
  const { keys, shown, values } = message.headers;
  for (let at = 0; at < keys.length; at++) {
    if (keys[at] !== 'content-length') head += `${shown[at]}: ${values[at]}\r\n`;
  }
  head += `Content-Length: ${message.body.length}\r\n\r\n`;
  const headBytes = Buffer.from(head, 'utf8');
  return message.body.length === 0 ? headBytes : Buffer.concat([headBytes, message.body]);
}

/** Copies the headers of `keys` (lower case, long) in their order. */
export function copyHeaders(from: Headers, ...keys: readonly string[]): Headers {
  const to = new Headers();
  for (let at = 0; at < from.keys.length; at++) {
    if (keys.includes(from.keys[at]!)) to.add(from.shown[at]!, from.values[at]!);
  }
  return to;
}
