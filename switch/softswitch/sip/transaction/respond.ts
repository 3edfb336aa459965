import type { Core } from '../core.ts';
import { EMPTY_BODY, SERVED_METHODS, type SipRequest, type SipResponse } from '../message/message.ts';
import { reasonPhrase } from '../message/reasons.ts';
import { copyHeaders, serialise } from '../message/serialise.ts';
import type { Flow } from '../transport/flow.ts';
import type { ServerTransaction } from './server-transaction.ts';

export interface ResponseParts {
  readonly reason?: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: { readonly type: string; readonly content: string };
  /** Our tag, when the request had none in To. */
  readonly toTag?: string;
}

export const ALLOW = SERVED_METHODS.join(', ');

/** Builds the response to a request (RFC 3261 §8.2.6). */
export function makeResponse(core: Core, request: SipRequest, status: number, parts: ResponseParts = {}): SipResponse {
  const inDialog = status > 100 && status < 300 && request.method === 'INVITE';
  const headers = inDialog
    ? copyHeaders(request.headers, 'via', 'from', 'to', 'call-id', 'cseq', 'record-route')
    : copyHeaders(request.headers, 'via', 'from', 'to', 'call-id', 'cseq');
  const toAt = headers.keys.indexOf('to');
  const to = headers.values[toAt];
  if (status > 100 && to !== undefined && !/;\s*tag\s*=/i.test(to)) {
    headers.values[toAt] = `${to};tag=${parts.toTag ?? core.statelessTag}`;
  }
  for (const [name, value] of parts.headers ?? []) headers.add(name, value);
  if (status === 405) headers.add('Allow', ALLOW);
  headers.add('Server', core.productName);
  if (parts.body) headers.add('Content-Type', parts.body.type);
  const body = parts.body ? Buffer.from(parts.body.content, 'utf8') : EMPTY_BODY;
  return { kind: 'response', status, reason: parts.reason ?? reasonPhrase(status), headers, body };
}

/** Answers within a server transaction. */
export function respond(core: Core, transaction: ServerTransaction, status: number, parts: ResponseParts = {}): void {
  if (!transaction.open) return;
  const { request } = transaction.checked;
  const tagged = { ...parts, toTag: transaction.localTag };
  transaction.respond(status, serialise(makeResponse(core, request, status, tagged)));
}

/** Answers without keeping anything; an ACK is never answered. */
export function respondStateless(
  core: Core,
  request: SipRequest,
  flow: Flow,
  status: number,
  parts: ResponseParts = {},
): void {
  if (request.method !== 'ACK') flow.send(serialise(makeResponse(core, request, status, parts)));
}
