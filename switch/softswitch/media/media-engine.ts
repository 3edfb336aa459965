import { SoundLibrary, TICK_SAMPLES, Ticker } from '../../../media/index.ts';
import { checkTimeout } from './inbound.ts';
import type { MediaHostOptions } from './leg-media.ts';
import type { EngineState, LegState, RunningRecording, RunningRoom } from './leg-state.ts';
import { Music } from './music.ts';
import { sendLegReport, sendPacedFrame } from './outbound.ts';

const REPORT_TICKS = 250;
const TIMEOUT_TICKS = 25;

/** What all legs of one host share: the beat, who is paced by it, sounds, music, limits. */
export class MediaEngine implements EngineState {
  readonly host: string;
  readonly maxRecordings: number;
  readonly maxRecordingMs: number;
  readonly soundsDir: string | undefined;
  readonly sounds = new SoundLibrary(8000);
  readonly music = new Music();
  readonly legs = new Set<LegState>();
  /** Legs to which frames of our own making are sent. */
  readonly paced = new Set<LegState>();
  readonly rooms = new Set<RunningRoom>();
  /** By path. */
  readonly recorders = new Map<string, RunningRecording>();
  readonly #ticker: Ticker;

  constructor(options: MediaHostOptions) {
    this.host = options.host;
    this.maxRecordings = options.maxRecordings ?? 1000;
    this.maxRecordingMs = options.maxRecordingMs ?? 12 * 3_600_000;
    this.soundsDir = options.soundsDir;
    this.#ticker = new Ticker((tick) => this.#beat(tick));
    if (options.musicDir !== undefined) void this.music.load(options.musicDir, this.sounds);
  }

  /** Now, on the axis of samples that all legs share. */
  position(): number {
    return this.#ticker.position();
  }

  #beat(tick: number): void {
    const position = tick * TICK_SAMPLES;
    for (const room of this.rooms) room.mix(position);
    for (const leg of this.paced) sendPacedFrame(leg, tick, position);
    for (const recorder of this.recorders.values()) recorder.beat(position);
    // Reports and timeouts are spread over the ticks by the leg's number, so that no tick does all of them.
    for (const leg of this.legs) {
      if ((tick + leg.number) % REPORT_TICKS === 0) sendLegReport(leg);
      if ((tick + leg.number) % TIMEOUT_TICKS === 0) checkTimeout(leg);
    }
  }

  close(): void {
    this.#ticker.close();
  }
}
