import { Headers } from '../message/headers.ts';
import type { SipResponse } from '../message/message.ts';
import { EMPTY_BODY } from '../message/message.ts';
import { parseNameAddr } from '../message/name-addr.ts';
import { parseSipUri, uriHost } from '../message/sip-uri.ts';
import type { ClientTransaction } from '../transaction/client-transaction.ts';
import { type RequestDraft, sendCancel, sendRequest } from '../transaction/send-request.ts';
import type { Flow } from '../transport/flow.ts';
import type { LiveCall } from './live-call.ts';
import { nextHop } from './next-hop.ts';

export interface DialogRequestParts {
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: { readonly type: string; readonly content: string };
}

/** Our Contact on a flow. */
export function contactOf(flow: Flow): string {
  const transport = flow.transport === 'udp' ? '' : `;transport=${flow.transport}`;
  return `<sip:tandem@${uriHost(flow.localHost)}:${flow.localPort}${transport}>`;
}

/** Builds a request inside the dialog (RFC 3261 §12.2.1.1), loose and strict routing. `cseq` is given for ACK only. */
export function draftInDialog(
  call: LiveCall,
  flow: Flow,
  method: string,
  parts: DialogRequestParts = {},
  cseq?: number,
): RequestDraft {
  const headers = new Headers();
  let uri = call.remoteTarget;
  let routes = call.routeSet;
  const firstUri = routes[0] === undefined ? undefined : parseNameAddr(routes[0])?.uri;
  const first = firstUri === undefined ? undefined : parseSipUri(firstUri);
  if (first && firstUri !== undefined && !first.params.has('lr')) {
    routes = [...routes.slice(1), `<${uri}>`];
    uri = firstUri;
  }
  const number = cseq ?? ++call.localSeq;
  headers.add('Max-Forwards', '70');
  for (const route of routes) headers.add('Route', route);
  headers.add('From', `${call.localParty};tag=${call.localTag}`);
  headers.add('To', `${call.remoteParty};tag=${call.remoteTag}`);
  headers.add('Call-ID', call.callId).add('CSeq', `${number} ${method}`);
  if (method !== 'ACK' && method !== 'BYE') headers.add('Contact', contactOf(flow));
  headers.add('User-Agent', call.core.productName);
  for (const [name, value] of parts.headers ?? []) headers.add(name, value);
  if (parts.body) headers.add('Content-Type', parts.body.type);
  const body = parts.body ? Buffer.from(parts.body.content, 'utf8') : EMPTY_BODY;
  return { method, uri, headers, body };
}

export type DialogResponse =
  | { readonly kind: 'final'; readonly response: SipResponse; readonly transaction: ClientTransaction }
  | { readonly kind: 'failed'; readonly why: 'timeout' | 'unreachable' };

/** A re-INVITE that only gets provisional answers: CANCEL after 64·T1, given up after twice that. */
function limitInvite(call: LiveCall, transaction: ClientTransaction, giveUp: () => void): void {
  const { clock, times } = call.core;
  clock.after(64 * times.t1Ms, () => {
    if (transaction.state !== 'proceeding') return;
    sendCancel(call.core, transaction);
    clock.after(64 * times.t1Ms, () => {
      if (transaction.state !== 'proceeding') return;
      transaction.terminate();
      giveUp();
    });
  });
}

/**
 * Sends a request inside the dialog and waits for its final answer. 408 and 481, a time-out, or a dead flow end the call with BYE
 * (RFC 3261 §12.2.1.2), except for a BYE. `onRepeat` hears a 2xx that comes again.
 */
export async function requestInDialog(
  call: LiveCall,
  method: string,
  parts: DialogRequestParts,
  onRepeat?: (response: SipResponse) => void,
): Promise<DialogResponse> {
  const flow = await nextHop(call);
  const outcome = flow
    ? await new Promise<DialogResponse>((resolve) => {
        let final = false;
        const draft = draftInDialog(call, flow, method, parts);
        const transaction = sendRequest(call.core, draft, flow, {
          response: (response) => {
            if (response.status < 200) return;
            if (final) return onRepeat?.(response);
            final = true;
            resolve({ kind: 'final', response, transaction });
          },
          failed: (why) => resolve({ kind: 'failed', why }),
        });
        if (method === 'INVITE') {
          limitInvite(call, transaction, () => {
            final = true;
            resolve({ kind: 'failed', why: 'timeout' });
          });
        }
      })
    : ({ kind: 'failed', why: 'unreachable' } as const);
  const lost = outcome.kind === 'failed' || outcome.response.status === 408 || outcome.response.status === 481;
  if (lost && method !== 'BYE') call.lost();
  return outcome;
}
