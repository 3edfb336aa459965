import type { Clock, Timer } from '../../../config/clock.ts';
import { CodedError } from '../../../config/errors.ts';
import type { Logger } from '../../../config/logger.ts';
import { type CommandSender, EventSocketConnection, type Reply } from './connection.ts';
import type { FrameLimits } from './frame.ts';
import type { SwitchEvent } from './switch-event.ts';

/** Times of the link, ms. */
export interface LinkTimes {
  /** Connecting and signing in together. */
  readonly openDeadlineMs: number;
  readonly firstRetryMs: number;
  readonly maxRetryMs: number;
  /** After a wrong password or a refusal by address: trying faster would only fill the switch's log. */
  readonly refusedRetryMs: number;
  /** Silence after which the switch is asked whether it lives; it then has as long again to answer. */
  readonly silenceMs: number;
}

export const DEFAULT_LINK_TIMES: LinkTimes = {
  openDeadlineMs: 5_000,
  firstRetryMs: 250,
  maxRetryMs: 10_000,
  refusedRetryMs: 30_000,
  silenceMs: 5_000,
};

export interface LinkOptions {
  readonly host: string;
  readonly port: number;
  readonly password: string;
  /** Event names, and after `CUSTOM` the subclasses, as the `event` command takes them. */
  readonly events: readonly string[];
  /** `[header, value]` pairs; with any, the switch sends only events that match one of them. */
  readonly filters?: readonly (readonly [string, string])[];
  readonly clock: Clock;
  readonly log: Logger;
  readonly times?: Partial<LinkTimes>;
  readonly limits?: FrameLimits;
  readonly onEvent: (event: SwitchEvent) => void;
  /**
   * Called after each sign-in and subscription, to look at what is there. When it resolves the link is up and the function it
   * gave is called; a failure closes the connection.
   */
  readonly onSubscribed: (sender: CommandSender) => Promise<() => void>;
  /** Called when a link that was up is lost. */
  readonly onLost: (reason: CodedError) => void;
}

/**
 * A connection that comes back: it signs in, subscribes and filters again, then lets its owner look at what is really there.
 * Commands are never kept for later and never repeated: while there is no connection they fail with `switch.link-lost`.
 */
export class EventSocketLink implements CommandSender {
  readonly #options: LinkOptions;
  readonly #times: LinkTimes;
  #connection: EventSocketConnection | undefined;
  #up = false;
  #closed = false;
  #retryMs: number;
  #timer: Timer | undefined;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#times = { ...DEFAULT_LINK_TIMES, ...options.times };
    this.#retryMs = this.#times.firstRetryMs;
    void this.#connect();
  }

  get up(): boolean {
    return this.#up;
  }

  // Written before the first `await`, so that commands go out in the order of the calls.
  async command(line: string, deadlineMs: number, headers?: Readonly<Record<string, string>>): Promise<Reply> {
    return this.#current().command(line, deadlineMs, headers);
  }

  api(line: string, deadlineMs: number): Promise<Reply> {
    return this.command(`api ${line}`, deadlineMs);
  }

  async bgapi(line: string, deadlineMs: number): Promise<Reply> {
    return this.#current().bgapi(line, deadlineMs);
  }

  /** Ends the link for good. Idempotent; the owner is not told of the loss. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#up = false;
    this.#timer?.cancel();
    this.#connection?.close();
    this.#connection = undefined;
  }

  #current(): EventSocketConnection {
    const connection = this.#connection;
    if (!connection || !this.#up) throw new CodedError('switch.link-lost', { reason: 'not-connected' });
    return connection;
  }

  async #connect(): Promise<void> {
    const { host, port, password, clock, limits, log } = this.#options;
    let connection: EventSocketConnection | undefined;
    try {
      connection = await EventSocketConnection.open({
        host,
        port,
        password,
        clock,
        openDeadlineMs: this.#times.openDeadlineMs,
        ...(limits ? { limits } : {}),
        onEvent: (event) => this.#hear(event),
        onClosed: (reason) => this.#ended(reason),
      });
      if (this.#closed) {
        connection.close();
        return;
      }
      this.#connection = connection;
      await this.#subscribe(connection);
    } catch (error) {
      const reason = error instanceof CodedError ? error : new CodedError('switch.link-lost', {}, error);
      if (!this.#closed) {
        const fields = { ...reason.fields, code: reason.code, host, port };
        if (isRefusal(reason)) log.error(fields, 'the switch refuses us');
        else log.warn(fields, 'no link to the switch');
      }
      // An opened connection comes back through `#ended`, also when it has ended already.
      if (connection) connection.close(reason.code);
      else this.#retry(reason);
    }
  }

  async #subscribe(connection: EventSocketConnection): Promise<void> {
    const deadlineMs = this.#times.openDeadlineMs;
    const wishes = [
      `event json ${this.#options.events.join(' ')}`,
      ...(this.#options.filters ?? []).map(([header, value]) => `filter ${header} ${value}`),
    ];
    for (const reply of await Promise.all(wishes.map((line) => connection.command(line, deadlineMs)))) {
      if (!reply.ok) throw new CodedError('switch.refused', { reason: 'subscription' });
    }
    const whenUp = await this.#options.onSubscribed(connection);
    if (this.#connection !== connection || this.#closed) return;
    this.#up = true;
    this.#retryMs = this.#times.firstRetryMs;
    this.#watch(connection);
    whenUp();
  }

  #hear(event: SwitchEvent): void {
    try {
      this.#options.onEvent(event);
    } catch (error) {
      this.#options.log.error({ err: error, event: event.name }, 'a listener of switch events failed');
    }
  }

  #ended(reason: CodedError): void {
    this.#connection = undefined;
    const wasUp = this.#up;
    this.#up = false;
    this.#timer?.cancel();
    if (this.#closed) return;
    if (wasUp) {
      this.#options.log.warn({ code: reason.code, ...reason.fields }, 'the link to the switch is lost');
      this.#options.onLost(reason);
    }
    this.#retry(reason);
  }

  #retry(reason: CodedError): void {
    if (this.#closed) return;
    // A third of jitter, so that several nodes don't come back in step.
    const delayMs = isRefusal(reason)
      ? this.#times.refusedRetryMs
      : Math.round(this.#retryMs * (0.67 + Math.random() * 0.33));
    this.#retryMs = Math.min(this.#retryMs * 2, this.#times.maxRetryMs);
    this.#timer = this.#options.clock.after(delayMs, () => void this.#connect());
  }

  /** A peer that vanished without a word leaves TCP open for many minutes: silence is answered with a question. */
  #watch(connection: EventSocketConnection): void {
    this.#timer = this.#options.clock.after(this.#times.silenceMs, () => {
      if (this.#connection !== connection) return;
      const silentMs = this.#options.clock.now() - connection.lastReceivedMs;
      if (silentMs < this.#times.silenceMs) {
        this.#watch(connection);
        return;
      }
      connection.api('hostname', this.#times.silenceMs).then(
        () => {
          if (this.#connection === connection) this.#watch(connection);
        },
        () => connection.close('silent'),
      );
    });
  }
}

function isRefusal(reason: CodedError): boolean {
  return reason.code === 'switch.wrong-password' || reason.code === 'switch.refused';
}
