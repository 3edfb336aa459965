import { describe, expect, it } from 'vitest';
import { readJsonPath } from './json-path.ts';
import { httpLookupClient } from './lookup-client.ts';

const answer = (body: string, init?: ResponseInit) => (async () => new Response(body, init)) as typeof fetch;
const client = (fetch: typeof globalThis.fetch) =>
  httpLookupClient({ allowedHosts: ['crm.example', 'inner:8080'], fetch });
const ask = (url: string, fetch = answer('{"a":1}')) => client(fetch).ask({ method: 'GET', url, deadlineMs: 1_000 });

describe('lookups by HTTP', () => {
  it('go to hosts of the list only', async () => {
    expect(await ask('https://crm.example/x')).toEqual({ kind: 'answered', json: { a: 1 } });
    expect((await ask('http://inner:8080/x')).kind).toBe('answered');
    for (const url of [
      'https://evil.example/',
      'https://crm.example.evil.example/',
      'https://crm.example@evil.example/',
      'http://inner:9090/',
      'file:///etc/passwd',
      'ftp://crm.example/',
      'nonsense',
    ]) {
      expect(await ask(url)).toEqual({ kind: 'failed', reason: 'host-not-allowed' });
    }
  });

  it('follow no redirect and take no error, no giant and no rubbish', async () => {
    const url = 'https://crm.example/x';
    const redirect = { status: 302, headers: { location: 'https://evil.example' } };
    expect(await ask(url, answer('', redirect))).toEqual({ kind: 'failed', reason: 'status' });
    expect(await ask(url, answer('{}', { status: 500 }))).toEqual({ kind: 'failed', reason: 'status' });
    expect(await ask(url, answer(`"${'x'.repeat(70_000)}"`))).toEqual({ kind: 'failed', reason: 'too-large' });
    expect(await ask(url, answer('<html>'))).toEqual({ kind: 'failed', reason: 'not-json' });
    const broken = (() => Promise.reject(new TypeError('no route'))) as typeof fetch;
    expect(await ask(url, broken)).toEqual({ kind: 'failed', reason: 'network' });
  });

  it('have a deadline', async () => {
    const never = ((_url: unknown, init?: RequestInit) =>
      new Promise((_, reject) =>
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)),
      )) as typeof fetch;
    const outcome = await client(never).ask({ method: 'GET', url: 'https://crm.example/', deadlineMs: 20 });
    expect(outcome).toEqual({ kind: 'failed', reason: 'deadline' });
  });
});

describe('a place in an answer', () => {
  it('is read when a plain value is there, and nothing else', () => {
    const value = { a: { b: [{ c: 'x' }, 2, true] }, d: null };
    expect(readJsonPath(value, 'a.b[0].c')).toBe('x');
    expect(readJsonPath(value, 'a.b[1]')).toBe('2');
    expect(readJsonPath(value, 'a.b[2]')).toBe('true');
    for (const path of ['a', 'a.b', 'd', 'a.x.y', 'constructor', '__proto__.x', 'a.b[9]']) {
      expect(readJsonPath(value, path)).toBeUndefined();
    }
  });
});
