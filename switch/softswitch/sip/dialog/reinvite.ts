import { CodedError } from '../../../../config/errors.ts';
import { parseNameAddr } from '../message/name-addr.ts';
import type { ReinviteOutcome } from '../stack.ts';
import { ALLOW } from '../transaction/respond.ts';
import { requestInDialog } from './dialog-request.ts';
import type { LiveCall } from './live-call.ts';
import { repeatAck, sendAck } from './send-ack.ts';

const GLARE_TRIES = 3;

/** Offers a new session (RFC 3261 §14.1). Offers of ours go one after another; glare is waited out and tried again. */
export function reinvite(call: LiveCall, sdp: string): Promise<ReinviteOutcome> {
  if (Buffer.byteLength(sdp) > call.core.limits.sdpBytes) throw new CodedError('request.invalid', { field: 'sdp' });
  const outcome = call.lastReinvite.then(() => withGlare(call, sdp));
  call.lastReinvite = outcome;
  return outcome;
}

async function withGlare(call: LiveCall, sdp: string): Promise<ReinviteOutcome> {
  for (let attempt = 1; ; attempt++) {
    if (call.ended) return { kind: 'ended' };
    const outcome =
      call.offerPending === 'remote' || call.awaitedAcks.size > 0
        ? ({ kind: 'refused', status: 491 } as const)
        : await offer(call, sdp);
    if (outcome.kind !== 'refused' || outcome.status !== 491 || attempt >= GLARE_TRIES) return outcome;
    await new Promise<void>((resolve) => {
      call.core.clock.after(glareDelayMs(call), resolve);
    });
  }
}

/** RFC 3261 §14.1: the owner of the Call-ID waits 2.1–4 s, the other 0–2 s, in steps of 10 ms. */
function glareDelayMs(call: LiveCall): number {
  const spread = call.core.times.t1Ms * 4;
  const base = call.direction === 'outbound' ? spread * 1.05 : 0;
  return Math.round((base + Math.random() * (call.direction === 'outbound' ? spread * 0.95 : spread)) / 10) * 10;
}

async function offer(call: LiveCall, sdp: string): Promise<ReinviteOutcome> {
  call.offerPending = 'local';
  let cseq = 0;
  const headers = [['Allow', ALLOW]] as const;
  const body = { type: 'application/sdp', content: sdp };
  const outcome = await requestInDialog(call, 'INVITE', { headers, body }, () => repeatAck(call, cseq));
  call.offerPending = undefined;
  if (outcome.kind === 'failed') return { kind: 'ended' };
  const { response, transaction } = outcome;
  if (response.status >= 300) {
    return call.ended ? { kind: 'ended' } : { kind: 'refused', status: response.status };
  }
  const target = parseNameAddr(response.headers.get('Contact') ?? '')?.uri;
  if (target !== undefined) call.remoteTarget = target;
  cseq = Number((transaction.request.headers.get('CSeq') ?? '').split(' ')[0]);
  // Also when the call ended meanwhile: the peer waits for its ACK.
  await sendAck(call, cseq);
  if (call.ended) return { kind: 'ended' };
  call.localSdp = sdp;
  call.remoteSdp = response.body.toString('utf8');
  return { kind: 'answered', sdp: call.remoteSdp };
}
