import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';

export interface SippRun {
  /** Calls that went by the scenario to their end; all of them when `ok`. */
  readonly ok: boolean;
  readonly detail: string;
}

/** Runs sipp (Debian's sip-tester) as a trunk on loopback to its end. */
export async function runSipp(options: {
  readonly scenario: string;
  readonly server: string;
  readonly number: string;
  readonly calls: number;
  readonly perSecond: number;
  readonly timeoutS: number;
  readonly more?: readonly string[];
}): Promise<SippRun> {
  const args = [
    options.server,
    '-sf',
    options.scenario,
    '-s',
    options.number,
    '-i',
    '127.0.0.1',
    '-m',
    String(options.calls),
    '-r',
    String(options.perSecond),
    '-l',
    String(options.calls),
    '-nostdin',
    '-timeout',
    String(options.timeoutS),
    '-timeout_error',
    ...(options.more ?? []),
  ];
  const child = spawn('sipp', args, { cwd: tmpdir(), stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString('utf8')).slice(-2_000);
  });
  const [code] = await once(child, 'exit');
  return { ok: code === 0, detail: `sipp ended with ${code}: ${errors}` };
}
