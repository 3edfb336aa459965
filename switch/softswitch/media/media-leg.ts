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
import { sendDigits } from './digits.ts';
import { refreshFeed } from './feed.ts';
import { receivePacket, reportFailure, watchTimeout } from './inbound.ts';
import type {
  AcceptOutcome,
  AnswerOutcome,
  Direction,
  LegPlayback,
  LegStatistics,
  MediaFailure,
  MediaKind,
  Negotiated,
} from './leg-media.ts';
import type { EngineState, Feed, LegState, RunningPlayback, RunningRoom, RunningSupervision } from './leg-state.ts';
import { DEFAULT_STREAM, type MusicStream } from './music.ts';
import { startPlayback, stopPlayback } from './playback.ts';
import type { LegTransport, PacketSink } from './transport.ts';

let legsMade = 0;

/** A leg's media; see {@link LegState}. */
export class MediaLeg implements LegState, PacketSink {
  readonly number = (legsMade += 1);
  readonly engine: EngineState;
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
  partner: LegState | undefined;
  formerPartner: LegState | undefined;
  partnerSince = 0;
  held = false;
  holdStream: string = DEFAULT_STREAM;
  playback: RunningPlayback | undefined;
  music: MusicStream | undefined;
  digits: Generator<EventPacket | undefined, void> | undefined;
  digitTimestamp = 0;
  room: RunningRoom | undefined;
  mutedInRoom = false;
  supervising: RunningSupervision | undefined;
  readonly watchedBy = new Set<RunningSupervision>();
  recordings = 0;
  tapped = false;
  timeoutMs = 0;
  timeoutListener: (() => void) | undefined;
  timeoutFrom = 0;

  constructor(engine: EngineState) {
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
