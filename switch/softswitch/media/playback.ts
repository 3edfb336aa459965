import { TICK_SAMPLES } from '../../../media/index.ts';
import { refreshFeed } from './feed.ts';
import type { LegPlayback, PlaybackEnd } from './leg-media.ts';
import type { LegState, RunningPlayback } from './leg-state.ts';
import { resolveSound, type SoundSource, type SourceMaker } from './sound-source.ts';

/** Sounds in one playback. */
const MAX_SOUNDS = 100;

/** A playback that was asked for; `running` once its sounds are found. */
export class ActivePlayback implements RunningPlayback {
  readonly outcome: Promise<PlaybackEnd>;
  readonly #leg: LegState;
  readonly #loop: boolean;
  #settle!: (end: PlaybackEnd) => void;
  #makers: readonly SourceMaker[] = [];
  #index = 0;
  #source: SoundSource | undefined;
  #samples = 0;
  #over = false;

  constructor(leg: LegState, loop: boolean) {
    this.#leg = leg;
    this.#loop = loop;
    this.outcome = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  get running(): boolean {
    return this.#source !== undefined && !this.#over;
  }

  get playedMs(): number {
    return this.#samples / 8;
  }

  begin(makers: readonly SourceMaker[]): void {
    if (this.#over) return;
    this.#makers = makers;
    this.#source = makers[0]?.();
    if (this.#source) refreshFeed(this.#leg);
    else this.end({ kind: 'done' });
  }

  /** Fills 160 samples, the rest after the last sound with silence; false when there was nothing left. */
  read(target: Int16Array, tick: number): boolean {
    let filled = 0;
    let turns = 0;
    while (this.#source && filled < TICK_SAMPLES) {
      const count = this.#source.read(filled === 0 ? target : target.subarray(filled), tick);
      filled = Math.min(TICK_SAMPLES, filled + count);
      if (filled >= TICK_SAMPLES) break;
      this.#next();
      // A loop over nothing but empty sounds ends here instead of turning for ever.
      if ((turns += 1) > MAX_SOUNDS) this.#source = undefined;
    }
    this.#samples += filled;
    if (filled < TICK_SAMPLES) {
      target.fill(0, filled);
      this.end({ kind: 'done' });
    }
    return filled > 0;
  }

  #next(): void {
    this.#index += 1;
    if (this.#index >= this.#makers.length && this.#loop) this.#index = 0;
    this.#source = this.#makers[this.#index]?.();
  }

  end(end: PlaybackEnd): void {
    if (this.#over) return;
    this.#over = true;
    this.#source = undefined;
    if (this.#leg.playback === this) {
      this.#leg.playback = undefined;
      refreshFeed(this.#leg);
    }
    this.#settle(end);
  }

  stop(): void {
    this.end({ kind: 'stopped' });
  }
}

/** See `LegMedia.play`. Sounds are looked up before the first is heard, so that a missing one is known at once. */
export function startPlayback(leg: LegState, sounds: readonly string[], loop: boolean): LegPlayback {
  stopPlayback(leg);
  const playback = new ActivePlayback(leg, loop);
  if (leg.closed) {
    playback.stop();
    return playback;
  }
  leg.playback = playback;
  void find(leg, sounds.slice(0, MAX_SOUNDS), playback);
  return playback;
}

async function find(leg: LegState, sounds: readonly string[], playback: ActivePlayback): Promise<void> {
  const makers: SourceMaker[] = [];
  for (const sound of sounds) {
    const maker = await resolveSound(leg.engine, sound);
    if (!maker) return playback.end({ kind: 'missing', sound });
    makers.push(maker);
  }
  playback.begin(makers);
}

export function stopPlayback(leg: LegState): void {
  leg.playback?.stop();
}

/** The next 20 ms of the leg's playback. */
export function readPlayback(leg: LegState, target: Int16Array, tick: number): boolean {
  return leg.playback?.read(target, tick) ?? false;
}
