import { timingSafeEqual } from 'node:crypto';
import type { Core } from '../core.ts';
import type { Params } from '../message/params.ts';
import type { CheckedRequest } from '../message/validate-request.ts';
import { DIGEST_ALGORITHMS, type DigestAlgorithm, type PasswordAnswer, type UserVariables } from '../stack.ts';
import type { Flow } from '../transport/flow.ts';
import { plainHost } from './address-set.ts';
import { digestAlgorithm, digestHa1, digestResponse, parseDigest } from './digest.ts';

export type Authentication =
  | { readonly kind: 'proved'; readonly user: string; readonly variables: UserVariables }
  | { readonly kind: 'challenge'; readonly stale: boolean }
  /** Wrong password or unknown user: both look the same from outside. */
  | { readonly kind: 'wrong' }
  | { readonly kind: 'blocked' }
  | { readonly kind: 'unavailable' };

/** A source may fail so many times as often as one user there. */
const SOURCE_FAILURES_FACTOR = 10;
const DEFAULT_DIGESTS: readonly DigestAlgorithm[] = ['MD5'];
const LOOK_UP_DEADLINE_MS = 5_000;

/** Checks the digest of a request (RFC 3261 §22, RFC 7616, RFC 8760). */
export async function authenticate(
  core: Core,
  checked: CheckedRequest,
  realm: string,
  flow: Flow,
): Promise<Authentication> {
  const source = plainHost(flow.host);
  const given = checked.request.headers
    .getAll('Authorization')
    .map(parseDigest)
    .find((params) => params?.get('realm') === realm);
  const claim = given && readClaim(given);
  if (isBlocked(core, source, claim?.user)) {
    core.counters.digestBlocked++;
    return { kind: 'blocked' };
  }
  if (!claim) return { kind: 'challenge', stale: false };
  const use = core.nonces.check(claim.nonce, source, claim.count, core.clock.now());
  if (use !== 'fresh') return { kind: 'challenge', stale: use === 'stale' };
  const known = await lookUp(core, claim.user, realm);
  if (known.kind === 'unavailable') return { kind: 'unavailable' };
  if (known.kind === 'unknown' || !isRight(claim, known, realm, checked.request.method)) {
    core.counters.digestFailed++;
    core.failedDigests.fail(source, core.clock.now());
    core.failedDigests.fail(`${source} ${claim.user}`, core.clock.now());
    return { kind: 'wrong' };
  }
  // Two requests with one count while the directory was asked: only one is the phone's.
  if (!core.nonces.use(claim.nonce, source, claim.count, core.clock.now())) return { kind: 'challenge', stale: true };
  return { kind: 'proved', user: claim.user, variables: known.variables ?? {} };
}

/** One phone with an old password must not lock out the office behind the same NAT; one source that tries many users is stopped too. */
function isBlocked(core: Core, source: string, user: string | undefined): boolean {
  const nowMs = core.clock.now();
  const ofUser = user !== undefined && core.failedDigests.blocked(`${source} ${user}`, nowMs);
  return ofUser || core.failedDigests.blocked(source, nowMs, SOURCE_FAILURES_FACTOR);
}

/**
 * The challenges of a profile, one per hash that it offers. Many phones read one challenge only: desk phones the first, JsSIP (so:
 * WebSocket) the last; MD5, which all of them can do, stands there.
 */
export function challenges(core: Core, flow: Flow, stale: boolean): readonly string[] {
  const admission = core.profiles.get(flow.profile)?.admission;
  if (admission?.kind !== 'agents') return [];
  const nonce = core.nonces.issue(plainHost(flow.host), core.clock.now());
  const offered = DIGEST_ALGORITHMS.filter((algorithm) => (admission.digests ?? DEFAULT_DIGESTS).includes(algorithm));
  const order = flow.transport === 'ws' ? offered.toReversed() : offered;
  const end = stale ? ', stale=true' : '';
  return order.map(
    (hash) => `Digest realm="${admission.realm}", nonce="${nonce}", algorithm=${hash}, qop="auth"${end}`,
  );
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
