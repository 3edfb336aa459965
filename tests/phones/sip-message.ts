import { createHash, randomBytes } from 'node:crypto';

/** A SIP message, as far as a test phone needs it. Header names in lower case; a header that repeats has several values. */
export interface SipMessage {
  /** Of a request. */
  readonly method?: string;
  readonly uri?: string;
  /** Of a response. */
  readonly status?: number;
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: string;
}

const SHORT_NAMES: Readonly<Record<string, string>> = {
  v: 'via',
  f: 'from',
  t: 'to',
  i: 'call-id',
  m: 'contact',
  l: 'content-length',
  c: 'content-type',
};

/** Reads a datagram; undefined when it is no SIP. */
export function parseSip(datagram: Buffer): SipMessage | undefined {
  const text = datagram.toString('utf8');
  const end = text.indexOf('\r\n\r\n');
  const [first = '', ...lines] = text.slice(0, end === -1 ? text.length : end).split('\r\n');
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const key = SHORT_NAMES[name] ?? name;
    headers.set(key, [...(headers.get(key) ?? []), line.slice(colon + 1).trim()]);
  }
  const body = end === -1 ? '' : text.slice(end + 4);
  const response = /^SIP\/2\.0 (\d{3})/.exec(first);
  if (response) return { status: Number(response[1]), headers, body };
  const request = /^([A-Z]+) (\S+) SIP\/2\.0$/.exec(first);
  return request ? { method: request[1]!, uri: request[2]!, headers, body } : undefined;
}

export function header(message: SipMessage, name: string): string {
  return message.headers.get(name)?.[0] ?? '';
}

export function sequence(message: SipMessage): number {
  return Number.parseInt(header(message, 'cseq'), 10);
}

export function cseqMethod(message: SipMessage): string {
  return header(message, 'cseq').split(' ')[1] ?? '';
}

export function tagOf(value: string): string | undefined {
  return /;tag=([^;>\s]+)/.exec(value)?.[1];
}

export function uriOf(value: string): string {
  return /<([^>]+)>/.exec(value)?.[1] ?? value.split(';')[0] ?? '';
}

export function newToken(): string {
  return randomBytes(8).toString('hex');
}

/** Writes a message. Content-Length is added. */
export function formatSip(first: string, headers: readonly (readonly [string, string])[], body = ''): Buffer {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(`${[first, ...lines, `Content-Length: ${Buffer.byteLength(body)}`].join('\r\n')}\r\n\r\n${body}`);
}

/** The answer to a digest challenge (RFC 2617, MD5, with or without `qop=auth`). */
export function digestAnswer(challenge: string, method: string, uri: string, user: string, password: string): string {
  const field = (name: string): string => new RegExp(`${name}="?([^",]+)"?`).exec(challenge)?.[1] ?? '';
  const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
  const [realm, nonce] = [field('realm'), field('nonce')];
  const secret = md5(`${user}:${realm}:${password}`);
  const about = md5(`${method}:${uri}`);
  const cnonce = newToken();
  const qop = field('qop') !== '';
  const response = md5(qop ? `${secret}:${nonce}:00000001:${cnonce}:auth:${about}` : `${secret}:${nonce}:${about}`);
  const parts = [
    `username="${user}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${uri}"`,
    `response="${response}"`,
  ];
  if (qop) parts.push('qop=auth', 'nc=00000001', `cnonce="${cnonce}"`);
  return `Digest ${parts.join(', ')}, algorithm=MD5`;
}
