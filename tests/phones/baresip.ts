import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../services/free-port.ts';

const START_MS = 10_000;
const MODULES = [
  '/usr/lib/baresip/modules',
  '/usr/lib/x86_64-linux-gnu/baresip/modules',
  '/usr/lib/aarch64-linux-gnu/baresip/modules',
];

export interface BaresipEvent {
  readonly type: string;
  readonly param?: string;
  readonly atMs: number;
}

/** A real phone (Debian's baresip) on loopback: sends a tone, writes what it hears to a file, driven over its control port. */
export class Baresip {
  readonly events: BaresipEvent[] = [];
  readonly #folder: string;
  readonly #process: ChildProcess;
  readonly #control: Socket;
  #buffered = '';

  private constructor(folder: string, process: ChildProcess, control: Socket) {
    this.#folder = folder;
    this.#process = process;
    this.#control = control;
    control.on('data', (chunk) => this.#read(chunk.toString('utf8')));
    control.on('error', () => undefined);
  }

  /** @param options.number what it shows as its own number; `server` is the trunk, `host:port` */
  static async start(options: { number: string; server: string; toneHz: number }): Promise<Baresip> {
    const folder = mkdtempSync(join(tmpdir(), 'tandem-baresip-'));
    const port = await freePort();
    const modules = MODULES.find((path) => existsSync(path));
    if (modules === undefined) throw new Error('baresip is not installed: run tests/setup.sh');
    mkdirSync(join(folder, 'snd'));
    writeFileSync(join(folder, 'contacts'), '');
    writeFileSync(
      join(folder, 'accounts'),
      `<sip:${options.number}@${options.server}>;regint=0;audio_codecs=PCMU;dtmfmode=rtpevent\n`,
    );
    writeFileSync(
      join(folder, 'config'),
      [
        'poll_method epoll',
        'sip_listen 127.0.0.1:0',
        'net_interface 127.0.0.1',
        `audio_source ausine,${options.toneHz}`,
        // Nobody listens, but without a player nothing is decoded; what is decoded goes to a file.
        'audio_player aubridge,heard',
        'audio_alert aubridge,alert',
        // Its tone generator speaks 48 kHz stereo and nothing else.
        'ausrc_srate 48000',
        'auplay_srate 8000',
        'ausrc_channels 2',
        'auplay_channels 1',
        'rtcp_mux no',
        'jitter_buffer_delay 1-3',
        `module_path ${modules}`,
        'module g711.so',
        'module ausine.so',
        'module aubridge.so',
        'module sndfile.so',
        `snd_path ${join(folder, 'snd')}`,
        'module_tmp account.so',
        'module_app menu.so',
        'module_app ctrl_tcp.so',
        `ctrl_tcp_listen 127.0.0.1:${port}`,
        '',
      ].join('\n'),
    );
    const child = spawn('/usr/bin/baresip', ['-f', folder], { stdio: ['ignore', 'ignore', 'ignore'] });
    const control = await connected(port, child);
    return new Baresip(folder, child, control);
  }

  /** What it heard in its last call, as WAV (8 kHz mono); whole once the call is over. */
  heard(): Buffer {
    const folder = join(this.#folder, 'snd');
    const name = readdirSync(folder)
      .filter((file) => file.endsWith('-dec.wav'))
      .sort()
      .at(-1);
    if (name === undefined) throw new Error('the phone heard nothing yet');
    return readFileSync(join(folder, name));
  }

  dial(uri: string): void {
    this.#command('dial', uri);
  }

  /** Sends one digit as an RFC 4733 event. */
  digit(digit: string): void {
    this.#command('sndcode', digit);
  }

  hangUp(): void {
    this.#command('hangup');
  }

  /** The first event of that type, also one that came already. */
  async event(type: string, patienceMs: number): Promise<BaresipEvent> {
    const deadline = Date.now() + patienceMs;
    while (Date.now() < deadline) {
      const found = this.events.find((event) => event.type === type);
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`the phone did not say ${type}; it said ${this.events.map((event) => event.type).join(', ')}`);
  }

  /** Ends the phone and removes its files. Idempotent. */
  async close(): Promise<void> {
    if (this.#process.exitCode === null) {
      this.#command('quit');
      const gone = new Promise<void>((resolve) => this.#process.once('exit', () => resolve()));
      const timer = setTimeout(() => this.#process.kill('SIGKILL'), 3_000);
      await gone;
      clearTimeout(timer);
    }
    this.#control.destroy();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #command(command: string, params = ''): void {
    const text = JSON.stringify({ command, params, token: command });
    if (!this.#control.destroyed) this.#control.write(`${Buffer.byteLength(text)}:${text},`);
  }

  /** Netstrings: `length:json,`. */
  #read(text: string): void {
    this.#buffered += text;
    for (;;) {
      const colon = this.#buffered.indexOf(':');
      if (colon < 0) return;
      const length = Number(this.#buffered.slice(0, colon));
      if (this.#buffered.length < colon + length + 2) return;
      const message = JSON.parse(this.#buffered.slice(colon + 1, colon + 1 + length)) as {
        event?: boolean;
        type?: string;
        param?: string;
      };
      this.#buffered = this.#buffered.slice(colon + length + 2);
      if (message.event && message.type !== undefined) {
        this.events.push({
          type: message.type,
          ...(message.param === undefined ? {} : { param: message.param }),
          atMs: Date.now(),
        });
      }
    }
  }
}

async function connected(port: number, child: ChildProcess): Promise<Socket> {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    const socket = await new Promise<Socket | undefined>((resolve) => {
      const attempt = connect(port, '127.0.0.1');
      attempt.once('connect', () => resolve(attempt));
      attempt.once('error', () => resolve(undefined));
    });
    if (socket) return socket;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGKILL');
  throw new Error('baresip did not start');
}
