import { randomInt } from 'node:crypto';
import type { RemoteInfo } from 'node:dgram';
import {
  emptyRtpHead,
  looksLikeRtcp,
  type OutboundStream,
  RTP_HEAD_BYTES,
  readRtp,
  writeRtpHead,
} from '../../../media/index.ts';
import type { AcceptOutcome, AnswerOutcome, Direction, Law, Negotiated } from './leg-media.ts';
import type { RtpPorts, RtpSockets } from './rtp-ports.ts';
import { answerDirection, type OwnAudio, type PeerAudio, peerListens, readSdp, writeSdp } from './sdp.ts';
import type { LegTransport, PacketSink } from './transport.ts';

const OFFERED_LAWS: readonly Law[] = ['PCMU', 'PCMA'];
const OFFERED_EVENT_PAYLOAD_TYPE = 101;

/** Plain RTP over UDP with symmetric addressing: what we send goes where the peer's packets come from. */
export class RtpTransport implements LegTransport {
  readonly kind = 'rtp';
  negotiated: Negotiated | undefined;
  eventPayloadTypeOut: number | undefined;
  eventPayloadTypeIn: number | undefined;
  readonly #sockets: RtpSockets;
  readonly #ports: RtpPorts;
  readonly #sink: PacketSink;
  readonly #advertisedHost: string;
  readonly #sessionId = randomInt(1, 2 ** 31);
  readonly #head = emptyRtpHead();
  #version = 0;
  #lastWritten = '';
  /** Where the description says the peer is. */
  #describedHost = '';
  #describedPort = 0;
  /** Where packets go; that of the description until the first packet has come. */
  #peerHost = '';
  #peerPort = 0;
  #latched = false;
  #rtcpPort = 0;
  #rtcpMux = false;
  #closed = false;

  constructor(sockets: RtpSockets, ports: RtpPorts, sink: PacketSink, advertisedHost: string) {
    this.#sockets = sockets;
    this.#ports = ports;
    this.#sink = sink;
    this.#advertisedHost = advertisedHost;
    sockets.rtp.on('message', (bytes, from) => this.#received(bytes, from));
    sockets.rtp.on('error', () => sink.failed('socket-error'));
    sockets.rtcp.on('error', () => undefined);
    sockets.rtcp.on('message', () => undefined);
  }

  get localPort(): number {
    return this.#sockets.port;
  }

  get ready(): boolean {
    return this.negotiated !== undefined && !this.#closed;
  }

  async acceptOffer(sdp: string): Promise<AnswerOutcome> {
    const read = this.#read(sdp);
    if (read.kind === 'refused') return read;
    const { audio } = read;
    const current = this.negotiated?.law;
    const law =
      current && audio.laws.includes(current) ? current : OFFERED_LAWS.find((own) => audio.laws.includes(own))!;
    this.#rtcpMux = audio.rtcpMux;
    this.eventPayloadTypeIn = audio.eventPayloadType;
    const negotiated = this.#take(audio, law);
    const answer = this.#write(
      {
        direction: answerDirection(audio.direction, 'sendrecv'),
        laws: [law],
        eventPayloadType: audio.eventPayloadType,
      },
      audio,
    );
    return { kind: 'answer', sdp: answer, negotiated };
  }

  async createOffer(direction: Direction): Promise<string> {
    if (this.#closed) return '';
    const law = this.negotiated?.law;
    const laws = law ? [law, ...OFFERED_LAWS.filter((other) => other !== law)] : OFFERED_LAWS;
    this.eventPayloadTypeIn ??= OFFERED_EVENT_PAYLOAD_TYPE;
    return this.#write({ direction, laws, eventPayloadType: this.eventPayloadTypeIn });
  }

  async acceptAnswer(sdp: string): Promise<AcceptOutcome> {
    const read = this.#read(sdp);
    if (read.kind === 'refused') return read;
    this.#rtcpMux = false;
    return { kind: 'accepted', negotiated: this.#take(read.audio, read.audio.laws[0]!) };
  }

  #read(sdp: string): ReturnType<typeof readSdp> {
    if (this.#closed) return { kind: 'refused', reason: 'closed', detail: 'the leg is closed' };
    const read = readSdp(sdp);
    if (read.kind === 'audio' && read.audio.webrtc) {
      return { kind: 'refused', reason: 'encryption-mismatch', detail: 'this leg speaks plain RTP' };
    }
    return read;
  }

  #take(audio: PeerAudio, law: Law): Negotiated {
    if (audio.host !== '0.0.0.0' && (audio.host !== this.#describedHost || audio.port !== this.#describedPort)) {
      this.#describedHost = this.#peerHost = audio.host;
      this.#describedPort = this.#peerPort = audio.port;
      this.#latched = false;
    }
    this.#rtcpPort = audio.rtcpPort;
    this.eventPayloadTypeOut = audio.eventPayloadType;
    this.negotiated = {
      law,
      telephoneEvent: audio.eventPayloadType !== undefined,
      peerDirection: audio.direction,
      heldByPeer: audio.direction === 'sendonly' || audio.direction === 'inactive',
    };
    this.#sink.changed();
    return this.negotiated;
  }

  #write(own: Pick<OwnAudio, 'direction' | 'laws' | 'eventPayloadType'>, answered?: PeerAudio): string {
    const at = (version: number) =>
      writeSdp(
        {
          ...own,
          sessionId: this.#sessionId,
          version,
          host: this.#advertisedHost,
          port: this.localPort,
          protocol: answered?.protocol ?? 'RTP/AVP',
          rtcpMux: answered?.rtcpMux ?? false,
        },
        answered,
      );
    if (at(this.#version) !== this.#lastWritten) {
      this.#version += 1;
      this.#lastWritten = at(this.#version);
    }
    return this.#lastWritten;
  }

  #received(bytes: Buffer, from: RemoteInfo): void {
    const head = this.#head;
    if (this.#rtcpMux && looksLikeRtcp(bytes)) return;
    if (!this.negotiated || !readRtp(bytes, head) || !this.#admits(from)) {
      this.#sink.discarded();
      return;
    }
    this.#sink.packet(
      head.payloadType,
      head.marker,
      head.sequence,
      head.timestamp,
      head.ssrc,
      bytes,
      head.payloadStart,
      head.payloadEnd,
      true,
    );
  }

  /**
   * The first packet after a description decides where the peer is, as phones behind NAT describe an address that cannot be reached.
   * After that only that address is heard, and the described one, which then stays. So nobody else can take over a running stream.
   */
  #admits(from: RemoteInfo): boolean {
    if (this.#latched && from.port === this.#peerPort && from.address === this.#peerHost) return true;
    const described = from.port === this.#describedPort && from.address === this.#describedHost;
    if (this.#latched && !described) return false;
    this.#latched = true;
    this.#peerHost = from.address;
    this.#peerPort = from.port;
    return true;
  }

  send(
    stream: OutboundStream,
    payloadType: number,
    bytes: Buffer,
    start: number,
    end: number,
    rewritable: boolean,
  ): void {
    if (this.#closed || !this.negotiated || !peerListens(this.negotiated.peerDirection) || this.#peerPort === 0) return;
    let packet = bytes;
    let at = start - RTP_HEAD_BYTES;
    const length = end - start + RTP_HEAD_BYTES;
    if (!rewritable || at < 0) {
      packet = Buffer.allocUnsafe(length);
      packet.set(bytes.subarray(start, end), RTP_HEAD_BYTES);
      at = 0;
    }
    writeRtpHead(packet, at, payloadType, stream.marker, stream.sequence, stream.timestamp, stream.ssrc);
    stream.packets += 1;
    stream.octets += end - start;
    this.#sockets.rtp.send(packet, at, length, this.#peerPort, this.#peerHost, ignoreSendError);
  }

  sendReport(report: Buffer): void {
    if (this.#closed || this.#peerPort === 0) return;
    if (this.#rtcpMux) this.#sockets.rtp.send(report, this.#peerPort, this.#peerHost, ignoreSendError);
    // Behind NAT the odd port is as far from the latched one as from the described one.
    else if (this.#peerPort === this.#describedPort) {
      this.#sockets.rtcp.send(report, this.#rtcpPort, this.#peerHost, ignoreSendError);
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#ports.giveBack(this.#sockets);
  }
}

/** A packet that could not be sent (peer's port closed, buffer full) is a lost packet, as on any network. */
function ignoreSendError(): void {}
