import { timingSafeEqual } from 'node:crypto';
import type { Core } from '../core.ts';
import type { Params } from '../message/params.ts';
import type { CheckedRequest } from '../message/validate-request.ts';
import type { PasswordAnswer, UserVariables } from '../stack.ts';
import type { Flow } from '../transport/flow.ts';
import { plainHost } from './address-set.ts';
import { type DigestAlgorithm, digestAlgorithm, digestHa1, digestResponse, parseDigest } from './digest.ts';

export type Authentication =
  | { readonly kind: 'proved'; readonly user: string; readonly variables: UserVariables }
  | { readonly kind: 'challenge'; readonly stale: boolean }
  /** Wrong password or unknown user: both look the same from outside. */
  | { readonly kind: 'wrong' }
  | { readonly kind: 'blocked' }
  | { readonly kind: 'unavailable' };

const LOOK_UP_DEADLINE_MS = 5_000;

/** Checks the digest of a request (RFC 3261 §22, RFC 7616, RFC 8760). */
export async function authenticate(
  core: Core,
  checked: CheckedRequest,
  realm: string,
  flow: Flow,
): Promise<Authentication> {
  const source = plainHost(flow.host);
  if (core.failedDigests.blocked(source, core.clock.now())) {
    core.counters.digestBlocked++;
    return { kind: 'blocked' };
  }
  const given = checked.request.headers
    .getAll('Authorization')
    .map(parseDigest)
    .find((params) => params?.get('realm') === realm);
  const claim = given && readClaim(given);
  if (!claim) return { kind: 'challenge', stale: false };
  const use = core.nonces.check(claim.nonce, source, claim.count, core.clock.now());
  if (use !== 'fresh') return { kind: 'challenge', stale: use === 'stale' };
  const known = await lookUp(core, claim.user, realm);
  if (known.kind === 'unavailable') return { kind: 'unavailable' };
  if (known.kind === 'unknown' || !isRight(claim, known, realm, checked.request.method)) {
    core.counters.digestFailed++;
    core.failedDigests.fail(source, core.clock.now());
    return { kind: 'wrong' };
  }
  // Two requests with one count while the directory was asked: only one is the phone's.
  if (!core.nonces.use(claim.nonce, source, claim.count, core.clock.now())) return { kind: 'challenge', stale: true };
  return { kind: 'proved', user: claim.user, variables: known.variables ?? {} };
}

/**
 * The challenge for one realm: MD5 alone, as FreeSWITCH has it. An answer with SHA-256 is taken too, but it is not offered: baresip 1.0
 * gives up when it reads a hash that it does not know, wherever that stands.
 */
export function challenges(core: Core, realm: string, flow: Flow, stale: boolean): readonly string[] {
  const nonce = core.nonces.issue(plainHost(flow.host), core.clock.now());
  return [`Digest realm="${realm}", nonce="${nonce}", algorithm=MD5, qop="auth"${stale ? ', stale=true' : ''}`];
}

interface Claim {
  readonly user: string;
  readonly nonce: string;
  readonly uri: string;
  readonly response: string;
  readonly algorithm: DigestAlgorithm;
  /** `nc`; a client without qop may use a nonce once. */
  readonly count: number;
  readonly qop: { readonly nc: string; readonly cnonce: string } | undefined;
}

function readClaim(params: Params): Claim | undefined {
  const algorithm = digestAlgorithm(params.get('algorithm'));
  const user = params.get('username') ?? '';
  const nc = params.get('nc') ?? '';
  const cnonce = params.get('cnonce');
  const withQop = params.get('qop') === 'auth';
  if (!algorithm || user === '' || user.length > 128 || (params.has('qop') && !withQop)) return undefined;
  if (withQop && (!/^[0-9a-fA-F]{8}$/.test(nc) || cnonce === undefined)) return undefined;
  return {
    user,
    nonce: params.get('nonce') ?? '',
    uri: params.get('uri') ?? '',
    response: params.get('response') ?? '',
    algorithm,
    count: withQop ? Number.parseInt(nc, 16) : 1,
    qop: withQop ? { nc, cnonce: cnonce ?? '' } : undefined,
  };
}

function isRight(claim: Claim, known: PasswordAnswer & { kind: 'found' }, realm: string, method: string): boolean {
  if ('ha1' in known && claim.algorithm !== 'MD5') return false;
  const ha1 = 'ha1' in known ? known.ha1.toLowerCase() : digestHa1(claim.algorithm, claim.user, realm, known.password);
  const { algorithm, uri, nonce, qop } = claim;
  const right = Buffer.from(digestResponse({ algorithm, ha1, method, uri, nonce, ...(qop ? { qop } : {}) }));
  const sent = Buffer.from(claim.response.toLowerCase());
  return sent.length === right.length && timingSafeEqual(sent, right);
}

async function lookUp(core: Core, user: string, realm: string): Promise<PasswordAnswer> {
  return new Promise((resolve) => {
    const deadline = core.clock.after(LOOK_UP_DEADLINE_MS, () => resolve({ kind: 'unavailable' }));
    Promise.resolve()
      .then(() => core.lookUpPassword(user, realm))
      .catch((): PasswordAnswer => ({ kind: 'unavailable' }))
      .then((answer) => {
        deadline.cancel();
        resolve(answer);
      });
  });
}
