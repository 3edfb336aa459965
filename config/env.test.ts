import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeProblems, type Env, parseEnv } from './env.ts';
import { envExample } from './env-example.ts';
import { SETTING_NAMES, SETTINGS, type Setting } from './env-settings.ts';

const machine = { hostname: 'box', terminal: false };

function valid(variables: Record<string, string>): Env {
  const outcome = parseEnv(variables, machine);
  if (outcome.kind === 'invalid') throw new Error(describeProblems(outcome.problems));
  return outcome.env;
}

function faulty(variables: Record<string, string>): readonly string[] {
  const outcome = parseEnv(variables, machine);
  return outcome.kind === 'invalid' ? outcome.problems.map((problem) => problem.name) : [];
}

describe('the environment', () => {
  it('needs nothing on a fresh machine', () => {
    const env = valid({});
    expect(env).toMatchObject({
      http: { host: '127.0.0.1', port: 8080 },
      seedDemo: true,
      leaseMs: 2_000,
      nodeName: 'box',
      freeswitch: { hosts: [], password: 'ClueCon', wsUrl: 'ws://127.0.0.1:5066', trunkAddress: '127.0.0.1:5080' },
      softswitch: { rtpPorts: { first: 20_000, last: 24_999 }, trunkAllow: ['127.0.0.1/32'] },
    });
    expect(env.freeswitch.recordingsDir).toBe(join(process.cwd(), 'data/recordings'));
    expect(env).not.toHaveProperty('databaseUrl');
  });

  it('takes an empty variable as missing', () => {
    expect(valid({ HTTP_PORT: '', DATABASE_URL: ' ' }).http.port).toBe(8080);
  });

  it('reports every problem at once, with what is wrong and an example', () => {
    const outcome = parseEnv(
      {
        HTTP_HOST: '0.0.0.0',
        HTTP_PORT: '70000',
        LOG_LEVEL: 'loud',
        SEED_DEMO: 'true',
        DATABASE_URL: 'mysql://x',
        FREESWITCH_HOSTS: 'a b:1',
        SOFTSWITCH_RTP_PORTS: '5000-4000',
        TRUNK_ALLOW: '10.0.0.0/33',
        LEASE_SECONDS: '0.2',
      },
      machine,
    );
    const problems = outcome.kind === 'invalid' ? outcome.problems : [];
    expect(problems.map((problem) => problem.name).sort()).toEqual([
      'DATABASE_URL',
      'DIRECTORY_SECRET',
      'FREESWITCH_HOSTS',
      'HTTP_PORT',
      'LEASE_SECONDS',
      'LOG_LEVEL',
      'SEED_DEMO',
      'SOFTSWITCH_RTP_PORTS',
      'TRUNK_ALLOW',
    ]);
    const text = describeProblems(problems);
    expect(text).toContain('HTTP_PORT must be a whole number from 1 to 65535. Example: HTTP_PORT=8080');
    expect(text).not.toContain('mysql://x');
  });

  it('reads a secret from a file, and refuses it twice, missing or empty', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tandem-env-'));
    const path = join(folder, 'secret');
    try {
      writeFileSync(path, 'from-a-file\n');
      expect(valid({ FREESWITCH_PASSWORD_FILE: path }).freeswitch.password).toBe('from-a-file');
      expect(faulty({ FREESWITCH_PASSWORD_FILE: path, FREESWITCH_PASSWORD: 'direct' })).toEqual([
        'FREESWITCH_PASSWORD',
      ]);
      expect(faulty({ DIRECTORY_SECRET_FILE: join(folder, 'none') })).toEqual(['DIRECTORY_SECRET']);
      writeFileSync(path, '\n');
      expect(faulty({ DIRECTORY_SECRET_FILE: path })).toEqual(['DIRECTORY_SECRET']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each([
    [{ FREESWITCH_HOSTS: '127.0.0.1:8021,192.0.2.1' }, ['DIRECTORY_SECRET', 'FREESWITCH_PASSWORD']],
    [{ SOFTSWITCH_HOST: '192.0.2.1' }, ['DIRECTORY_SECRET', 'FREESWITCH_PASSWORD']],
    [
      { SOFTSWITCH_HOST: '192.0.2.1', FREESWITCH_PASSWORD: 'ClueCon', DIRECTORY_SECRET: 'loopback-only' },
      ['DIRECTORY_SECRET', 'FREESWITCH_PASSWORD'],
    ],
    [{ HTTP_HOST: '::' }, ['DIRECTORY_SECRET']],
    [{ HTTP_HOST: 'localhost', FREESWITCH_HOSTS: '[::1]:8021' }, []],
  ])('knows no default secret beyond loopback: %j', (variables, names) => {
    expect([...faulty(variables as unknown as Record<string, string>)].sort()).toEqual(names);
  });

  it('makes no demo users beyond loopback', () => {
    expect(valid({ HTTP_HOST: '0.0.0.0', DIRECTORY_SECRET: 'chosen-by-me' }).seedDemo).toBe(false);
  });

  it('refuses one port for two things', () => {
    expect(faulty({ SOFTSWITCH_TRUNK_PORT: '5060' })).toEqual(['SOFTSWITCH_TRUNK_PORT']);
    expect(faulty({ HTTP_PORT: '5066' })).toEqual(['SOFTSWITCH_WS_PORT']);
    expect(faulty({ HTTP_HOST: '0.0.0.0', HTTP_PORT: '5066', DIRECTORY_SECRET: 'chosen-by-me' })).toEqual([
      'SOFTSWITCH_WS_PORT',
    ]);
    expect(faulty({ HTTP_PORT: '5066', FREESWITCH_HOSTS: '127.0.0.1' })).toEqual([]);
  });

  it.each(SETTING_NAMES)('shows a valid example of %s', (name) => {
    const setting: Setting = SETTINGS[name];
    expect(setting.schema.safeParse(setting.example).success).toBe(true);
  });

  it('is described by .env.example as it stands', () => {
    expect(readFileSync(new URL('../.env.example', import.meta.url), 'utf8')).toBe(envExample());
  });
});
