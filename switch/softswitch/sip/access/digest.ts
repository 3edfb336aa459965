import { createHash } from 'node:crypto';
import { type Params, parseParams, quote } from '../message/params.ts';
import { splitOutside } from '../message/split-outside.ts';
import { DIGEST_ALGORITHMS, type DigestAlgorithm } from '../stack.ts';

/** What a response is computed from. `ha1` stands for H(user:realm:password). */
export interface DigestInput {
  readonly algorithm: DigestAlgorithm;
  readonly ha1: string;
  readonly method: string;
  readonly uri: string;
  readonly nonce: string;
  /** Absent: the form without qop of RFC 2617 §3.2.2.1. */
  readonly qop?: { readonly nc: string; readonly cnonce: string };
}

export function digestHa1(algorithm: DigestAlgorithm, user: string, realm: string, password: string): string {
  return hash(algorithm, `${user}:${realm}:${password}`);
}

export function digestResponse(input: DigestInput): string {
  const ha2 = hash(input.algorithm, `${input.method}:${input.uri}`);
  const middle = input.qop ? `${input.nonce}:${input.qop.nc}:${input.qop.cnonce}:auth` : input.nonce;
  return hash(input.algorithm, `${input.ha1}:${middle}:${ha2}`);
}

/** Parameters of an `Authorization` or `WWW-Authenticate` value of scheme Digest; undefined for another scheme or when malformed. */
export function parseDigest(value: string): Params | undefined {
  if (!/^digest\s/i.test(value)) return undefined;
  return parseParams(splitOutside(value.slice(7), ',').join(';'));
}

export function digestAlgorithm(name: string | undefined): DigestAlgorithm | undefined {
  const wanted = (name ?? 'MD5').toUpperCase();
  return DIGEST_ALGORITHMS.find((algorithm) => algorithm === wanted);
}

/** The value of `Authorization` that answers a challenge; undefined when the challenge asks for what we can't do. */
export function answerChallenge(
  challenge: string,
  request: { readonly method: string; readonly uri: string },
  credentials: { readonly user: string; readonly password: string },
  cnonce: string,
): string | undefined {
  const params = parseDigest(challenge);
  const algorithm = digestAlgorithm(params?.get('algorithm'));
  const realm = params?.get('realm');
  const nonce = params?.get('nonce');
  if (!params || !algorithm || realm === undefined || nonce === undefined) return undefined;
  const offered = params
    .get('qop')
    ?.split(',')
    .map((each) => each.trim());
  if (offered && !offered.includes('auth')) return undefined;
  const qop = offered ? { nc: '00000001', cnonce } : undefined;
  const ha1 = digestHa1(algorithm, credentials.user, realm, credentials.password);
  const response = digestResponse({ algorithm, ha1, ...request, nonce, ...(qop ? { qop } : {}) });
  const opaque = params.get('opaque');
  return [
    `Digest username=${quote(credentials.user)}, realm=${quote(realm)}, nonce=${quote(nonce)}, uri=${quote(request.uri)}`,
    `response="${response}", algorithm=${algorithm}`,
    ...(qop ? [`qop=auth, nc=${qop.nc}, cnonce="${cnonce}"`] : []),
    ...(opaque === undefined ? [] : [`opaque=${quote(opaque)}`]),
  ].join(', ');
}

function hash(algorithm: DigestAlgorithm, text: string): string {
  return createHash(algorithm === 'MD5' ? 'md5' : 'sha256')
    .update(text)
    .digest('hex');
}
