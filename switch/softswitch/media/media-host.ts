import { CodedError } from '../../../config/errors.ts';
import { bridgeLegs, holdLeg, unbridgeLeg, unholdLeg } from './bridge.ts';
import { ConferenceRoom } from './conference.ts';
import type {
  CreateLegOutcome,
  LegConference,
  LegMedia,
  LegSupervision,
  MediaHost,
  MediaHostOptions,
  MediaKind,
  RecordOutcome,
  SupervisionSound,
} from './leg-media.ts';
import { MediaEngine } from './media-engine.ts';
import { MediaLeg } from './media-leg.ts';
import { recordLeg } from './record.ts';
import { RtpPorts } from './rtp-ports.ts';
import { RtpTransport } from './rtp-transport.ts';
import { superviseLeg } from './supervise.ts';
import { WebRtcTransport } from './webrtc-transport.ts';

const DEFAULT_PORTS = [16_384, 32_767] as const;
const DEFAULT_MAX_LEGS = 2000;

/** Legs come from this host only; another implementation's cannot be joined to ours. */
function own(leg: LegMedia): MediaLeg {
  if (leg instanceof MediaLeg) return leg;
  throw new CodedError('internal', { reason: 'the leg was not made by this media host' });
}

class Host implements MediaHost {
  readonly #engine: MediaEngine;
  readonly #ports: RtpPorts;
  readonly #options: MediaHostOptions;
  /** Legs that are being made count against the limit, too. */
  #making = 0;
  #closed = false;

  constructor(options: MediaHostOptions) {
    this.#options = options;
    this.#engine = new MediaEngine(options);
    this.#ports = new RtpPorts(options.host, options.rtpPorts ?? DEFAULT_PORTS);
  }

  get legCount(): number {
    return this.#engine.legs.size;
  }

  async createLeg(kind: MediaKind): Promise<CreateLegOutcome> {
    const limit = this.#options.maxLegs ?? DEFAULT_MAX_LEGS;
    if (this.#closed) return { kind: 'full', detail: 'the media host is closed' };
    if (this.legCount + this.#making >= limit) return { kind: 'full', detail: `limit of ${limit} legs` };
    this.#making += 1;
    try {
      const leg = new MediaLeg(this.#engine);
      const transport = await this.#transport(kind, leg);
      if (!transport) return { kind: 'full', detail: 'no free pair of RTP ports' };
      leg.transport = transport;
      this.#engine.legs.add(leg);
      return { kind: 'leg', leg };
    } finally {
      this.#making -= 1;
    }
  }

  async #transport(kind: MediaKind, sink: MediaLeg): Promise<RtpTransport | WebRtcTransport | undefined> {
    const { host, advertisedHost = host } = this.#options;
    if (kind === 'webrtc') {
      const port = await this.#ports.reserve();
      return port === undefined
        ? undefined
        : new WebRtcTransport({ host, advertisedHost, ports: this.#ports, port, sink });
    }
    const sockets = await this.#ports.take();
    return sockets && new RtpTransport(sockets, this.#ports, sink, advertisedHost);
  }

  bridge(a: LegMedia, b: LegMedia): void {
    bridgeLegs(own(a), own(b));
  }

  unbridge(leg: LegMedia): LegMedia | undefined {
    return unbridgeLeg(own(leg));
  }

  partnerOf(leg: LegMedia): LegMedia | undefined {
    return own(leg).partner;
  }

  hold(leg: LegMedia, stream?: string): void {
    holdLeg(own(leg), stream);
  }

  unhold(leg: LegMedia): void {
    unholdLeg(own(leg));
  }

  isHeld(leg: LegMedia): boolean {
    return own(leg).held;
  }

  record(leg: LegMedia, path: string): RecordOutcome {
    return recordLeg(own(leg), path);
  }

  supervise(supervisor: LegMedia, watched: LegMedia, mode: SupervisionSound): LegSupervision {
    return superviseLeg(own(supervisor), own(watched), mode);
  }

  createConference(): LegConference {
    return new ConferenceRoom(this.#engine);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#engine.legs].map((leg) => leg.close()));
    for (const room of [...this.#engine.rooms]) room.close();
    this.#engine.close();
  }
}

/** Starts the media side of a switch: one beat, one pool of ports. */
export function createMediaHost(options: MediaHostOptions): MediaHost {
  return new Host(options);
}
