import { connect, type Socket } from 'node:net';
import { type Frame, FrameCutter, parseFrame } from './frames.ts';

/** A client that keeps every byte: what it was told, in order, with its text. */
export class RawClient {
  readonly frames: { readonly text: string; readonly frame: Frame }[] = [];
  closed = false;
  readonly #socket: Socket;
  readonly #watchers = new Set<() => void>();

  constructor(port: number) {
    const cutter = new FrameCutter();
    this.#socket = connect(port, '127.0.0.1');
    this.#socket.on('data', (chunk) => {
      for (const text of cutter.push(chunk)) this.frames.push({ text, frame: parseFrame(text) });
      for (const watcher of [...this.#watchers]) watcher();
    });
    this.#socket.on('close', () => {
      this.closed = true;
      for (const watcher of [...this.#watchers]) watcher();
    });
    this.#socket.on('error', () => this.#socket.destroy());
  }

  send(text: string): void {
    this.#socket.write(`${text}\n\n`);
  }

  /** Waits until `look` gives something; undefined after `limitMs`. */
  until<T>(look: () => T | undefined | false, limitMs = 6000): Promise<T | undefined> {
    return new Promise((resolve) => {
      const finish = (value: T | undefined) => {
        this.#watchers.delete(check);
        clearTimeout(timer);
        resolve(value);
      };
      const check = () => {
        const value = look();
        if (value !== undefined && value !== false) finish(value);
      };
      const timer = setTimeout(() => finish(undefined), limitMs);
      this.#watchers.add(check);
      check();
    });
  }

  /** Sends a command and gives the whole text of its reply. */
  async ask(command: string): Promise<string> {
    const before = this.replies().length;
    this.send(command);
    return (await this.until(() => this.replies()[before])) ?? '';
  }

  /** The answer of `api …`. */
  async api(command: string): Promise<string> {
    return parseFrame(await this.ask(`api ${command}`)).body;
  }

  replies(): string[] {
    return this.frames.filter(({ frame }) => frame.kind === 'reply').map(({ text }) => text);
  }

  events(): Frame[] {
    return this.frames.filter(({ frame }) => frame.kind === 'event').map(({ frame }) => frame);
  }

  close(): void {
    this.#socket.destroy();
  }
}
