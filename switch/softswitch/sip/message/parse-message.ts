import type { SipLimits } from '../stack.ts';
import { Headers } from './headers.ts';
import { EMPTY_BODY, type Malformed, type SipMessage } from './message.ts';

const TOKEN = /^[!%'*+\-.0-9A-Z_`a-z~]+$/;
const REQUEST_LINE = /^([!%'*+\-.0-9A-Z_`a-z~]+) ([^\s<>"]+) (SIP\/\d+\.\d+)$/i;
const STATUS_LINE = /^(SIP\/\d+\.\d+) ([1-6]\d\d) ?(.*)$/i;
const LENGTH = /^\d{1,9}$/;
const HEAD_END = Buffer.from('\r\n\r\n');

export type ParseLimits = Pick<SipLimits, 'messageBytes' | 'headerBytes' | 'headerCount' | 'bodyBytes'>;

/** Start line and headers; `bodyBytes` is Content-Length when it is given. */
export interface ParsedHead {
  readonly kind: 'head';
  readonly message: SipMessage;
  readonly bodyBytes: number | undefined;
}

/** Parses one whole message as it came in a datagram or a WebSocket message (RFC 3261 §7, §18.3). Never throws. */
export function parseMessage(bytes: Buffer, limits: ParseLimits): SipMessage | Malformed {
  if (bytes.length > limits.messageBytes) return malformed(513, 'Message Too Large');
  const end = bytes.indexOf(HEAD_END);
  const head = parseHead(bytes, 0, end < 0 ? bytes.length : end, limits);
  if (head.kind === 'malformed') return head;
  if (end < 0) return faulty(head.message, 400, 'Header Section Has No End');
  const bodyAt = end + 4;
  const there = bytes.length - bodyAt;
  const length = head.bodyBytes ?? there;
  if (length > there) return faulty(head.message, 400, 'Content-Length Exceeds Message');
  if (length > limits.bodyBytes) return faulty(head.message, 513, 'Message Too Large');
  return length === 0 ? head.message : withBody(head.message, bytes.subarray(bodyAt, bodyAt + length));
}

/** Parses start line and headers that lie in `bytes` from `from` up to the empty line at `to`. */
export function parseHead(bytes: Buffer, from: number, to: number, limits: ParseLimits): ParsedHead | Malformed {
  if (to - from > limits.headerBytes) return malformed(513, 'Message Too Large');
  const text = bytes.toString('utf8', from, to);
  let lineEnd = text.indexOf('\r\n');
  if (lineEnd < 0) lineEnd = text.length;
  const headers = new Headers();
  const fault = readHeaders(text, lineEnd + 2, headers, limits.headerCount);
  const message = startLine(text.slice(0, lineEnd), headers);
  if (message.kind === 'malformed') return message;
  if (fault !== undefined) return faulty(message, 400, fault);
  let bodyBytes: number | undefined;
  for (const value of headers.getAll('Content-Length')) {
    if (!LENGTH.test(value)) return faulty(message, 400, 'Invalid Content-Length');
    if (bodyBytes !== undefined && bodyBytes !== Number(value)) return faulty(message, 400, 'Differing Content-Length');
    bodyBytes = Number(value);
  }
  return { kind: 'head', message, bodyBytes };
}

/** The same message with its body. */
export function withBody(message: SipMessage, body: Buffer): SipMessage {
  return { ...message, body };
}

export function malformed(status: number, reason: string): Malformed {
  return { kind: 'malformed', status, reason };
}

export function faulty(message: SipMessage, status: number, reason: string): Malformed {
  return message.kind === 'request'
    ? { kind: 'malformed', status, reason, request: message }
    : malformed(status, reason);
}

function startLine(line: string, headers: Headers): SipMessage | Malformed {
  const response = STATUS_LINE.exec(line);
  if (response) {
    if (!isVersion2(response[1]!)) return malformed(505, 'Version Not Supported');
    return { kind: 'response', status: Number(response[2]), reason: response[3]!, headers, body: EMPTY_BODY };
  }
  const request = REQUEST_LINE.exec(line);
  if (request) {
    const message = { kind: 'request', method: request[1]!, uri: request[2]!, headers, body: EMPTY_BODY } as const;
    return isVersion2(request[3]!) ? message : faulty(message, 505, 'Version Not Supported');
  }
  if (/^SIP\//i.test(line)) return malformed(400, 'Invalid Status Line');
  // A request line that breaks the grammar is still answered when its method can be told, so that the peer stops repeating it.
  const method = /^[^\s]+/.exec(line)?.[0] ?? '';
  if (!TOKEN.test(method) || method === 'ACK') return malformed(400, 'Invalid Request Line');
  return faulty({ kind: 'request', method, uri: '', headers, body: EMPTY_BODY }, 400, 'Invalid Request Line');
}

function isVersion2(version: string): boolean {
  return version.length === 7 && version.endsWith('2.0');
}

/** Fills `headers`; returns what is wrong with the first bad line, after reading the good ones. */
function readHeaders(text: string, from: number, headers: Headers, limit: number): string | undefined {
  let fault: string | undefined;
  let at = from;
  while (at < text.length) {
    let end = text.indexOf('\r\n', at);
    if (end < 0) end = text.length;
    let line = text.slice(at, end);
    at = end + 2;
    while (at < text.length && (text[at] === ' ' || text[at] === '\t')) {
      end = text.indexOf('\r\n', at);
      if (end < 0) end = text.length;
      line = `${line} ${text.slice(at, end).trim()}`;
      at = end + 2;
    }
    const colon = line.indexOf(':');
    const name = colon < 0 ? '' : line.slice(0, colon).trimEnd();
    if (!isHeaderName(name)) fault ??= 'Invalid Header Name';
    else if (headers.size >= limit) return fault ?? 'Too Many Headers';
    else {
      const value = line.slice(colon + 1).trim();
      if (value.includes('\n') || value.includes('\r')) fault ??= 'Invalid Line End';
      else headers.add(name, value);
    }
  }
  return fault;
}

function isHeaderName(name: string): boolean {
  return name.length > 0 && name.length <= 128 && TOKEN.test(name);
}
