import { describe, expect, it } from 'vitest';
import { addressSet } from './address-set.ts';
import { answerChallenge, digestHa1, digestResponse, parseDigest } from './digest.ts';
import { FailureWindow } from './failure-window.ts';
import { Nonces } from './nonces.ts';

describe('digest', () => {
  const qop = { nc: '00000001', cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ' };
  const rfc7616 = { method: 'GET', uri: '/dir/index.html', nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v', qop };

  it.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ] as const)('%s gives what RFC 7616 §3.9.1 prints', (algorithm, expected) => {
    const ha1 = digestHa1(algorithm, 'Mufasa', 'http-auth@example.org', 'Circle of Life');
    expect(digestResponse({ algorithm, ha1, ...rfc7616 })).toBe(expected);
  });

  it('answers a challenge without qop as RFC 2617 does, and refuses what it cannot do', () => {
    const request = { method: 'INVITE', uri: 'sip:a@b' };
    const who = { user: 'u', password: 'p' };
    const plain = parseDigest(answerChallenge('Digest realm="r, s", nonce="n"', request, who, 'c') ?? '')!;
    expect([plain.get('realm'), plain.has('nc')]).toEqual(['r, s', false]);
    expect(answerChallenge('Digest realm="r", nonce="n", qop="auth-int"', request, who, 'c')).toBeUndefined();
    expect(answerChallenge('Digest realm="r", nonce="n", algorithm=SHA-512', request, who, 'c')).toBeUndefined();
    expect(answerChallenge('Basic realm="r"', request, who, 'c')).toBeUndefined();
  });
});

describe('nonces', () => {
  it('live for a while, for one address, each count once', () => {
    const nonces = new Nonces(10, 1_000);
    const nonce = nonces.issue('10.0.0.1', 0);
    expect(nonces.check(nonce, '10.0.0.1', 1, 1_000)).toBe('fresh');
    expect(nonces.check(nonce, '10.0.0.1', 1, 1_001)).toBe('stale');
    expect(nonces.check(nonce, '10.0.0.2', 1, 0)).toBe('foreign');
    expect(nonces.use(nonce, '10.0.0.1', 5, 0)).toBe(true);
    expect([4, 5, 6].map((count) => nonces.use(nonce, '10.0.0.1', count, 0))).toEqual([false, false, true]);
  });

  it('are bounded, and one that was forgotten cannot be replayed', () => {
    const nonces = new Nonces(3, 60_000);
    const issued = [0, 1, 2, 3, 4].map((atMs) => nonces.issue('h', atMs));
    for (const nonce of issued) nonces.use(nonce, 'h', 1, 10);
    expect(nonces.size).toBe(3);
    for (const nonce of issued) expect(nonces.use(nonce, 'h', 1, 10)).toBe(false);
  });
});

describe('sources', () => {
  it('are addresses and blocks of both families', () => {
    const set = addressSet(['10.1.0.0/16', '192.0.2.7', '2001:db8::/32']);
    const inside = ['10.1.255.1', '192.0.2.7', '2001:db8::9', '::ffff:10.1.2.3'];
    const outside = ['10.2.0.1', '192.0.2.8', '2001:db9::1', 'name', ''];
    expect(inside.map(set.has)).toEqual(inside.map(() => true));
    expect(outside.map(set.has)).toEqual(outside.map(() => false));
  });

  it.each(['10.0.0.0/33', 'trunk.example.com', '10.0.0', '10.0.0.0/x'])('refuse %s', (entry) => {
    expect(() => addressSet([entry])).toThrow(
      expect.objectContaining({ code: 'request.invalid', fields: { field: 'allowedSources', entry } }),
    );
  });

  it('are blocked by failures within the window only', () => {
    const window = new FailureWindow(2, 1_000);
    window.fail('a', 0);
    expect(window.blocked('a', 0)).toBe(false);
    window.fail('a', 999);
    expect([window.blocked('a', 999), window.blocked('b', 999), window.blocked('a', 1_000)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
