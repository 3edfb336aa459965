import { q850Cause } from '../message/reasons.ts';
import { respond } from '../transaction/respond.ts';
import type { ServerTransaction } from '../transaction/server-transaction.ts';
import { endCall } from './end-call.ts';
import { receiveInfo } from './info.ts';
import type { LiveCall } from './live-call.ts';
import { receiveOffer } from './receive-offer.ts';
import { receiveRefer } from './receive-refer.ts';
import { receiveNotify } from './refer-out.ts';

type InDialogMethod = (call: LiveCall, transaction: ServerTransaction) => void | Promise<void>;

/** What each method does inside a dialog. */
const METHODS: Readonly<Record<string, InDialogMethod>> = {
  INVITE: receiveOffer,
  UPDATE: receiveOffer,
  INFO: receiveInfo,
  REFER: receiveRefer,
  NOTIFY: receiveNotify,
  OPTIONS: (call, transaction) => respond(call.core, transaction, 200),
  BYE: (call, transaction) => {
    respond(call.core, transaction, 200);
    const q850 = q850Cause(transaction.checked.request.headers.getAll('Reason'));
    endCall(call, { reason: 'remote-bye', ...(q850 === undefined ? {} : { q850 }) });
  },
};

/** A request inside the dialog, in order of CSeq (RFC 3261 §12.2.2). */
export function receiveInDialog(call: LiveCall, transaction: ServerTransaction): void {
  const { cseq, request } = transaction.checked;
  if (cseq.number < call.remoteSeq) {
    respond(call.core, transaction, 500, { reason: 'CSeq Out of Order' });
    return;
  }
  call.remoteSeq = cseq.number;
  // A page comes back on another connection, a NAT gives another port (RFC 5626 §4.5, RFC 5923).
  const isPhone = call.core.profiles.get(call.profile)?.admission.kind === 'agents';
  if (isPhone || !call.flow.alive) call.flow = transaction.flow;
  const method = METHODS[request.method];
  if (method) void method(call, transaction);
  else respond(call.core, transaction, 405);
}

/** The ACK of a 2xx that we repeat. */
export function receiveAck(call: LiveCall, cseq: number, body: Buffer): void {
  const sdp = body.length > 0 && body.length <= call.core.limits.sdpBytes ? body.toString('utf8') : undefined;
  call.awaitedAcks.get(cseq)?.acknowledged(sdp);
}
