import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One address in front of several centers, as a load balancer is: asks the one that answered last, then the others. */
export class Front {
  readonly #server: Server;
  readonly #ports: number[];

  private constructor(ports: readonly number[]) {
    this.#ports = [...ports];
    this.#server = createServer((incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', async () => {
        const body = Buffer.concat(chunks);
        for (const port of [...this.#ports]) {
          const done = await new Promise<boolean>((resolve) => {
            const { method, url, headers } = incoming;
            const onward = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
              outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
              answer.pipe(outgoing);
              answer.on('error', () => outgoing.destroy());
              resolve(true);
            });
            onward.setTimeout(4_000, () => onward.destroy());
            onward.on('error', () => resolve(outgoing.headersSent));
            onward.end(body);
          });
          if (!done) continue;
          this.#ports.sort((a, b) => Number(b === port) - Number(a === port));
          return;
        }
        outgoing.writeHead(503).end();
      });
    });
  }

  static async open(ports: readonly number[]): Promise<Front> {
    const front = new Front(ports);
    await new Promise<void>((resolve) => front.#server.listen(0, '127.0.0.1', resolve));
    return front;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
