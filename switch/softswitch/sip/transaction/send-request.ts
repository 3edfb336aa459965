import type { Core } from '../core.ts';
import { randomToken } from '../core.ts';
import type { Headers } from '../message/headers.ts';
import type { SipRequest, SipResponse } from '../message/message.ts';
import { copyHeaders, serialise } from '../message/serialise.ts';
import { uriHost } from '../message/sip-uri.ts';
import { MAGIC_COOKIE } from '../message/via.ts';
import type { Flow } from '../transport/flow.ts';
import { ClientTransaction, type ClientTransactionUser } from './client-transaction.ts';

/** A request without Via; the transaction puts it on. */
export interface RequestDraft {
  readonly method: string;
  readonly uri: string;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** Our Via on a flow, with rport asked (RFC 3581). */
export function viaValue(flow: Flow, branch: string): string {
  return `SIP/2.0/${flow.transport.toUpperCase()} ${uriHost(flow.localHost)}:${flow.localPort};branch=${branch};rport`;
}

/** Starts a client transaction. */
export function sendRequest(
  core: Core,
  draft: RequestDraft,
  flow: Flow,
  user: ClientTransactionUser,
): ClientTransaction {
  const branch = MAGIC_COOKIE + randomToken();
  draft.headers.addFirst('Via', viaValue(flow, branch));
  return start(core, branch, { kind: 'request', ...draft }, flow, user);
}

/** CANCEL of an INVITE that got a provisional answer (RFC 3261 §9.1): same branch, own transaction. */
export function sendCancel(core: Core, invite: ClientTransaction): void {
  const headers = copyHeaders(invite.request.headers, 'from', 'to', 'call-id', 'max-forwards', 'route');
  const number = (invite.request.headers.get('CSeq') ?? '1').split(' ')[0];
  headers.addFirst('Via', viaValue(invite.flow, invite.branch)).add('CSeq', `${number} CANCEL`);
  const request: SipRequest = { ...invite.request, method: 'CANCEL', headers, body: Buffer.alloc(0) };
  start(core, invite.branch, request, invite.flow, { response: () => undefined, failed: () => undefined });
}

/** A response: to its transaction, or nowhere. */
export function receiveResponse(core: Core, response: SipResponse): void {
  const via = response.headers.get('Via') ?? '';
  const branch = /;\s*branch\s*=\s*([^\s;,]+)/i.exec(via)?.[1] ?? '';
  const method = (response.headers.get('CSeq') ?? '').split(/\s+/)[1] ?? '';
  const transaction = core.clientTransactions.get(`${branch} ${method}`);
  if (!transaction || response.headers.list('Via').length !== 1) core.counters.messagesDropped++;
  else transaction.receive(response, makeFailureAck);
}

/** The ACK of a failed INVITE belongs to its transaction (RFC 3261 §17.1.1.3). */
function makeFailureAck(request: SipRequest, response: SipResponse): Buffer {
  const headers = copyHeaders(request.headers, 'via', 'from', 'call-id', 'max-forwards', 'route');
  const number = (request.headers.get('CSeq') ?? '1').split(' ')[0];
  headers.add('To', response.headers.get('To') ?? request.headers.get('To') ?? '').add('CSeq', `${number} ACK`);
  return serialise({ ...request, method: 'ACK', headers, body: Buffer.alloc(0) });
}

function start(
  core: Core,
  branch: string,
  request: SipRequest,
  flow: Flow,
  user: ClientTransactionUser,
): ClientTransaction {
  const key = `${branch} ${request.method}`;
  const host = {
    clock: core.clock,
    times: core.times,
    retransmitted: () => {
      core.counters.retransmitsOut++;
    },
    ended: () => {
      core.clientTransactions.delete(key);
    },
  };
  const transaction = new ClientTransaction(branch, request, flow, host, user);
  core.clientTransactions.set(key, transaction);
  transaction.start();
  return transaction;
}
