import { randomInt } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';

/** Kernel buffer asked for, bytes: half a second of G.711 for one leg is 25 KB; the rest is room for a stall of this process. */
const RECEIVE_BUFFER_BYTES = 256 * 1024;
const TRIES = 50;

export interface RtpSockets {
  readonly port: number;
  readonly rtp: Socket;
  readonly rtcp: Socket;
}

/** Addresses are literals here, so nothing is ever asked of a name server. */
function literalLookup(
  host: string,
  _options: unknown,
  callback: (error: null, address: string, family: number) => void,
): void {
  callback(null, host, 4);
}

function bound(host: string, port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket({ type: 'udp4', lookup: literalLookup });
    const failed = () => {
      socket.close();
      resolve(undefined);
    };
    socket.once('error', failed);
    socket.bind({ address: host, port, exclusive: true }, () => {
      socket.removeListener('error', failed);
      try {
        socket.setRecvBufferSize(RECEIVE_BUFFER_BYTES);
      } catch {
        // The kernel's own size will do; it is only less room.
      }
      resolve(socket);
    });
  });
}

const closed = (socket: Socket) => new Promise<void>((resolve) => socket.close(() => resolve()));

/** Hands out pairs of ports, even for RTP and the odd one above for RTCP, going round so that a port rests before it comes again. */
export class RtpPorts {
  readonly #host: string;
  readonly #first: number;
  readonly #pairs: number;
  readonly #used = new Set<number>();
  #next: number;

  constructor(host: string, range: readonly [number, number]) {
    this.#host = host;
    this.#first = range[0] + (range[0] % 2);
    this.#pairs = Math.floor((range[1] - this.#first + 1) / 2);
    // Two switches on one machine with the same range should not ask for the same port in the same moment.
    this.#next = randomInt(Math.max(1, this.#pairs));
  }

  /** Undefined when no pair is free (ports that others hold are skipped). */
  async take(): Promise<RtpSockets | undefined> {
    for (let attempt = 0; attempt < Math.min(TRIES, this.#pairs); ) {
      if (this.#used.size >= this.#pairs) return undefined;
      const port = this.#first + (this.#next % this.#pairs) * 2;
      this.#next += 1;
      if (this.#used.has(port)) continue;
      attempt += 1;
      this.#used.add(port);
      const rtp = await bound(this.#host, port);
      const rtcp = rtp && (await bound(this.#host, port + 1));
      if (rtp && rtcp) return { port, rtp, rtcp };
      rtp?.close();
      this.#used.delete(port);
    }
    return undefined;
  }

  giveBack(sockets: RtpSockets): void {
    sockets.rtp.close();
    sockets.rtcp.close();
    this.#used.delete(sockets.port);
  }

  /**
   * Sets a pair aside for somebody who binds it right away; undefined when none is free. It is bound and let go first: the WebRTC library
   * takes a port that another program holds for a leg without any address, and says so to nobody.
   */
  async reserve(): Promise<number | undefined> {
    const sockets = await this.take();
    if (!sockets) return undefined;
    await Promise.all([closed(sockets.rtp), closed(sockets.rtcp)]);
    return sockets.port;
  }

  release(port: number): void {
    this.#used.delete(port);
  }
}
