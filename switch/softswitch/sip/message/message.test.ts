import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SIP_LIMITS } from '../limits.ts';
import { StreamFramer } from './frame-stream.ts';
import type { Malformed, SipMessage } from './message.ts';
import { parseNameAddr } from './name-addr.ts';
import { parseMessage } from './parse-message.ts';
import { serialise } from './serialise.ts';
import { parseSipUri } from './sip-uri.ts';
import { validateRequest } from './validate-request.ts';
import { parseVia } from './via.ts';

const LIMITS = DEFAULT_SIP_LIMITS;
const FOLDER = fileURLToPath(new URL('../../../../node_modules/sip/test/messages/', import.meta.url));
const TORTURE = readdirSync(FOLDER).filter((name) => name.endsWith('.dat'));

const parse = (text: string | Buffer): SipMessage | Malformed => parseMessage(Buffer.from(text), LIMITS);
const torture = (name: string): Buffer => readFileSync(`${FOLDER}${name}.dat`);

/** What a message means, for comparing. */
function meaning(message: SipMessage | Malformed): unknown {
  if (message.kind === 'malformed') return message.kind;
  const headers = message.headers.keys
    .map((key, at) => [key, message.headers.values[at]])
    .filter(([key]) => key !== 'content-length');
  const start = message.kind === 'request' ? [message.method, message.uri] : [message.status, message.reason];
  return { start, headers, body: message.body.toString('latin1') };
}

describe('parser', () => {
  it('takes the 13 valid torture messages and the same again after writing them', () => {
    const valid =
      'wsinv intmeth esc01 escnull esc02 lwsdisp longreq dblreq semiuri transports mpart01 unreason noreason';
    for (const name of valid.split(' ')) {
      const first = parse(torture(name));
      expect(first.kind, name).not.toBe('malformed');
      if (first.kind !== 'malformed') expect(meaning(parse(serialise(first))), name).toEqual(meaning(first));
      if (first.kind === 'request') expect(validateRequest(first).kind, name).toBe('checked');
    }
  });

  it('reads folding, compact names, quoted names and several values in one line', () => {
    const message = parse(torture('wsinv'));
    if (message.kind !== 'request') throw message;
    expect(message.headers.list('Via')).toHaveLength(3);
    expect(message.headers.get('subject')).toBe('');
    const checked = validateRequest(message);
    if (checked.kind !== 'checked') throw checked;
    expect(checked.from.displayName).toBe('J Rosenberg \\"');
    expect(checked.via).toMatchObject({ transport: 'UDP', host: '192.0.2.2' });
    expect(parseNameAddr(message.headers.get('Contact')!)).toMatchObject({ displayName: 'Quoted string ""' });
  });

  it('counts Content-Length in bytes', () => {
    const text = (length: number): string =>
      `MESSAGE sip:a@b SIP/2.0\r\nContent-Type: text/plain\r\nl: ${length}\r\n\r\n分机忙`;
    const message = parse(text(6));
    expect(message.kind === 'request' && message.body.toString('utf8')).toBe('分机');
    expect(parse(text(10))).toMatchObject({ kind: 'malformed', status: 400 });
  });

  it.each([
    ['sip:1001@[2001:db8::1]:5070;transport=tcp', { user: '1001', host: '[2001:db8::1]', port: 5070 }],
    ['sips:a%40b@h', { scheme: 'sips', user: 'a@b', host: 'h' }],
    ['sip:x9@abc123.invalid;transport=ws', { host: 'abc123.invalid' }],
    ['sip:h?Subject=x', { headers: 'Subject=x' }],
    ['sip:a@h:0', undefined],
    ['sip:a@h:99999', undefined],
    ['sip:@h', undefined],
    ['tel:+86123', undefined],
  ])('URI %s', (text, parts) => {
    if (parts === undefined) expect(parseSipUri(text)).toBeUndefined();
    else expect(parseSipUri(text)).toMatchObject(parts);
  });

  it('keeps within its limits', () => {
    const many = `OPTIONS sip:a@b SIP/2.0\r\n${'X: 1\r\n'.repeat(LIMITS.headerCount + 1)}\r\n`;
    expect(parse(many)).toMatchObject({ kind: 'malformed', reason: 'Too Many Headers' });
    const long = `OPTIONS sip:a@b SIP/2.0\r\nX: ${'y'.repeat(LIMITS.headerBytes)}\r\n\r\n`;
    expect(parse(long)).toMatchObject({ kind: 'malformed', status: 513 });
  });

  it('never throws on any bytes', () => {
    const mutation = fc
      .tuple(fc.constantFrom(...TORTURE), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }))
      .map(([name, edits]) => {
        const bytes = readFileSync(`${FOLDER}${name}`);
        for (const [at, value] of edits) bytes[at % bytes.length] = value;
        return bytes;
      });
    const anything = fc.oneof(
      mutation,
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    );
    fc.assert(
      fc.property(anything, (bytes) => {
        const message = parseMessage(bytes, LIMITS);
        if (message.kind === 'malformed') return;
        if (message.kind === 'request') validateRequest(message);
        expect(meaning(parse(serialise(message)))).toEqual(meaning(message));
      }),
      { numRuns: 3_000 },
    );
  });

  it('never throws on any header value', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^["<>;,:= @\\a-z0-9?%[\]]{0,30}$/)),
        (text) => {
          parseNameAddr(text);
          parseVia(text);
          parseSipUri(`sip:${text}`);
        },
      ),
      { numRuns: 3_000 },
    );
  });
});

describe('stream', () => {
  const one = Buffer.from('OPTIONS sip:a@b SIP/2.0\r\nX: 1\r\nl: 6\r\n\r\n分机');
  const two = Buffer.from('SIP/2.0 200 OK\r\nX: 2\r\nContent-Length: 0\r\n\r\n');
  const ping = Buffer.from('\r\n\r\n');
  const whole = Buffer.concat([ping, one, Buffer.from('\r\n'), two, ping, one]);
  const kinds = ['ping', 'message', 'message', 'ping', 'message'];

  it('finds the same at every split point', () => {
    for (let at = 0; at <= whole.length; at++) {
      const framer = new StreamFramer(LIMITS);
      const items = [...framer.push(whole.subarray(0, at)), ...framer.push(whole.subarray(at))];
      expect(
        items.map((item) => item.kind),
        `split at ${at}`,
      ).toEqual(kinds);
      expect(framer.partial).toBe(false);
    }
  });

  it('finds the same in any pieces, byte by byte too', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 }), (sizes) => {
        const framer = new StreamFramer(LIMITS);
        const items = [];
        for (let at = 0, turn = 0; at < whole.length; turn++) {
          const size = sizes[turn % sizes.length]!;
          items.push(...framer.push(whole.subarray(at, at + size)));
          at += size;
        }
        expect(items.map((item) => item.kind)).toEqual(kinds);
        const last = items[4]!;
        expect(last.kind === 'message' && last.message.body.toString('utf8')).toBe('分机');
      }),
    );
  });

  it('stops at a head that never ends, and at a body above the limit', () => {
    const endless = new StreamFramer({ ...LIMITS, headerBytes: 1_000 });
    expect(endless.push(Buffer.alloc(1_001, 'x'))).toMatchObject([{ kind: 'broken', fault: { status: 513 } }]);
    expect(endless.push(two)).toEqual([]);
    const large = `OPTIONS sip:a@b SIP/2.0\r\nContent-Length: ${LIMITS.bodyBytes + 1}\r\n\r\n`;
    expect(new StreamFramer(LIMITS).push(Buffer.from(large))).toMatchObject([
      { kind: 'broken', fault: { status: 513 } },
    ]);
  });
});
