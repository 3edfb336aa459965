import { parseNameAddr } from '../message/name-addr.ts';
import { serialise } from '../message/serialise.ts';
import type { OfferAnswer } from '../stack.ts';
import { ALLOW, makeResponse, respond } from '../transaction/respond.ts';
import type { ServerTransaction } from '../transaction/server-transaction.ts';
import { awaitAck } from './await-ack.ts';
import { bye } from './bye.ts';
import { contactOf } from './dialog-request.ts';
import { tell } from './end-call.ts';
import type { LiveCall } from './live-call.ts';
import { agreeSessionTime, MIN_SESSION_SEC, startSessionTimer } from './session-timer.ts';

const ANSWER_DEADLINE_MS = 10_000;

/** Takes a re-INVITE or UPDATE (RFC 3261 §14.2, RFC 3311 §5.2). */
export async function receiveOffer(call: LiveCall, transaction: ServerTransaction): Promise<void> {
  const { core } = call;
  const { request, cseq } = transaction.checked;
  const isInvite = request.method === 'INVITE';
  if (call.offerPending === 'local') return respond(core, transaction, 491);
  if (call.offerPending === 'remote' || call.awaitedAcks.size > 0) {
    const waitSec = String(Math.floor(Math.random() * 11));
    return respond(core, transaction, 500, { headers: [['Retry-After', waitSec]] });
  }
  const type = (request.headers.get('Content-Type') ?? '').split(';')[0]!.trim().toLowerCase();
  if (request.body.length > 0 && type !== 'application/sdp') {
    return respond(core, transaction, 415, { headers: [['Accept', 'application/sdp']] });
  }
  if (request.body.length > core.limits.sdpBytes) return respond(core, transaction, 513);
  const time = agreeSessionTime(request);
  if (time.kind === 'too-small') {
    return respond(core, transaction, 422, { headers: [['Min-SE', String(MIN_SESSION_SEC)]] });
  }
  const headers: (readonly [string, string])[] = [
    ['Contact', contactOf(transaction.flow)],
    ['Allow', ALLOW],
    ...(time.kind === 'agreed' ? time.headers : []),
  ];
  const offer = request.body.length > 0 ? request.body.toString('utf8') : undefined;
  if (offer === undefined && !isInvite) {
    refreshTarget(call, transaction);
    respond(core, transaction, 200, { headers });
    startSessionTimer(call, time);
    return;
  }
  call.offerPending = 'remote';
  if (isInvite) {
    call.remoteInvite = transaction;
    transaction.onCancel = () => settle(call);
  }
  const answer = await askCore(call, offer);
  if (!transaction.open || call.ended) return;
  settle(call);
  if (answer.kind === 'refuse') return respond(core, transaction, refusalStatus(answer.status));
  refreshTarget(call, transaction);
  const body = { type: 'application/sdp', content: answer.sdp };
  const bytes = serialise(makeResponse(core, request, 200, { headers, body }));
  transaction.respond(200, bytes);
  call.localSdp = answer.sdp;
  if (offer !== undefined) call.remoteSdp = offer;
  startSessionTimer(call, time);
  if (!isInvite) return;
  awaitAck(
    call,
    cseq.number,
    () => transaction.flow.send(bytes),
    (sdp) => {
      if (offer !== undefined || sdp === undefined) return;
      call.remoteSdp = sdp;
      tell(call, () => call.listener.onRemoteSdp?.(call, sdp));
    },
    () => void bye(call, 'no-ack'),
  );
}

function refusalStatus(status: number): number {
  return Number.isInteger(status) && status >= 400 && status <= 699 ? status : 488;
}

function settle(call: LiveCall): void {
  call.offerPending = undefined;
  call.remoteInvite = undefined;
}

function refreshTarget(call: LiveCall, transaction: ServerTransaction): void {
  const contact = transaction.checked.request.headers.list('Contact')[0];
  const target = contact === undefined ? undefined : parseNameAddr(contact)?.uri;
  if (target !== undefined) call.remoteTarget = target;
}

async function askCore(call: LiveCall, offer: string | undefined): Promise<OfferAnswer> {
  const { listener, core } = call;
  if (!listener.onOffer) return { kind: 'refuse', status: 488 };
  return new Promise((resolve) => {
    const deadline = core.clock.after(ANSWER_DEADLINE_MS, () => resolve({ kind: 'refuse', status: 504 }));
    Promise.resolve()
      .then(() => listener.onOffer?.(call, offer) ?? ({ kind: 'refuse', status: 488 } as const))
      .catch((error): OfferAnswer => {
        core.log.error({ err: error, profile: call.profile }, 'a SIP offer could not be answered');
        return { kind: 'refuse', status: 500 };
      })
      .then((answer) => {
        deadline.cancel();
        resolve(answer);
      });
  });
}
