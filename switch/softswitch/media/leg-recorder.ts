import { addInto, type GrowingWav, TICK_SAMPLES, type WriteOutcome } from '../../../media/index.ts';
import { eachHeard, refreshAround } from './feed.ts';
import type { RecordingEnd } from './leg-media.ts';
import type { LegState, RunningRecording } from './leg-state.ts';

/** How far behind the clock timelines are read: late packets within this find their place. */
const DELAY_SAMPLES = 5 * TICK_SAMPLES;

const left = new Int16Array(TICK_SAMPLES);
const right = new Int16Array(TICK_SAMPLES);
const other = new Int16Array(TICK_SAMPLES);
const stereo = new Int16Array(2 * TICK_SAMPLES);

/** Writes 20 ms of both sides per beat. Both are read off the same wall clock, so they stay aligned whatever the network does. */
export class LegRecorder implements RunningRecording {
  readonly path: string;
  readonly ended: Promise<{ readonly reason: RecordingEnd; readonly durationMs: number }>;
  paused = false;
  readonly #leg: LegState;
  readonly #file: GrowingWav;
  #settle!: (end: { reason: RecordingEnd; durationMs: number }) => void;
  /** First position that is not written yet. */
  #position: number;
  readonly #from: number;
  #over = false;

  constructor(leg: LegState, path: string, file: GrowingWav) {
    this.path = path;
    this.#leg = leg;
    this.#file = file;
    this.#from = this.#position = leg.engine.position();
    this.ended = new Promise((resolve) => {
      this.#settle = resolve;
    });
    leg.engine.recorders.set(path, this);
    leg.recordings += 1;
    refreshAround(leg);
  }

  isOf(leg: LegState): boolean {
    return leg === this.#leg;
  }

  get durationMs(): number {
    return Math.round((this.#position - this.#from) / 8);
  }

  pause(): void {
    this.#catchUp();
    this.paused = true;
  }

  resume(): void {
    this.#catchUp();
    this.paused = false;
  }

  stop(): void {
    this.end('stopped');
  }

  /** Called every 20 ms with the position of the beat. */
  beat(position: number): void {
    this.#writeUntil(position - DELAY_SAMPLES);
    if (!this.#over && this.durationMs >= this.#leg.engine.maxRecordingMs) this.end('limit');
  }

  /** Writes all that has happened by now, without waiting for what may still be under way. */
  #catchUp(): void {
    this.#writeUntil(this.#leg.engine.position());
  }

  #writeUntil(position: number): void {
    while (!this.#over && this.#position + TICK_SAMPLES <= position) {
      const written = this.#writeFrame(this.#position);
      this.#position += TICK_SAMPLES;
      if (written !== 'written') this.end(written);
    }
  }

  #writeFrame(start: number): WriteOutcome {
    if (this.paused) stereo.fill(0);
    else {
      this.#leg.timeline.read(start, left);
      this.#readRight(start);
      for (let i = 0; i < TICK_SAMPLES; i += 1) {
        stereo[2 * i] = left[i]!;
        stereo[2 * i + 1] = right[i]!;
      }
    }
    return this.#file.write(stereo);
  }

  #readRight(start: number): void {
    const leg = this.#leg;
    right.fill(0);
    const add = (heard: LegState) => {
      heard.timeline.read(start, other);
      addInto(right, other);
    };
    if (leg.room) leg.room.eachOther(leg, add);
    else if (start >= leg.partnerSince) eachHeard(leg, false, add);
    else if (leg.formerPartner) add(leg.formerPartner);
  }

  /** Idempotent. */
  end(reason: RecordingEnd): void {
    if (this.#over) return;
    if (reason === 'stopped' || reason === 'leg-closed') this.#catchUp();
    if (this.#over) return;
    this.#over = true;
    const correct = this.#file.finish();
    this.#leg.engine.recorders.delete(this.path);
    this.#leg.recordings -= 1;
    refreshAround(this.#leg);
    this.#settle({ reason: correct || reason === 'disk-full' ? reason : 'write-failed', durationMs: this.durationMs });
  }
}
