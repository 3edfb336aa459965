import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';

/** A client of the scripted server. */
export interface ScriptedPeer {
  readonly socket: Socket;
  /** Sends bytes as they are. */
  raw(text: string | Buffer): void;
  reply(text: string): void;
  apiResponse(body: string): void;
  event(headers: Readonly<Record<string, string>>): void;
}

/** What the server does with a command; `undefined` from it means that the server says nothing. */
export type Script = (command: string, peer: ScriptedPeer) => void;

/** An event-socket server whose every answer is written by the test. It greets and checks the password `secret` itself. */
export class ScriptedServer {
  readonly #server: Server;
  readonly #peers = new Set<Socket>();
  readonly commands: string[] = [];
  /** Sent instead of the greeting, when set. */
  greeting: string | undefined = 'Content-Type: auth/request\n\n';
  script: Script;
  connections = 0;

  private constructor(script: Script) {
    this.script = script;
    this.#server = createServer((socket) => this.#serve(socket));
  }

  static async start(script: Script): Promise<ScriptedServer> {
    const server = new ScriptedServer(script);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  dropAll(): void {
    for (const socket of this.#peers) socket.destroy();
  }

  async close(): Promise<void> {
    this.dropAll();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #serve(socket: Socket): void {
    this.connections++;
    this.#peers.add(socket);
    socket.on('close', () => this.#peers.delete(socket));
    socket.on('error', () => undefined);
    const peer: ScriptedPeer = {
      socket,
      raw: (text) => void socket.write(text),
      reply: (text) => void socket.write(`Content-Type: command/reply\nReply-Text: ${text}\n\n`),
      apiResponse: (body) =>
        void socket.write(`Content-Type: api/response\nContent-Length: ${Buffer.byteLength(body)}\n\n${body}`),
      event: (headers) => {
        const body = JSON.stringify(headers);
        socket.write(`Content-Length: ${Buffer.byteLength(body)}\nContent-Type: text/event-json\n\n${body}`);
      },
    };
    if (this.greeting !== undefined) peer.raw(this.greeting);
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('utf8');
      let end: number;
      while ((end = text.indexOf('\n\n')) !== -1) {
        const command = text.slice(0, end);
        text = text.slice(end + 2);
        this.#take(command, peer);
      }
    });
  }

  #take(command: string, peer: ScriptedPeer): void {
    if (command.startsWith('auth ')) {
      peer.reply(command === 'auth secret' ? '+OK accepted' : '-ERR invalid');
      return;
    }
    this.commands.push(command);
    this.script(command, peer);
  }
}
