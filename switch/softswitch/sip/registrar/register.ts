import type { Core } from '../core.ts';
import { type NameAddr, parseNameAddr } from '../message/name-addr.ts';
import { parseSipUri } from '../message/sip-uri.ts';
import type { CheckedRequest } from '../message/validate-request.ts';
import { respond } from '../transaction/respond.ts';
import type { ServerTransaction } from '../transaction/server-transaction.ts';
import type { Flow } from '../transport/flow.ts';
import type { KeptBinding } from './bindings.ts';

const DEFAULT_EXPIRES_SEC = 3_600;
const CONTACTS_PER_REQUEST = 10;

/** Serves a REGISTER whose sender proved to be `user` (RFC 3261 §10.3, RFC 5626 flows). All contacts are taken, or none. */
export function register(core: Core, transaction: ServerTransaction, user: string, flow: Flow): void {
  const { checked } = transaction;
  const aor = parseSipUri(checked.to.uri);
  if (!aor) {
    respond(core, transaction, 400, { reason: 'Invalid To' });
    return;
  }
  if (aor.user !== user) {
    respond(core, transaction, 403);
    return;
  }
  const contacts = checked.request.headers.list('Contact').filter((contact) => contact !== '');
  const header = checked.request.headers.get('Expires');
  if (contacts.includes('*')) {
    if (contacts.length > 1 || header !== '0') {
      respond(core, transaction, 400, { reason: 'Invalid Contact' });
      return;
    }
    for (const binding of core.bindings.of(user)) {
      if (!isOlder(binding, checked)) {
        respond(core, transaction, 500);
        return;
      }
    }
    for (const binding of core.bindings.of(user)) core.bindings.remove(binding, 'unregistered');
    answer(core, transaction, user);
    return;
  }
  if (contacts.length > CONTACTS_PER_REQUEST) {
    respond(core, transaction, 403);
    return;
  }
  const changes: {
    readonly contact: NameAddr;
    readonly expiresSec: number;
    readonly before: KeptBinding | undefined;
  }[] = [];
  for (const text of contacts) {
    const contact = parseNameAddr(text);
    if (!contact || !parseSipUri(contact.uri)) {
      respond(core, transaction, 400, { reason: 'Invalid Contact' });
      return;
    }
    const expiresSec = expiry(contact.params.get('expires') ?? header, core);
    if (expiresSec > 0 && expiresSec < core.limits.minExpiresSec) {
      respond(core, transaction, 423, { headers: [['Min-Expires', String(core.limits.minExpiresSec)]] });
      return;
    }
    const identity = identityOf(contact);
    const before = core.bindings.of(user).find((binding) => binding.identity === identity);
    if (before && !isOlder(before, checked)) {
      respond(core, transaction, 500);
      return;
    }
    changes.push({ contact, expiresSec, before });
  }
  if (contacts.length > 0 && core.bindings.full(user)) {
    respond(core, transaction, 503, { headers: [['Retry-After', '60']] });
    return;
  }
  for (const { contact, expiresSec, before } of changes) {
    if (expiresSec > 0) core.bindings.put(bind(core, checked, user, contact, expiresSec, flow));
    else if (before) core.bindings.remove(before, 'unregistered');
  }
  answer(core, transaction, user);
}

function bind(
  core: Core,
  checked: CheckedRequest,
  user: string,
  contact: NameAddr,
  expiresSec: number,
  flow: Flow,
): KeptBinding {
  const nowMs = core.clock.now();
  const q = Number(contact.params.get('q') ?? '1');
  return {
    user,
    contact: contact.uri,
    profile: flow.profile,
    flow,
    userAgent: (checked.request.headers.get('User-Agent') ?? '').slice(0, 128),
    q: q >= 0 && q <= 1 ? q : 1,
    expiresAtMs: nowMs + expiresSec * 1000,
    registeredAtMs: nowMs,
    identity: identityOf(contact),
    callId: checked.callId,
    cseq: checked.cseq.number,
  };
}

function answer(core: Core, transaction: ServerTransaction, user: string): void {
  const nowMs = core.clock.now();
  const contacts = core.bindings.of(user).map((binding): [string, string] => {
    const leftSec = Math.max(0, Math.round((binding.expiresAtMs - nowMs) / 1000));
    return ['Contact', `<${binding.contact}>;expires=${leftSec}${binding.q === 1 ? '' : `;q=${binding.q}`}`];
  });
  respond(core, transaction, 200, { headers: [...contacts, ['Date', new Date(nowMs).toUTCString()]] });
}

/** RFC 3261 §10.3 step 7: within one Call-ID a lower CSeq is out of order. */
function isOlder(binding: KeptBinding, checked: CheckedRequest): boolean {
  return binding.callId !== checked.callId || binding.cseq < checked.cseq.number;
}

function identityOf(contact: NameAddr): string {
  const instance = contact.params.get('+sip.instance');
  return instance === undefined ? contact.uri : `${instance} ${contact.params.get('reg-id') ?? ''}`;
}

/** A value that is no number counts as not given (RFC 3261 §10.2.1.1); a huge one is cut. */
function expiry(text: string | undefined, core: Core): number {
  const seconds = text !== undefined && /^\d+$/.test(text) ? Number(text) : DEFAULT_EXPIRES_SEC;
  return Math.min(seconds, core.limits.maxExpiresSec);
}
