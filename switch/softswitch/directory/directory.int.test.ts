import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../config/clock.ts';
import { silentLogger } from '../../../config/logger.ts';
import { softswitchSettings } from '../settings.ts';
import { createDirectory } from './directory.ts';

interface Asked {
  readonly body: URLSearchParams;
  readonly authorization: string | undefined;
}

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function serve(answer: (user: string) => string | undefined): Promise<{ url: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    request.on('end', () => {
      const body = new URLSearchParams(text);
      asked.push({ body, authorization: request.headers.authorization });
      const xml = answer(body.get('user') ?? '');
      if (xml !== undefined) response.end(xml);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/directory`, asked };
}

function xmlFor(user: string, password: string): string {
  return (
    '<?xml version="1.0"?><document type="freeswitch/xml"><section name="directory"><domain name="tandem.local">' +
    `<groups><group name="default"><users><user id="${user}"><params><param name="password" value="${password}"/></params>` +
    '<variables><variable name="tandem_agent" value="7"/></variables></user></users></group></groups>' +
    '</domain></section></document>'
  );
}

const NOT_FOUND =
  '<document type="freeswitch/xml"><section name="result"><result status="not found"/></section></document>';

function directoryAt(url: string, more: Record<string, unknown> = {}) {
  const clock = new ManualClock(1_000_000);
  const settings = softswitchSettings.parse({
    eventSocket: { password: 'x' },
    directory: { url, username: 'switch', password: 'secret', timeoutMs: 300, ...more },
  }).directory;
  return { clock, directory: createDirectory({ settings, hostname: 'vm', clock, logger: silentLogger }) };
}

describe('the directory', () => {
  it('asks in the form of mod_xml_curl, with basic auth, and keeps the answer for a while', async () => {
    const { url, asked } = await serve((user) => xmlFor(user, 'pw&amp;1'));
    const { clock, directory } = directoryAt(url);
    const found = { kind: 'found', password: 'pw&1', variables: { tandem_agent: '7' } };
    expect(await directory.lookUp('1001', 'tandem.local')).toEqual(found);
    expect(await directory.lookUp('1001', 'tandem.local')).toEqual(found);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.authorization).toBe(`Basic ${Buffer.from('switch:secret').toString('base64')}`);
    expect(Object.fromEntries(asked[0]?.body ?? [])).toMatchObject({
      section: 'directory',
      tag_name: 'domain',
      key_name: 'name',
      key_value: 'tandem.local',
      user: '1001',
      domain: 'tandem.local',
      action: 'sip_auth',
      sip_auth_method: 'REGISTER',
    });
    clock.advance(5001);
    await directory.lookUp('1001', 'tandem.local');
    expect(asked).toHaveLength(2);
  });

  it('asks once for questions at the same time, and remembers who is unknown', async () => {
    const { url, asked } = await serve(() => NOT_FOUND);
    const { clock, directory } = directoryAt(url);
    const ask = () => directory.lookUp('nobody', 'tandem.local');
    expect(await Promise.all([ask(), ask(), ask()])).toEqual(Array(3).fill({ kind: 'unknown' }));
    expect(await ask()).toEqual({ kind: 'unknown' });
    expect(asked).toHaveLength(1);
    clock.advance(2001);
    await ask();
    expect(asked).toHaveLength(2);
  });

  it.each([
    ['no answer in time', () => undefined],
    ['what is not XML', () => 'not xml at all'],
    ['a document type', () => `<!DOCTYPE a [<!ENTITY b "c">]>${xmlFor('1001', 'x')}`],
    ['more than it reads', () => xmlFor('1001', 'x'.repeat(70_000))],
  ])('is unavailable with %s, and asks again', async (_what, answer) => {
    const { url, asked } = await serve(answer);
    const { directory } = directoryAt(url);
    expect(await directory.lookUp('1001', 'tandem.local')).toEqual({ kind: 'unavailable' });
    expect(await directory.lookUp('1001', 'tandem.local')).toEqual({ kind: 'unavailable' });
    expect(asked).toHaveLength(2);
  });

  it('looks at its own users first', async () => {
    const { url, asked } = await serve(() => NOT_FOUND);
    const { directory } = directoryAt(url, { users: [{ name: '1001', password: 'own' }] });
    expect(await directory.lookUp('1001', 'tandem.local')).toEqual({ kind: 'found', password: 'own', variables: {} });
    expect(asked).toHaveLength(0);
  });
});
