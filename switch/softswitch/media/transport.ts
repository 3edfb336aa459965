import type { OutboundStream } from '../../../media/index.ts';
import type { AcceptOutcome, AnswerOutcome, Direction, MediaFailure, MediaKind, Negotiated } from './leg-media.ts';

/** Where a transport delivers what it received; numbers as in the RTP head, payload as a stretch of `bytes`. */
export interface PacketSink {
  /**
   * @param rewritable the 12 bytes before `start` and the payload may be overwritten and sent on
   * @param peerEvents true when the payload type is the one agreed for telephone-event
   */
  packet(
    payloadType: number,
    marker: boolean,
    sequence: number,
    timestamp: number,
    ssrc: number,
    bytes: Buffer,
    start: number,
    end: number,
    rewritable: boolean,
  ): void;
  discarded(): void;
  /** What was agreed changed, or sound can flow from now on. */
  changed(): void;
  failed(failure: MediaFailure): void;
}

/** What carries a leg's packets, and describes itself in SDP. */
export interface LegTransport {
  readonly kind: MediaKind;
  readonly localPort: number;
  readonly ready: boolean;
  readonly negotiated: Negotiated | undefined;
  /** Payload type for telephone-event in our direction; undefined when not agreed. */
  readonly eventPayloadTypeOut: number | undefined;
  readonly eventPayloadTypeIn: number | undefined;
  acceptOffer(sdp: string): Promise<AnswerOutcome>;
  createOffer(direction: Direction): Promise<string>;
  acceptAnswer(sdp: string): Promise<AcceptOutcome>;
  /** Sends the packet that `stream` has prepared. */
  send(
    stream: OutboundStream,
    payloadType: number,
    bytes: Buffer,
    start: number,
    end: number,
    rewritable: boolean,
  ): void;
  /** Sends a report; transports that make their own do nothing. */
  sendReport(report: Buffer): void;
  close(): Promise<void>;
}
