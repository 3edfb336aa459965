import { randomInt } from 'node:crypto';
import { RTCPeerConnection, RTCRtpCodecParameters, type RTCRtpTransceiver, RtpHeader, type RtpPacket } from 'werift';
import type { OutboundStream } from '../../../media/index.ts';
import type { AcceptOutcome, AnswerOutcome, Direction, Law, Negotiated, SdpRefused } from './leg-media.ts';
import type { RtpPorts } from './rtp-ports.ts';
import { answerDirection, type PeerAudio, peerListens, readSdp } from './sdp.ts';
import type { LegTransport, PacketSink } from './transport.ts';

const OFFERED_EVENT_PAYLOAD_TYPE = 101;
const OFFERED_LAWS: readonly Law[] = ['PCMU', 'PCMA'];
/** Host candidates are there at once; this bounds what a fault of the library could hold up. */
const GATHER_DEADLINE_MS = 5000;

const MIME_TYPES = { PCMU: 'audio/PCMU', PCMA: 'audio/PCMA' } as const satisfies Record<Law, string>;
const PAYLOAD_TYPES = { PCMU: 0, PCMA: 8 } as const satisfies Record<Law, number>;

function codecs(laws: readonly Law[], eventPayloadType: number | undefined): RTCRtpCodecParameters[] {
  const list = laws.map(
    (law) =>
      new RTCRtpCodecParameters({
        mimeType: MIME_TYPES[law],
        clockRate: 8000,
        channels: 1,
        payloadType: PAYLOAD_TYPES[law],
      }),
  );
  if (eventPayloadType !== undefined) {
    const parameters = { clockRate: 8000, channels: 1, payloadType: eventPayloadType, parameters: '0-15' };
    list.push(new RTCRtpCodecParameters({ mimeType: 'audio/telephone-event', ...parameters }));
  }
  return list;
}

function refused(reason: SdpRefused['reason'], detail: string): SdpRefused {
  return { kind: 'refused', reason, detail: detail.slice(0, 200) };
}

/** A browser's leg: ICE and DTLS-SRTP. The library stays behind this file. */
export class WebRtcTransport implements LegTransport {
  readonly kind = 'webrtc';
  readonly localPort = 0;
  negotiated: Negotiated | undefined;
  eventPayloadTypeOut: number | undefined;
  eventPayloadTypeIn: number | undefined;
  ready = false;
  readonly #host: string;
  readonly #advertisedHost: string;
  readonly #ports: RtpPorts;
  readonly #port: number;
  readonly #sink: PacketSink;
  readonly #sessionId = randomInt(1, 2 ** 31);
  #peer: RTCPeerConnection | undefined;
  #transceiver: RTCRtpTransceiver | undefined;
  #offerPending = false;
  #lastAnswerSdp = '';
  #version = 0;
  #lastBody = '';
  #closed = false;

  /** @param port even; it and the one above are this leg's */
  constructor(options: { host: string; advertisedHost: string; ports: RtpPorts; port: number; sink: PacketSink }) {
    this.#host = options.host;
    this.#advertisedHost = options.advertisedHost;
    this.#ports = options.ports;
    this.#port = options.port;
    this.#sink = options.sink;
  }

  async acceptOffer(sdp: string): Promise<AnswerOutcome> {
    const read = this.#read(sdp);
    if (read.kind === 'refused') return read;
    const { audio } = read;
    const current = this.negotiated?.law;
    const law =
      current && audio.laws.includes(current) ? current : OFFERED_LAWS.find((own) => audio.laws.includes(own))!;
    try {
      const peer = this.#connection([law], audio.eventPayloadType);
      await peer.setRemoteDescription({ type: 'offer', sdp });
      this.#transceiver?.setDirection(answerDirection(audio.direction, 'sendrecv'));
      await peer.setLocalDescription(await peer.createAnswer());
      const answer = await this.#describe(peer);
      if (answer === undefined) return refused('closed', 'no candidate could be gathered');
      return { kind: 'answer', sdp: answer, negotiated: this.#take(audio, law) };
    } catch (error) {
      return refused('invalid-sdp', `the offer cannot be used: ${(error as Error).message}`);
    }
  }

  async createOffer(direction: Direction): Promise<string> {
    if (this.#closed) return '';
    const peer = this.#connection(OFFERED_LAWS, OFFERED_EVENT_PAYLOAD_TYPE);
    this.#transceiver?.setDirection(direction);
    await peer.setLocalDescription(await peer.createOffer());
    this.#offerPending = true;
    return (await this.#describe(peer)) ?? '';
  }

  async acceptAnswer(sdp: string): Promise<AcceptOutcome> {
    const read = this.#read(sdp);
    if (read.kind === 'refused') return read;
    const { audio } = read;
    // The same answer again (183, then 200) has been applied already.
    if (!this.#offerPending && this.negotiated && sdp === this.#lastAnswerSdp) {
      return { kind: 'accepted', negotiated: this.negotiated };
    }
    if (!this.#peer || !this.#offerPending) return refused('invalid-sdp', 'there is no offer that this could answer');
    try {
      await this.#peer.setRemoteDescription({ type: 'answer', sdp });
      this.#offerPending = false;
      this.#lastAnswerSdp = sdp;
      return { kind: 'accepted', negotiated: this.#take(audio, audio.laws[0]!) };
    } catch (error) {
      return refused('invalid-sdp', `the answer cannot be used: ${(error as Error).message}`);
    }
  }

  #read(sdp: string): ReturnType<typeof readSdp> {
    if (this.#closed) return refused('closed', 'the leg is closed');
    const read = readSdp(sdp);
    if (read.kind === 'audio' && !read.audio.webrtc) return refused('encryption-mismatch', 'this leg speaks WebRTC');
    if (read.kind === 'audio' && !/^a=fingerprint:/m.test(sdp))
      return refused('encryption-mismatch', 'there is no fingerprint');
    return read;
  }

  #connection(laws: readonly Law[], eventPayloadType: number | undefined): RTCPeerConnection {
    if (this.#peer) return this.#peer;
    const peer = new RTCPeerConnection({
      iceServers: [],
      // Only the configured address: no others are gathered, and the sockets are bound to it.
      iceUseIpv4: false,
      iceUseIpv6: false,
      iceAdditionalHostAddresses: [this.#host],
      iceInterfaceAddresses: { udp4: this.#host },
      icePortRange: [this.#port, this.#port + 1],
      bundlePolicy: 'max-bundle',
      codecs: { audio: codecs(laws, eventPayloadType) },
      headerExtensions: { audio: [] },
    });
    this.#peer = peer;
    this.#transceiver = peer.addTransceiver('audio', { direction: 'sendrecv' });
    peer.onTrack.subscribe((track) => {
      track.onReceiveRtp.subscribe((packet) => this.#received(packet));
    });
    peer.connectionStateChange.subscribe((state) => this.#stateChanged(state));
    return peer;
  }

  #stateChanged(state: RTCPeerConnection['connectionState']): void {
    if (this.#closed) return;
    const before = this.ready;
    this.ready = state === 'connected' || (before && state === 'disconnected');
    if (state === 'failed' || state === 'closed') {
      const iceUp = this.#peer?.iceConnectionState === 'connected' || this.#peer?.iceConnectionState === 'completed';
      this.#sink.failed(iceUp ? 'dtls-failed' : 'ice-failed');
    } else if (this.ready !== before) this.#sink.changed();
  }

  #take(audio: PeerAudio, law: Law): Negotiated {
    this.eventPayloadTypeOut = audio.eventPayloadType;
    this.eventPayloadTypeIn = audio.eventPayloadType;
    this.negotiated = {
      law,
      telephoneEvent: audio.eventPayloadType !== undefined,
      peerDirection: audio.direction,
      heldByPeer: audio.direction === 'sendonly' || audio.direction === 'inactive',
    };
    this.#sink.changed();
    return this.negotiated;
  }

  /** The local description once it holds a candidate, with a session line that counts up. Undefined when none came. */
  async #describe(peer: RTCPeerConnection): Promise<string | undefined> {
    if (peer.iceGatheringState !== 'complete') {
      await peer.iceGatheringStateChange
        .watch((state) => state === 'complete', GATHER_DEADLINE_MS)
        .catch(() => undefined);
    }
    const sdp = peer.localDescription?.sdp ?? '';
    if (!/^a=candidate:/m.test(sdp)) return undefined;
    const body = sdp.replace(/^o=.*$/m, 'o=-').replaceAll(` ${this.#host} `, ` ${this.#advertisedHost} `);
    if (body !== this.#lastBody) this.#version += 1;
    this.#lastBody = body;
    return body.replace('o=-', `o=- ${this.#sessionId} ${this.#version} IN IP4 ${this.#advertisedHost}`);
  }

  #received({ header, payload }: RtpPacket): void {
    if (this.#closed || !this.negotiated) return;
    const { payloadType, marker, sequenceNumber, timestamp, ssrc } = header;
    this.#sink.packet(payloadType, marker, sequenceNumber, timestamp, ssrc, payload, 0, payload.length, false);
  }

  send(stream: OutboundStream, payloadType: number, bytes: Buffer, start: number, end: number): void {
    const transceiver = this.#transceiver;
    if (!this.ready || !transceiver || !this.negotiated || !peerListens(this.negotiated.peerDirection)) return;
    const header = new RtpHeader({
      version: 2,
      payloadType,
      marker: stream.marker,
      sequenceNumber: stream.sequence,
      timestamp: stream.timestamp,
      ssrc: transceiver.sender.ssrc,
    });
    stream.packets += 1;
    stream.octets += end - start;
    // Straight to the transport: the library's sender would write its first codec's payload type over that of events.
    void transceiver.dtlsTransport.sendRtp(bytes.subarray(start, end), header);
  }

  /** The library reports by itself. */
  sendReport(): void {}

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.ready = false;
    await this.#peer?.close().catch(() => undefined);
    this.#ports.release(this.#port);
  }
}
