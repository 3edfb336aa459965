import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';
import { ScriptedPhone } from '../../../tests/phones/index.ts';
import { RawClient } from './raw-client.ts';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

const MAIN = new URL('../main.ts', import.meta.url).pathname;
const SETTINGS = {
  eventSocket: { port: 0, password: 'ClueCon' },
  sip: { trunk: { port: 0 }, agents: { port: 0, wsPort: 0 } },
  rtpPorts: [42_000, 42_998],
};

interface Ready {
  readonly ready: boolean;
  readonly code?: string;
  readonly problem?: string;
  readonly pid: number;
  readonly ports: { readonly eventSocket: number; readonly trunk: number; readonly agentsWs: number };
}

function start(settings: unknown): { child: ChildProcess; ready: Promise<Ready>; ended: Promise<number | null> } {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN], {
    env: { ...process.env, TANDEM_SOFTSWITCH: JSON.stringify(settings) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const ready = new Promise<Ready>((resolve) => {
    if (child.stdout) createInterface(child.stdout).once('line', (line) => resolve(JSON.parse(line) as Ready));
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, ready, ended };
}

describe('the switch as a process', () => {
  it('says its ports in one line, and ends its calls when it is asked to end', async () => {
    const { child, ready, ended } = start(SETTINGS);
    const { ports, ready: isReady } = await ready;
    expect(isReady).toBe(true);
    expect(ports.agentsWs).toBeGreaterThan(0);
    const phone = await ScriptedPhone.start({ user: 'caller', server: `127.0.0.1:${ports.trunk}`, toneHz: 0 });
    const call = await phone.call('4000');
    const raw = new RawClient(ports.eventSocket);
    await raw.ask('auth ClueCon');
    await raw.ask('event plain CHANNEL_HANGUP_COMPLETE');
    while (!(await raw.api('show channels as json')).includes('"row_count":1'))
      await new Promise((r) => setTimeout(r, 50));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(raw.events()[0]?.headers['Hangup-Cause']).toBe('SYSTEM_SHUTDOWN');
    expect(await call.ended).toMatchObject({ status: 503 });
    await phone.close();
  });

  it('says what is wrong with its settings', async () => {
    const { ready, ended } = start({ ...SETTINGS, eventSocket: { port: 'many', password: '' } });
    const line = await ready;
    expect(line).toMatchObject({ ready: false, code: 'config.invalid' });
    expect(line.problem).toMatch(/eventSocket\.port.*eventSocket\.password/s);
    expect(await ended).toBe(1);
  });

  it.each([
    [true, 'goes with its parent when told so'],
    [false, 'outlives its parent otherwise'],
  ])('dieWithParent %s: %s', async (dieWithParent) => {
    const text = JSON.stringify({ ...SETTINGS, dieWithParent });
    const script = `import { spawn } from 'node:child_process';
      spawn(process.execPath, ['--import', 'tsx', ${JSON.stringify(MAIN)}], {
        env: { ...process.env, TANDEM_SOFTSWITCH: ${JSON.stringify(text)} }, stdio: ['ignore', 'inherit', 'ignore'] });`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(parent);
    const line = await new Promise<Ready>((resolve) => {
      if (parent.stdout) createInterface(parent.stdout).once('line', (one) => resolve(JSON.parse(one) as Ready));
    });
    const raw = new RawClient(line.ports.eventSocket);
    await raw.ask('auth ClueCon');
    parent.kill('SIGKILL');
    if (dieWithParent) expect(await raw.until(() => raw.closed)).toBe(true);
    else {
      await new Promise((resolve) => setTimeout(resolve, 1500));
      expect(await raw.api('version')).toContain('FreeSWITCH Version');
      process.kill(line.pid, 'SIGTERM');
      expect(await raw.until(() => raw.closed)).toBe(true);
    }
    raw.close();
  });
});
