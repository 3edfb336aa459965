import { connect, type Socket } from 'node:net';
import type { Clock, Timer } from '../../../config/clock.ts';
import { CodedError } from '../../../config/errors.ts';
import { encodeCommand } from './command-text.ts';
import { DEFAULT_FRAME_LIMITS, type Frame, type FrameLimits } from './frame.ts';
import { FrameReader } from './frame-reader.ts';
import { decodeValue } from './header-lines.ts';
import { JobBook } from './job-book.ts';
import { ReplyQueue } from './reply-queue.ts';
import { eventOf, type SwitchEvent } from './switch-event.ts';

/** Commands that may wait for their replies at once, and bytes that may wait to be sent: beyond, the peer is not reading. */
const MAX_WAITING_COMMANDS = 10_000;
const MAX_UNSENT_BYTES = 8_388_608;

export interface ConnectionOptions {
  readonly host: string;
  readonly port: number;
  readonly password: string;
  readonly clock: Clock;
  /** How long connecting and signing in may take together, ms. */
  readonly openDeadlineMs: number;
  readonly limits?: FrameLimits;
  /** Hears every event that is not the result of a background command. Must not throw. */
  readonly onEvent: (event: SwitchEvent) => void;
  /** Called once when an opened connection has ended, with the reason. */
  readonly onClosed: (reason: CodedError) => void;
}

/** The switch's answer to a command. */
export interface Reply {
  readonly ok: boolean;
  /** `Reply-Text` of a command, or the body of an `api`, as sent. */
  readonly text: string;
}

/** Where commands can be sent. Every command has a deadline, ms; each fails with `switch.deadline` or `switch.link-lost`. */
export interface CommandSender {
  /** A protocol command, e.g. `event json ALL`. */
  command(line: string, deadlineMs: number, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  /** Runs an API command while everything else on this connection waits. `-ERR` answers are returned, not thrown. */
  api(line: string, deadlineMs: number): Promise<Reply>;
  /** Runs an API command in the background; the reply is the job's result. */
  bgapi(line: string, deadlineMs: number): Promise<Reply>;
}

/** One signed-in connection. It ends once and for good; nothing is ever sent twice. */
export class EventSocketConnection implements CommandSender {
  readonly #options: ConnectionOptions;
  readonly #socket: Socket;
  readonly #reader: FrameReader;
  readonly #replies: ReplyQueue;
  readonly #jobs: JobBook;
  readonly #opened: { resolve: () => void; reject: (error: CodedError) => void };
  #state: 'greeting' | 'signing-in' | 'open' | 'closed' = 'greeting';
  #openTimer: Timer | undefined;
  #lastReceivedMs: number;

  /** Connects and signs in. Fails with `switch.link-lost`, `switch.wrong-password`, `switch.refused`, `switch.protocol`. */
  static async open(options: ConnectionOptions): Promise<EventSocketConnection> {
    let settle: { resolve: () => void; reject: (error: CodedError) => void } | undefined;
    const opened = new Promise<void>((resolve, reject) => {
      settle = { resolve, reject };
    });
    const connection = new EventSocketConnection(options, settle!);
    await opened;
    return connection;
  }

  private constructor(
    options: ConnectionOptions,
    opened: { resolve: () => void; reject: (error: CodedError) => void },
  ) {
    this.#options = options;
    this.#opened = opened;
    this.#reader = new FrameReader(options.limits ?? DEFAULT_FRAME_LIMITS);
    this.#replies = new ReplyQueue(options.clock);
    this.#jobs = new JobBook(options.clock);
    this.#lastReceivedMs = options.clock.now();
    this.#openTimer = options.clock.after(options.openDeadlineMs, () => this.#end(linkLost('open-deadline')));
    this.#socket = connect({ host: options.host, port: options.port, noDelay: true });
    this.#socket.on('data', (chunk) => this.#receive(chunk));
    this.#socket.on('error', (error) => this.#end(linkLost('socket-error', error)));
    this.#socket.on('close', () => this.#end(linkLost('closed-by-switch')));
  }

  /** When the switch was last heard, ms since 1970. */
  get lastReceivedMs(): number {
    return this.#lastReceivedMs;
  }

  async command(line: string, deadlineMs: number, headers?: Readonly<Record<string, string>>): Promise<Reply> {
    return toReply(await this.#send(line, deadlineMs, headers));
  }

  api(line: string, deadlineMs: number): Promise<Reply> {
    return this.command(`api ${line}`, deadlineMs);
  }

  async bgapi(line: string, deadlineMs: number): Promise<Reply> {
    const job = this.#jobs.open(firstWord(line), deadlineMs);
    job.result.catch(() => undefined);
    const accepted = this.#send(`bgapi ${line}`, deadlineMs, { 'Job-UUID': job.id }).then(toReply, (error: unknown) => {
      job.fail(error as CodedError);
      throw error;
    });
    const refused = accepted.then((reply) => {
      if (!reply.ok) job.fail(new CodedError('switch.refused', { command: firstWord(line) }));
      return reply.ok ? undefined : reply;
    });
    // The result may come before the acceptance, so whichever decides first counts.
    const first = await Promise.race([refused, job.result.then(apiReply, () => refused)]);
    return first ?? apiReply(await job.result);
  }

  /** Ends the connection. Idempotent. Whatever waits fails with `switch.link-lost`. */
  close(reason = 'closed-by-us'): void {
    this.#end(linkLost(reason));
  }

  async #send(line: string, deadlineMs: number, headers?: Readonly<Record<string, string>>): Promise<Frame> {
    if (this.#state === 'closed') throw linkLost('not-connected');
    const text = encodeCommand(line, headers);
    if (this.#replies.length >= MAX_WAITING_COMMANDS || this.#socket.writableLength > MAX_UNSENT_BYTES) {
      const stuck = linkLost('switch-not-reading');
      this.#end(stuck);
      throw stuck;
    }
    // Only verb names are evidence: arguments hold numbers and passwords.
    const reply = this.#replies.expect(commandName(line), deadlineMs);
    this.#socket.write(text);
    return reply;
  }

  #receive(chunk: Buffer): void {
    if (this.#state === 'closed') return;
    this.#lastReceivedMs = this.#options.clock.now();
    try {
      for (const frame of this.#reader.push(chunk)) this.#take(frame);
    } catch (error) {
      this.#end(
        error instanceof CodedError ? error : new CodedError('switch.protocol', { reason: 'unexpected' }, error),
      );
    }
  }

  #take(frame: Frame): void {
    const event = eventOf(frame);
    if (event) {
      if (event.name === 'BACKGROUND_JOB') this.#jobs.take(event);
      else if (this.#state !== 'closed') this.#options.onEvent(event);
      return;
    }
    switch (frame.contentType) {
      case 'api/response':
      case 'command/reply':
        this.#replies.answer(frame);
        return;
      case 'auth/request':
        if (this.#state !== 'greeting') throw new CodedError('switch.protocol', { reason: 'second-greeting' });
        this.#signIn();
        return;
      case 'text/rude-rejection':
        this.#end(new CodedError('switch.refused', { reason: 'rude-rejection' }));
        return;
      case 'text/disconnect-notice':
        if (frame.headers.get('content-disposition') !== 'linger') this.#end(linkLost('disconnect-notice'));
        return;
      default:
        // Log lines and content types of later versions are none of our business.
        return;
    }
  }

  #signIn(): void {
    this.#state = 'signing-in';
    this.#send(`auth ${this.#options.password}`, this.#options.openDeadlineMs).then(
      (frame) => {
        if (this.#state !== 'signing-in') return;
        if (!toReply(frame).ok) {
          this.#end(new CodedError('switch.wrong-password', { host: this.#options.host, port: this.#options.port }));
          return;
        }
        this.#state = 'open';
        this.#openTimer?.cancel();
        this.#opened.resolve();
      },
      (error: unknown) => this.#end(error as CodedError),
    );
  }

  #end(reason: CodedError): void {
    if (this.#state === 'closed') return;
    const wasOpen = this.#state === 'open';
    this.#state = 'closed';
    this.#openTimer?.cancel();
    this.#socket.destroy();
    const waiting = reason.code === 'switch.link-lost' ? reason : linkLost(reason.code, reason);
    this.#replies.failAll(waiting);
    this.#jobs.failAll(waiting);
    if (wasOpen) this.#options.onClosed(reason);
    else this.#opened.reject(reason);
  }
}

function toReply(frame: Frame): Reply {
  if (frame.contentType === 'api/response') return apiReply(frame.body?.toString('utf8') ?? '');
  const text = decodeValue(frame.headers.get('reply-text') ?? '');
  return { ok: text.startsWith('+OK'), text };
}

/** API bodies say `-ERR …` or `-USAGE: …` when they fail; success is anything else. */
function apiReply(body: string): Reply {
  return { ok: !/^-(ERR|USAGE)/.test(body), text: body };
}

function firstWord(line: string): string {
  return line.split(' ', 1)[0] ?? '';
}

function commandName(line: string): string {
  const [first = '', second = ''] = line.split(' ', 2);
  return first === 'api' || first === 'bgapi' ? `${first} ${second}` : first;
}

function linkLost(reason: string, cause?: unknown): CodedError {
  return new CodedError('switch.link-lost', { reason }, cause);
}
