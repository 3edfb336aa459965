import type {
  DtmfDetector,
  EventPacket,
  EventReceiver,
  G711,
  OutboundStream,
  Reception,
  SoundLibrary,
  Timeline,
} from '../../../media/index.ts';
import type {
  LegConference,
  LegMedia,
  LegPlayback,
  LegRecording,
  LegSupervision,
  MediaFailure,
  PlaybackEnd,
  RecordingEnd,
} from './leg-media.ts';
import type { Music, MusicStream } from './music.ts';
import type { LegTransport } from './transport.ts';

/** What the leg hears at the moment; see `refreshFeed`. */
export type Feed = 'nothing' | 'relay' | 'playback' | 'music' | 'mix' | 'room';

/** A playback from the inside. */
export interface RunningPlayback extends LegPlayback {
  /** Its sounds are found, and it is not over. */
  readonly running: boolean;
  /** Fills 160 samples; false when there was nothing left. */
  read(target: Int16Array, tick: number): boolean;
  end(end: PlaybackEnd): void;
}

/** A supervision from the inside. */
export interface RunningSupervision extends LegSupervision {
  readonly supervisor: LegState;
  readonly watched: LegState;
}

/** A recording from the inside. */
export interface RunningRecording extends LegRecording {
  isOf(leg: LegState): boolean;
  /** Called every 20 ms with the position of the beat. */
  beat(position: number): void;
  /** Idempotent. */
  end(reason: RecordingEnd): void;
}

/** A room from the inside. */
export interface RunningRoom extends LegConference {
  /** Sends everybody what the others said in the 20 ms of this beat. */
  mix(position: number): void;
  /** Everybody in the room whom `leg` can hear. */
  eachOther(leg: LegState, visit: (other: LegState) => void): void;
}

/** What all legs of one host share: the beat, who is paced by it, sounds, music, limits. */
export interface EngineState {
  readonly maxRecordings: number;
  readonly maxRecordingMs: number;
  readonly soundsDir: string | undefined;
  readonly sounds: SoundLibrary;
  readonly music: Music;
  readonly legs: Set<LegState>;
  /** Legs to which frames of our own making are sent. */
  readonly paced: Set<LegState>;
  readonly rooms: Set<RunningRoom>;
  /** By path. */
  readonly recorders: Map<string, RunningRecording>;
  /** Now, on the axis of samples that all legs share. */
  position(): number;
}

/** Identity and state of a leg's media. What is done with it stands in functions, one file each. */
export interface LegState extends LegMedia {
  /** Counts up in this process; spreads slow work over the ticks. */
  readonly number: number;
  readonly engine: EngineState;
  readonly transport: LegTransport;
  readonly reception: Reception;
  readonly stream: OutboundStream;
  readonly timeline: Timeline;
  readonly events: EventReceiver;
  readonly detector: DtmfDetector;
  readonly digitListeners: Set<(digit: string, durationMs: number) => void>;
  readonly failureListeners: Set<(failure: MediaFailure) => void>;
  closed: boolean;
  law: G711;
  feed: Feed;
  partner: LegState | undefined;
  /** Who the partner was until `partnerSince` (position); recordings run a little behind. */
  formerPartner: LegState | undefined;
  partnerSince: number;
  held: boolean;
  /** What the partner hears while this leg is held. */
  holdStream: string;
  playback: RunningPlayback | undefined;
  /** Music of its own, outside a conversation. */
  music: MusicStream | undefined;
  digits: Generator<EventPacket | undefined, void> | undefined;
  digitTimestamp: number;
  room: RunningRoom | undefined;
  mutedInRoom: boolean;
  /** Where this leg is the supervisor. */
  supervising: RunningSupervision | undefined;
  /** Where this leg is watched. */
  readonly watchedBy: Set<RunningSupervision>;
  /** Recordings of this leg that run. */
  recordings: number;
  /** Somebody reads the timeline. */
  tapped: boolean;
  /** 0 when nobody watches for silence. */
  timeoutMs: number;
  timeoutListener: (() => void) | undefined;
  /** Silence counts from here at the earliest, monotonic ms. */
  timeoutFrom: number;
  discarded(): void;
}
