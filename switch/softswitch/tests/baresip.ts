import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface BaresipOptions {
  /** A line of baresip's `accounts` file. */
  readonly account: string;
  readonly sipPort: number;
  readonly controlPort: number;
  readonly rtpPorts: readonly [number, number];
  /** WAV that it sends, over and over. */
  readonly soundFile: string;
}

const MODULES = ['g711.so', 'aufile.so', 'aubridge.so'];
const APPS = ['account.so', 'menu.so', 'ctrl_tcp.so'];

function configText(options: BaresipOptions): string {
  return [
    `sip_listen 127.0.0.1:${options.sipPort}`,
    `audio_source aufile,${options.soundFile}`,
    'audio_player aubridge,nil',
    'audio_alert aubridge,nil',
    `rtp_ports ${options.rtpPorts[0]}-${options.rtpPorts[1]}`,
    'call_max_calls 4',
    'module_path /usr/lib/baresip/modules',
    ...MODULES.map((name) => `module ${name}`),
    ...APPS.map((name) => `module_app ${name}`),
    `ctrl_tcp_listen 127.0.0.1:${options.controlPort}`,
    '',
  ].join('\n');
}

/** A real SIP phone (baresip), told what to do over its control socket. It sends a sound file. */
export class BaresipPhone {
  readonly #options: BaresipOptions;
  readonly #process: ChildProcess;
  readonly #folder: string;

  private constructor(options: BaresipOptions, process: ChildProcess, folder: string) {
    this.#options = options;
    this.#process = process;
    this.#folder = folder;
  }

  static async start(options: BaresipOptions): Promise<BaresipPhone> {
    const folder = await mkdtemp(join(tmpdir(), 'baresip-'));
    await writeFile(join(folder, 'config'), configText(options));
    await writeFile(join(folder, 'accounts'), `${options.account}\n`);
    await writeFile(join(folder, 'contacts'), '');
    const child = spawn('baresip', ['-f', folder], { stdio: ['pipe', 'pipe', 'inherit'] });
    await new Promise<void>((resolve, reject) => {
      let text = '';
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`baresip ended with ${code}: ${text}`)));
      child.stdout?.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        if (text.includes('baresip is ready')) resolve();
      });
    });
    return new BaresipPhone(options, child, folder);
  }

  dial(uri: string): Promise<void> {
    return this.#command('dial', uri);
  }

  hangUp(): Promise<void> {
    return this.#command('hangup', '');
  }

  /** Blind transfer (REFER) of the call it has. */
  transfer(uri: string): Promise<void> {
    return this.#command('transfer', uri);
  }

  #command(command: string, params: string): Promise<void> {
    const text = JSON.stringify({ command, params, token: 't' });
    return new Promise((resolve, reject) => {
      const socket = connect(this.#options.controlPort, '127.0.0.1', () => {
        socket.write(`${Buffer.byteLength(text)}:${text},`);
      });
      let answer = '';
      socket.on('data', (chunk) => {
        answer += chunk.toString();
        if (!answer.includes('"response":true')) return;
        socket.destroy();
        resolve();
      });
      socket.on('error', reject);
    });
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    if (this.#process.exitCode === null) {
      this.#process.kill('SIGTERM');
      const timer = setTimeout(() => this.#process.kill('SIGKILL'), 2000);
      await ended;
      clearTimeout(timer);
    }
    await rm(this.#folder, { recursive: true, force: true });
  }
}
