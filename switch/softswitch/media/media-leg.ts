import {
  DtmfDetector,
  type EventPacket,
  EventReceiver,
  type G711,
  OutboundStream,
  PCMA,
  PCMU,
  Reception,
  Timeline,
} from '../../../media/index.ts';
import { closeLeg } from './close-leg.ts';
import type { ConferenceRoom } from './conference.ts';
import { sendDigits } from './digits.ts';
import { refreshFeed } from './feed.ts';
import { receivePacket, reportFailure, watchTimeout } from './inbound.ts';
import type {
  AcceptOutcome,
  AnswerOutcome,
  Direction,
  LegMedia,
  LegPlayback,
  LegStatistics,
  MediaFailure,
  MediaKind,
  Negotiated,
} from './leg-media.ts';
import type { MediaEngine } from './media-engine.ts';
import { DEFAULT_STREAM, type MusicStream } from './music.ts';
import { type ActivePlayback, startPlayback, stopPlayback } from './playback.ts';
import type { Supervision } from './supervise.ts';
import type { LegTransport, PacketSink } from './transport.ts';

let legsMade = 0;

/** What the leg hears at the moment; see {@link refreshFeed}. */
export type Feed = 'nothing' | 'relay' | 'playback' | 'music' | 'mix' | 'room';

/** Identity and state of a leg's media. What is done with it stands in functions, one file each. */
export class MediaLeg implements LegMedia, PacketSink {
  /** Counts up in this process; spreads slow work over the ticks. */
  readonly number = (legsMade += 1);
  readonly engine: MediaEngine;
  readonly reception = new Reception();
  readonly stream: OutboundStream;
  readonly timeline = new Timeline();
  readonly events: EventReceiver;
  readonly detector: DtmfDetector;
  readonly digitListeners = new Set<(digit: string, durationMs: number) => void>();
  readonly failureListeners = new Set<(failure: MediaFailure) => void>();
  transport!: LegTransport;
  closed = false;
  mutedIn = false;
  mutedOut = false;
  law: G711 = PCMU;
  feed: Feed = 'nothing';
  partner: MediaLeg | undefined;
  /** Who the partner was until `partnerSince` (position); recordings run a little behind. */
  formerPartner: MediaLeg | undefined;
  partnerSince = 0;
  held = false;
  /** What the partner hears while this leg is held. */
  holdStream: string = DEFAULT_STREAM;
  playback: ActivePlayback | undefined;
  music: MusicStream | undefined;
  digits: Generator<EventPacket | undefined, void> | undefined;
  digitTimestamp = 0;
  room: ConferenceRoom | undefined;
  mutedInRoom = false;
  /** Where this leg is the supervisor. */
  supervising: Supervision | undefined;
  /** Where this leg is watched. */
  readonly watchedBy = new Set<Supervision>();
  /** Recordings of this leg that run. */
  recordings = 0;
  /** Somebody reads the timeline. */
  tapped = false;
  timeoutMs = 0;
  timeoutListener: (() => void) | undefined;
  timeoutFrom = 0;

  constructor(engine: MediaEngine) {
    this.engine = engine;
    this.stream = new OutboundStream(engine.position());
    const onDigit = (digit: string, durationMs: number) => this.injectDigit(digit, durationMs);
    this.events = new EventReceiver(onDigit);
    this.detector = new DtmfDetector(onDigit);
  }

  get kind(): MediaKind {
    return this.transport.kind;
  }

  get localPort(): number {
    return this.transport.localPort;
  }

  get negotiated(): Negotiated | undefined {
    return this.transport.negotiated;
  }

  get ready(): boolean {
    return this.transport.ready;
  }

  acceptOffer(sdp: string): Promise<AnswerOutcome> {
    return this.transport.acceptOffer(sdp);
  }

  createOffer(options?: { readonly direction?: Direction }): Promise<string> {
    return this.transport.createOffer(options?.direction ?? 'sendrecv');
  }

  acceptAnswer(sdp: string): Promise<AcceptOutcome> {
    return this.transport.acceptAnswer(sdp);
  }

  play(sounds: readonly string[], options?: { readonly loop?: boolean }): LegPlayback {
    return startPlayback(this, sounds, options?.loop ?? false);
  }

  stopPlayback(): void {
    stopPlayback(this);
  }

  startMusic(stream?: string): void {
    if (this.closed || this.partner || this.room || this.supervising) return;
    this.music = this.engine.music.stream(stream);
    refreshFeed(this);
  }

  stopMusic(): void {
    this.music = undefined;
    refreshFeed(this);
  }

  sendDigits(digits: string, options?: { readonly durationMs?: number }): void {
    sendDigits(this, digits, options?.durationMs);
  }

  onDigit(listener: (digit: string, durationMs: number) => void): () => void {
    this.digitListeners.add(listener);
    return () => this.digitListeners.delete(listener);
  }

  injectDigit(digit: string, durationMs: number): void {
    for (const listener of this.digitListeners) listener(digit, durationMs);
  }

  onTimeout(seconds: number, listener: () => void): () => void {
    return watchTimeout(this, seconds, listener);
  }

  onFailure(listener: (failure: MediaFailure) => void): () => void {
    this.failureListeners.add(listener);
    return () => this.failureListeners.delete(listener);
  }

  mute(side: 'in' | 'out', muted: boolean): void {
    if (side === 'in') this.mutedIn = muted;
    else this.mutedOut = muted;
    this.partner?.stream.breakOff();
  }

  statistics(): LegStatistics {
    const { lastAtMs } = this.reception;
    return {
      packetsReceived: this.reception.received,
      packetsSent: this.stream.packets,
      packetsLost: this.reception.lost,
      packetsDiscarded: this.reception.discarded,
      jitterMs: this.reception.jitterMs,
      lastPacketAtMs: lastAtMs === undefined ? undefined : Math.round(performance.timeOrigin + lastAtMs),
    };
  }

  close(): Promise<void> {
    return closeLeg(this);
  }

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
  ): void {
    receivePacket(this, payloadType, marker, sequence, timestamp, ssrc, bytes, start, end, rewritable);
  }

  discarded(): void {
    this.reception.discarded += 1;
  }

  changed(): void {
    this.law = this.negotiated?.law === 'PCMA' ? PCMA : PCMU;
    this.timeoutFrom = performance.now();
    refreshFeed(this);
  }

  failed(failure: MediaFailure): void {
    reportFailure(this, failure);
  }
}
