import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { SoftswitchSettingsInput } from '../../switch/index.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The embedded switch as a process of its own. */
export interface RunningSwitch {
  readonly pid: number;
  readonly ports: {
    readonly eventSocket: number;
    readonly trunk: number;
    readonly agents: number;
    readonly agentsWs?: number;
  };
  close(): Promise<void>;
}

/** Starts it and waits until it takes calls. */
export async function startSwitch(settings: SoftswitchSettingsInput): Promise<RunningSwitch> {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', 'switch/softswitch/main.ts'], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', TANDEM_SOFTSWITCH: JSON.stringify(settings) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout!).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`the switch ended with ${code}`)));
  });
  const ready = JSON.parse(line) as { ready: boolean; ports: RunningSwitch['ports'] };
  if (!ready.ready) throw new Error(`the switch did not start: ${line}`);
  return {
    pid: child.pid ?? 0,
    ports: ready.ports,
    async close() {
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill('SIGTERM');
      await gone;
    },
  };
}
