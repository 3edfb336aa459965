import { type CSeq, parseCSeq } from './cseq.ts';
import type { SipRequest } from './message.ts';
import { type NameAddr, parseNameAddr } from './name-addr.ts';
import { parseSipUri, type SipUri, uriScheme } from './sip-uri.ts';
import { MAGIC_COOKIE, parseVia, type Via } from './via.ts';

/** A request whose general headers are right, with those that everybody needs already parsed. */
export interface CheckedRequest {
  readonly kind: 'checked';
  readonly request: SipRequest;
  readonly uri: SipUri;
  readonly via: Via;
  readonly from: NameAddr;
  readonly to: NameAddr;
  readonly callId: string;
  readonly cseq: CSeq;
  readonly maxForwards: number;
}

export interface Refusal {
  readonly kind: 'refusal';
  readonly status: number;
  readonly reason: string;
}

const ONCE = ['From', 'To', 'Call-ID', 'CSeq', 'Max-Forwards', 'Content-Type', 'Expires', 'Date'] as const;

/** Checks what every request must have (RFC 3261 §8.1.1, §8.2.2; cases of RFC 4475). */
export function validateRequest(request: SipRequest): CheckedRequest | Refusal {
  const { headers } = request;
  for (const name of ONCE) if (headers.count(name) > 1) return refusal(400, `Repeated ${name}`);
  const topVia = headers.list('Via')[0];
  const via = topVia === undefined ? undefined : parseVia(topVia);
  if (!via) return refusal(400, 'Invalid Via');
  if (via.params.get('branch') === MAGIC_COOKIE) return refusal(400, 'Invalid Via Branch');
  const from = parseNameAddr(headers.get('From') ?? '');
  if (!from) return refusal(400, 'Invalid From');
  const to = parseNameAddr(headers.get('To') ?? '');
  if (!to) return refusal(400, 'Invalid To');
  const callId = headers.get('Call-ID');
  if (!callId || callId.length > 512 || /\s/.test(callId)) return refusal(400, 'Invalid Call-ID');
  const cseq = parseCSeq(headers.get('CSeq'));
  if (!cseq) return refusal(400, 'Invalid CSeq');
  if (cseq.method !== request.method) return refusal(400, 'CSeq Method Differs');
  const hops = headers.get('Max-Forwards') ?? '70';
  if (!/^\d{1,6}$/.test(hops) || Number(hops) > 255) return refusal(400, 'Invalid Max-Forwards');
  const date = headers.get('Date');
  if (date !== undefined && !date.endsWith('GMT')) return refusal(400, 'Invalid Date');
  for (const contact of headers.list('Contact')) {
    if (contact !== '*' && contact !== '' && !parseNameAddr(contact)) return refusal(400, 'Invalid Contact');
  }
  const scheme = uriScheme(request.uri);
  if (scheme !== undefined && scheme !== 'sip' && scheme !== 'sips') return refusal(416, 'Unsupported URI Scheme');
  const uri = parseSipUri(request.uri);
  if (uri?.headers !== '') return refusal(400, 'Invalid Request-URI');
  return { kind: 'checked', request, uri, via, from, to, callId, cseq, maxForwards: Number(hops) };
}

function refusal(status: number, reason: string): Refusal {
  return { kind: 'refusal', status, reason };
}
