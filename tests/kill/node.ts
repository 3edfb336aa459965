import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const START_MS = 60_000;

/** One center as a process, which may own the routing or stand by. */
export class CenterNode {
  readonly name: string;
  readonly httpPort: number;
  readonly #env: Readonly<Record<string, string>>;
  #child: ChildProcess | undefined;
  #log = '';
  /** Where the present start begins in the log. */
  #from = 0;

  constructor(name: string, httpPort: number, env: Readonly<Record<string, string>>) {
    this.name = name;
    this.httpPort = httpPort;
    this.#env = { ...env, NODE_NAME: name, HTTP_PORT: String(httpPort) };
  }

  start(): void {
    this.#from = this.#log.length;
    const child = spawn(process.execPath, ['--import', 'tsx', 'acd/main/index.ts'], {
      cwd: ROOT,
      env: this.#env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#log += chunk.toString('utf8');
      });
    }
  }

  get isRunning(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  get isReady(): boolean {
    return this.#log.includes('  ready  ', this.#from);
  }

  get isStandingBy(): boolean {
    return this.#log.includes('standing by', this.#from) && !this.#log.includes('taken over', this.#from);
  }

  get log(): string {
    return this.#log;
  }

  async until(what: 'isReady' | 'isStandingBy'): Promise<void> {
    const deadline = Date.now() + START_MS;
    while (!this[what]) {
      if (!this.isRunning || Date.now() > deadline)
        throw new Error(`center ${this.name}: not ${what}\n${this.#log.slice(this.#from).slice(-4_000)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Kills it without a word, or asks it to end. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (!child || !this.isRunning) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await gone;
    clearTimeout(timer);
  }
}
