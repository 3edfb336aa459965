import { plainHost } from './access/address-set.ts';
import { authenticate, challenges } from './access/authenticate.ts';
import type { Core } from './core.ts';
import { findCall } from './dialog/open-call.ts';
import { parseReplaces } from './dialog/receive-refer.ts';
import { agreeSessionTime, MIN_SESSION_SEC } from './dialog/session-timer.ts';
import { InviteIn } from './invite-in.ts';
import type { UserVariables } from './stack.ts';
import { respond } from './transaction/respond.ts';
import type { ServerTransaction } from './transaction/server-transaction.ts';

/** Option tags that may stand in Require. */
const UNDERSTOOD = new Set(['timer', 'replaces']);

/** A first INVITE: admission, then what RFC 3261 §8.2 asks to check in its order, then the core. */
export async function receiveInvite(core: Core, transaction: ServerTransaction): Promise<void> {
  const { checked, flow } = transaction;
  const profile = core.profiles.get(flow.profile);
  if (!profile) return respond(core, transaction, 503);
  let user: { readonly name: string; readonly variables: UserVariables } | undefined;
  if (profile.admission.kind === 'trunk') {
    if (!profile.allowed?.has(plainHost(flow.host))) {
      core.counters.invitesForbidden++;
      core.log.warn({ profile: profile.name }, 'an INVITE came from an address that is not configured');
      return respond(core, transaction, 403);
    }
  } else {
    const proof = await prove(core, transaction, profile.admission.realm);
    if (!proof) return;
    user = { name: proof.user, variables: proof.variables };
  }
  if (!transaction.open) return;
  if (refusedExtensions(core, transaction)) return;
  if (checked.maxForwards === 0) return respond(core, transaction, 483);
  const { headers, body } = checked.request;
  const type = (headers.get('Content-Type') ?? '').split(';')[0]!.trim().toLowerCase();
  if (body.length > 0 && type !== 'application/sdp') {
    return respond(core, transaction, 415, { headers: [['Accept', 'application/sdp']] });
  }
  if (body.length > core.limits.sdpBytes) return respond(core, transaction, 513);
  if (!acceptsSdp(headers.list('Accept'))) return respond(core, transaction, 406);
  const time = agreeSessionTime(checked.request);
  if (time.kind === 'too-small') {
    return respond(core, transaction, 422, { headers: [['Min-SE', String(MIN_SESSION_SEC)]] });
  }
  const replacesHeader = headers.get('Replaces');
  const replaces = replacesHeader === undefined ? undefined : parseReplaces(replacesHeader);
  if (replacesHeader !== undefined && !replaces) return respond(core, transaction, 400, { reason: 'Invalid Replaces' });
  const replaced = replaces && findCall(core, replaces.callId, replaces.toTag, replaces.fromTag);
  if (replaces && !replaced) return respond(core, transaction, 481);
  if (core.calls.size + core.attempts.size >= core.limits.calls) {
    return respond(core, transaction, 503, { headers: [['Retry-After', '10']] });
  }
  const invite = new InviteIn(core, transaction, time, user, replaced);
  try {
    core.onInvite(invite);
  } catch (error) {
    core.log.error({ err: error, profile: profile.name }, 'an INVITE could not be taken');
    invite.reject(500);
  }
}

/** Digest for INVITE and REGISTER; answers itself when it is not proved. */
export async function prove(
  core: Core,
  transaction: ServerTransaction,
  realm: string,
): Promise<{ readonly user: string; readonly variables: UserVariables } | undefined> {
  const proof = await authenticate(core, transaction.checked, realm, transaction.flow);
  if (proof.kind === 'proved') return proof;
  if (proof.kind === 'challenge') {
    const headers = challenges(core, transaction.flow, proof.stale).map(
      (value) => ['WWW-Authenticate', value] as const,
    );
    respond(core, transaction, 401, { headers });
  } else if (proof.kind === 'wrong') respond(core, transaction, 403);
  else respond(core, transaction, 503, { headers: [['Retry-After', proof.kind === 'blocked' ? '60' : '5']] });
  return undefined;
}

/** Answers 420 when Require names what we don't know (RFC 3261 §8.2.2.3); 100rel is not offered. */
export function refusedExtensions(core: Core, transaction: ServerTransaction): boolean {
  const unknown = transaction.checked.request.headers
    .list('Require')
    .filter((tag) => tag !== '' && !UNDERSTOOD.has(tag.toLowerCase()));
  if (unknown.length === 0) return false;
  respond(core, transaction, 420, { headers: [['Unsupported', unknown.join(', ')]] });
  return true;
}

function acceptsSdp(accept: readonly string[]): boolean {
  const types = accept.map((each) => each.split(';')[0]!.trim().toLowerCase()).filter((each) => each !== '');
  return (
    types.length === 0 || types.some((type) => type === '*/*' || type === 'application/*' || type === 'application/sdp')
  );
}
