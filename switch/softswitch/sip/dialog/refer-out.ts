import { CodedError } from '../../../../config/errors.ts';
import { parseSipUri } from '../message/sip-uri.ts';
import type { RequestOutcome } from '../stack.ts';
import { respond } from '../transaction/respond.ts';
import type { ServerTransaction } from '../transaction/server-transaction.ts';
import { requestInDialog } from './dialog-request.ts';
import { tell } from './end-call.ts';
import type { LiveCall } from './live-call.ts';

/** Asks the peer to call `referTo` (RFC 3515). One at a time: a newer one takes over `onNotify`. */
export async function sendRefer(
  call: LiveCall,
  referTo: string,
  onNotify: (status: number) => void,
): Promise<RequestOutcome> {
  if (call.ended) return { kind: 'ended' };
  if (!parseSipUri(referTo) || /[<>\s]/.test(referTo)) throw new CodedError('request.invalid', { field: 'referTo' });
  call.onNotify = onNotify;
  const outcome = await requestInDialog(call, 'REFER', { headers: [['Refer-To', `<${referTo}>`]] });
  if (outcome.kind === 'failed') return outcome.why === 'timeout' ? { kind: 'timeout' } : { kind: 'ended' };
  if (outcome.response.status >= 300) call.onNotify = undefined;
  return { kind: 'answered', status: outcome.response.status };
}

/** NOTIFY of a transfer that we asked for: a status line in message/sipfrag (RFC 3420). */
export function receiveNotify(call: LiveCall, transaction: ServerTransaction): void {
  const { request } = transaction.checked;
  const event = (request.headers.get('Event') ?? '').split(';')[0]!.trim().toLowerCase();
  const { onNotify } = call;
  if (event !== 'refer' || !onNotify) {
    respond(call.core, transaction, 481);
    return;
  }
  const status = /^SIP\/2\.0 ([1-6]\d\d)/.exec(request.body.toString('latin1', 0, 64))?.[1];
  if (status === undefined) {
    respond(call.core, transaction, 400, { reason: 'Invalid Sipfrag' });
    return;
  }
  respond(call.core, transaction, 200);
  const ends = Number(status) >= 200 || /^terminated/i.test(request.headers.get('Subscription-State') ?? '');
  if (ends) call.onNotify = undefined;
  tell(call, () => onNotify(Number(status)));
}
