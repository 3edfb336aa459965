import { plainHost } from './access/address-set.ts';
import { type Core, randomToken } from './core.ts';
import { findCall } from './dialog/open-call.ts';
import { receiveAck, receiveInDialog } from './dialog/receive-in-dialog.ts';
import type { Headers } from './message/headers.ts';
import { type Malformed, REFUSED_METHODS, SERVED_METHODS, type SipRequest } from './message/message.ts';
import { bareHost, parseSipUri } from './message/sip-uri.ts';
import { splitOutside } from './message/split-outside.ts';
import { type CheckedRequest, validateRequest } from './message/validate-request.ts';
import { MAGIC_COOKIE, parseVia, type Via } from './message/via.ts';
import { prove, receiveInvite, refusedExtensions } from './receive-invite.ts';
import { register } from './registrar/register.ts';
import { respond, respondStateless } from './transaction/respond.ts';
import { ServerTransaction } from './transaction/server-transaction.ts';
import type { Flow } from './transport/flow.ts';

const RETRY = [['Retry-After', '10']] as const;

/** A request from the network: to its transaction, or a new one (RFC 3261 §17.2.3, §8.2). */
export function receiveRequest(core: Core, request: SipRequest, flow: Flow): void {
  const answerFlow = stampVia(request.headers, flow);
  const checked = validateRequest(request);
  if (checked.kind === 'refusal') {
    core.counters.messagesMalformed++;
    respondStateless(core, request, answerFlow, checked.status, { reason: checked.reason });
    return;
  }
  const key = transactionKey(checked);
  if (request.method === 'ACK') {
    receiveAnyAck(core, checked, key);
    return;
  }
  const transaction = core.serverTransactions.get(`${key} ${request.method}`);
  if (transaction) {
    transaction.requestAgain();
    return;
  }
  if (tooMany(core, checked, answerFlow)) return;
  const fresh = openTransaction(core, checked, `${key} ${request.method}`, answerFlow);
  if (request.method === 'CANCEL') cancel(core, fresh, core.serverTransactions.get(`${key} INVITE`));
  else if (checked.to.params.has('tag') && request.method !== 'REGISTER') inDialog(core, fresh);
  else outOfDialog(core, fresh);
}

/** Answers a message that could not be parsed, when it is a request that says where from. */
export function refuseMalformed(core: Core, fault: Malformed, flow: Flow): void {
  core.counters.messagesMalformed++;
  const { request } = fault;
  if (!request || request.headers.count('Via') === 0 || request.method === 'ACK') return;
  respondStateless(core, request, stampVia(request.headers, flow), fault.status, { reason: fault.reason });
}

function outOfDialog(core: Core, transaction: ServerTransaction): void {
  const { checked } = transaction;
  const { method } = checked.request;
  if (method === 'INVITE') {
    const mergedKey = `${checked.callId}\n${checked.from.params.get('tag')}\n${checked.cseq.number}`;
    const other = core.merged.get(mergedKey);
    if (other !== undefined && other !== transaction.key) {
      respond(core, transaction, 482);
      return;
    }
    core.merged.set(mergedKey, transaction.key);
    respond(core, transaction, 100);
    receiveInvite(core, transaction).catch((error) => fail(core, transaction, error));
  } else if (method === 'REGISTER') receiveRegister(core, transaction).catch((error) => fail(core, transaction, error));
  else if (method === 'OPTIONS') {
    if (!refusedExtensions(core, transaction)) respond(core, transaction, 200, { headers: capabilities() });
  } else if ((SERVED_METHODS as readonly string[]).includes(method)) respond(core, transaction, 481);
  else respond(core, transaction, REFUSED_METHODS.includes(method) ? 405 : 501);
}

function capabilities(): readonly (readonly [string, string])[] {
  return [
    ['Allow', SERVED_METHODS.join(', ')],
    ['Accept', 'application/sdp'],
    ['Supported', 'timer, replaces'],
  ];
}

async function receiveRegister(core: Core, transaction: ServerTransaction): Promise<void> {
  const admission = core.profiles.get(transaction.flow.profile)?.admission;
  if (admission?.kind !== 'agents') return respond(core, transaction, 403);
  if (!parseSipUri(transaction.checked.to.uri)) {
    respond(core, transaction, 400, { reason: 'Invalid To' });
    return;
  }
  const proof = await prove(core, transaction, admission.realm);
  if (proof && !refusedExtensions(core, transaction)) register(core, transaction, proof.user, transaction.flow);
}

function inDialog(core: Core, transaction: ServerTransaction): void {
  const { callId, to, from, request } = transaction.checked;
  const call = findCall(core, callId, to.params.get('tag') ?? '', from.params.get('tag') ?? '');
  if (!call) {
    respond(core, transaction, 481);
    return;
  }
  if (request.method === 'INVITE') respond(core, transaction, 100);
  if (!refusedExtensions(core, transaction)) receiveInDialog(call, transaction);
}

/** RFC 3261 §9.2: 200 for the CANCEL, 487 for the INVITE when it is still open. */
function cancel(core: Core, transaction: ServerTransaction, invite: ServerTransaction | undefined): void {
  if (!invite) {
    respond(core, transaction, 481);
    return;
  }
  respond(core, transaction, 200);
  if (!invite.open) return;
  respond(core, invite, 487);
  invite.onCancel?.();
}

function receiveAnyAck(core: Core, checked: CheckedRequest, key: string): void {
  const invite = core.serverTransactions.get(`${key} INVITE`);
  if (invite?.state === 'completed') {
    invite.acknowledged();
    return;
  }
  const { callId, to, from, cseq, request } = checked;
  const call = findCall(core, callId, to.params.get('tag') ?? '', from.params.get('tag') ?? '');
  if (call) receiveAck(call, cseq.number, request.body);
}

/** Our own fault: the peer hears 500, the log hears why. */
function fail(core: Core, transaction: ServerTransaction, error: unknown): void {
  core.log.error({ err: error, profile: transaction.flow.profile }, 'a SIP request could not be served');
  respond(core, transaction, 500);
}

/** Floods are refused without keeping anything. */
function tooMany(core: Core, checked: CheckedRequest, flow: Flow): boolean {
  const { request } = checked;
  const full = core.serverTransactions.size >= core.limits.serverTransactions;
  const pending = core.pendingInvites.get(plainHost(flow.host)) ?? 0;
  const flooded = request.method === 'INVITE' && pending >= core.limits.pendingInvitesPerSource;
  if (!full && !flooded) return false;
  core.counters.floodRefused++;
  respondStateless(core, request, flow, 503, { headers: RETRY });
  return true;
}

function openTransaction(core: Core, checked: CheckedRequest, key: string, flow: Flow): ServerTransaction {
  const source = plainHost(flow.host);
  const isInvite = checked.request.method === 'INVITE';
  const transaction = new ServerTransaction(key, checked, flow, randomToken(), {
    clock: core.clock,
    times: core.times,
    retransmitted: () => {
      core.counters.retransmitsIn++;
    },
    settled: () => {
      if (isInvite) release(core, source);
    },
    ended: () => {
      core.serverTransactions.delete(key);
      const mergedKey = `${checked.callId}\n${checked.from.params.get('tag')}\n${checked.cseq.number}`;
      if (isInvite && core.merged.get(mergedKey) === key) core.merged.delete(mergedKey);
    },
  });
  core.serverTransactions.set(key, transaction);
  if (isInvite) core.pendingInvites.set(source, (core.pendingInvites.get(source) ?? 0) + 1);
  return transaction;
}

function release(core: Core, source: string): void {
  const left = (core.pendingInvites.get(source) ?? 1) - 1;
  if (left <= 0) core.pendingInvites.delete(source);
  else core.pendingInvites.set(source, left);
}

function transactionKey(checked: CheckedRequest): string {
  const { via, request, callId, from, cseq } = checked;
  const branch = via.params.get('branch') ?? '';
  // Call-ID and CSeq are the same in every repeat; with them, peers that draw bad branches don't hit each other's transactions.
  if (branch.startsWith(MAGIC_COOKIE)) return `${branch} ${via.host}:${via.port ?? ''} ${callId} ${cseq.number}`;
  // RFC 2543 peers: no unique branch (RFC 3261 §17.2.3).
  return `${callId} ${from.params.get('tag') ?? ''} ${cseq.number} ${request.uri} ${via.host}:${via.port ?? ''} ${branch}`;
}

/**
 * Writes `received` and `rport` into the topmost Via and says where answers go (RFC 3261 §18.2.1–2, RFC 3581). Without rport
 * the port of sent-by is taken only when sent-by is the source itself; a name or another address means a NAT or
 * a resolver between, and there only the source port leads back.
 */
function stampVia(headers: Headers, flow: Flow): Flow {
  const at = headers.keys.indexOf('via');
  const values = at < 0 ? [] : splitOutside(headers.values[at]!, ',');
  const via: Via | undefined = values[0] === undefined ? undefined : parseVia(values[0]);
  if (!via) return flow;
  const source = plainHost(flow.host);
  const symmetric = via.params.has('rport');
  const isSource = bareHost(via.host) === source;
  let stamped = values[0]!;
  if (symmetric) stamped = stamped.replace(/;\s*rport(\s*=\s*\d*)?(?=\s*(;|$))/i, `;rport=${flow.port}`);
  if ((symmetric || !isSource) && !via.params.has('received')) stamped += `;received=${source}`;
  if (stamped !== values[0]) headers.values[at] = [stamped, ...values.slice(1)].join(', ');
  return symmetric || !isSource ? flow : flow.toPort(via.port ?? 5060);
}
