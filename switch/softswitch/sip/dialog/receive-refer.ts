import { parseNameAddr, toParty } from '../message/name-addr.ts';
import { reasonPhrase } from '../message/reasons.ts';
import { parseSipUri, resolveEscapes } from '../message/sip-uri.ts';
import type { IncomingRefer } from '../stack.ts';
import { respond } from '../transaction/respond.ts';
import type { ServerTransaction } from '../transaction/server-transaction.ts';
import { requestInDialog } from './dialog-request.ts';
import { tell } from './end-call.ts';
import type { LiveCall } from './live-call.ts';

const SUBSCRIPTION_SEC = 180;

/** Takes a REFER (RFC 3515) and hands it to the core. What the core leaves undecided is declined. */
export function receiveRefer(call: LiveCall, transaction: ServerTransaction): void {
  const { request, cseq } = transaction.checked;
  const targets = request.headers.getAll('Refer-To');
  const target = targets.length === 1 ? parseNameAddr(targets[0]!) : undefined;
  const uri = target && parseSipUri(target.uri);
  if (!target || !uri) {
    respond(call.core, transaction, 400, { reason: 'Invalid Refer-To' });
    return;
  }
  if (!call.listener.onRefer) {
    respond(call.core, transaction, 603);
    return;
  }
  const replaces = readReplaces(uri.headers);
  const referredBy = request.headers.get('Referred-By');
  const event = call.referSeq++ === 0 ? 'refer' : `refer;id=${cseq.number}`;
  let state: 'new' | 'accepted' | 'over' = 'new';
  const notify = (status: number, reason: string): void => {
    const final = status >= 200;
    if (final) state = 'over';
    const subscription = final ? 'terminated;reason=noresource' : `active;expires=${SUBSCRIPTION_SEC}`;
    void requestInDialog(call, 'NOTIFY', {
      headers: [
        ['Event', event],
        ['Subscription-State', subscription],
      ],
      body: { type: 'message/sipfrag;version=2.0', content: `SIP/2.0 ${status} ${reason}\r\n` },
    });
  };
  const refer: IncomingRefer = {
    referTo: toParty({ displayName: target.displayName, uri: target.uri.split('?')[0]! }),
    ...(replaces ? { replaces } : {}),
    ...(referredBy === undefined ? {} : { referredBy }),
    accept: () => {
      if (state !== 'new') return;
      state = 'accepted';
      respond(call.core, transaction, 202);
      notify(100, reasonPhrase(100));
    },
    reject: (status) => {
      if (state !== 'new') return;
      state = 'over';
      respond(call.core, transaction, status);
    },
    notify: (status, reason) => {
      if (state === 'accepted' && !call.ended) notify(status, (reason ?? reasonPhrase(status)).replace(/[\r\n]/g, ' '));
    },
  };
  tell(call, () => call.listener.onRefer?.(call, refer));
}

/** The Replaces header inside a Refer-To URI (RFC 3891). */
export function readReplaces(uriHeaders: string): IncomingRefer['replaces'] {
  const part = uriHeaders.split('&').find((each) => /^replaces=/i.test(each));
  return part === undefined ? undefined : parseReplaces(resolveEscapes(part.slice('replaces='.length)));
}

export function parseReplaces(value: string): IncomingRefer['replaces'] {
  const [callId = '', ...params] = value.split(';').map((each) => each.trim());
  const tag = (name: string): string | undefined =>
    params.find((each) => each.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
  const toTag = tag('to-tag');
  const fromTag = tag('from-tag');
  return callId === '' || toTag === undefined || fromTag === undefined ? undefined : { callId, toTag, fromTag };
}
