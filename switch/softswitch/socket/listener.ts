import type { Socket } from 'node:net';
import type { SwitchEvent } from '../core/event.ts';
import type { SwitchCore } from '../core/switch-core.ts';
import type { EventSocketClient } from './client.ts';
import { type ClientCommand, CommandReader } from './command-reader.ts';
import { runCommand } from './commands.ts';
import { AUTH_REQUEST, commandReply, DISCONNECT_NOTICE, eventFrame } from './event-text.ts';
import { Subscription } from './subscription.ts';

/** How long a client has to say its password, ms. */
const AUTH_TIMEOUT_MS = 30_000;
/** How long a client that is let go has to read the rest, ms. */
const LINGER_MS = 2000;
/** Commands that may wait behind a running one. */
const MAX_WAITING_COMMANDS = 1000;

/** One connected client. */
export class EventSocketListener implements EventSocketClient {
  readonly sw: SwitchCore;
  readonly subscription = new Subscription();
  authenticated = false;
  logging = false;
  /** Events that a full queue made us drop. */
  lostEvents = 0;
  readonly #socket: Socket;
  readonly #reader = new CommandReader();
  readonly #backlog: SwitchEvent[] = [];
  readonly #waiting: ClientCommand[] = [];
  readonly #onClosed: (listener: EventSocketListener) => void;
  readonly #stopListening: () => void;
  #running = false;
  #closing = false;

  constructor(sw: SwitchCore, socket: Socket, onClosed: (listener: EventSocketListener) => void) {
    this.sw = sw;
    this.#socket = socket;
    this.#onClosed = onClosed;
    this.#stopListening = sw.bus.listen((event) => this.#hear(event));
    socket.setNoDelay(true);
    const timer = sw.clock.after(AUTH_TIMEOUT_MS, () => {
      if (!this.authenticated) this.#socket.destroy();
    });
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('drain', () => this.#flush());
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      timer.cancel();
      this.#closing = true;
      this.#stopListening();
      this.#backlog.length = 0;
      this.#onClosed(this);
    });
    socket.write(AUTH_REQUEST);
  }

  send(text: string): void {
    if (!this.#socket.destroyed) this.#socket.write(text);
  }

  /** Says goodbye and closes. Idempotent. */
  close(): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#stopListening();
    this.#socket.end(DISCONNECT_NOTICE);
    this.sw.clock.after(LINGER_MS, () => this.#socket.destroy());
  }

  /** Forgets events that were not sent yet (`noevents`). */
  dropBacklog(): void {
    this.#backlog.length = 0;
  }

  #read(chunk: Buffer): void {
    if (this.#closing) return;
    const outcome = this.#reader.push(chunk);
    if (outcome.kind === 'too-large' || this.#waiting.length + outcome.commands.length > MAX_WAITING_COMMANDS) {
      this.send(commandReply('-ERR command parse error.'));
      this.close();
      return;
    }
    this.#waiting.push(...outcome.commands);
    void this.#runWaiting();
  }

  /** One command at a time; events that come meanwhile follow its reply, as FreeSWITCH has it. */
  async #runWaiting(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    while (!this.#closing) {
      const command = this.#waiting.shift();
      if (!command) break;
      try {
        await runCommand(this, command);
      } catch (cause) {
        this.sw.logger.error({ err: cause }, 'event socket command failed');
        this.send(commandReply('-ERR command failed'));
      }
      this.#flush();
    }
    this.#running = false;
    this.#flush();
  }

  #hear(event: SwitchEvent): void {
    if (!this.authenticated || !this.subscription.wants(event)) return;
    const { maxQueuedEvents, maxLostEvents } = this.sw.settings.eventSocket;
    if (this.#backlog.length >= maxQueuedEvents) {
      this.lostEvents++;
      if (this.lostEvents > maxLostEvents) {
        this.sw.logger.error({ lostEvents: this.lostEvents }, 'event socket client reads too slowly and is cut off');
        this.#socket.destroy();
      }
      return;
    }
    this.#backlog.push(event);
    if (!this.#running) this.#flush();
  }

  #flush(): void {
    const socket = this.#socket;
    if (socket.destroyed || this.#closing) return;
    let sent = 0;
    while (sent < this.#backlog.length && !socket.writableNeedDrain) {
      const event = this.#backlog[sent];
      if (!event) break;
      socket.write(eventFrame(event, this.subscription.format));
      sent++;
    }
    if (sent > 0) this.#backlog.splice(0, sent);
  }
}
