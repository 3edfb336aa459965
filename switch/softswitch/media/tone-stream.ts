import { TICK_SAMPLES } from '../../../media/index.ts';

/** One beat of a tone script: the frequencies sound for `onMs`, then `offMs` of silence. */
export interface ToneBeat {
  readonly onMs: number;
  readonly offMs: number;
  readonly frequenciesHz: readonly number[];
}

export interface ToneScript {
  readonly beats: readonly ToneBeat[];
  /** How often all beats are played; Infinity for `loops=-1`. */
  readonly loops: number;
  /** Of each frequency, dB relative to full scale. */
  readonly levelDb: number;
}

const MAX_SPEC_LENGTH = 1000;
const MAX_BEATS = 64;
const MAX_FREQUENCIES = 6;
const MAX_BEAT_MS = 3_600_000;
/** FreeSWITCH plays at -7 dBm0 unless `v=` says otherwise; full scale is +3.14 dBm0 (ITU-T G.711). */
const DEFAULT_DBM0 = -7;
const FULL_SCALE_DBM0 = 3.14;

function beatOf(text: string): ToneBeat | undefined {
  const match = /^%\(([\d., ]+)\)$/.exec(text);
  if (!match) return undefined;
  const numbers = match[1]!.split(',').map((part) => Number(part.trim() || Number.NaN));
  if (numbers.some((value) => !Number.isFinite(value))) return undefined;
  const [onMs, offMs, ...frequenciesHz] = numbers;
  if (onMs === undefined || offMs === undefined || onMs > MAX_BEAT_MS || offMs > MAX_BEAT_MS) return undefined;
  if (onMs + offMs < 1 || frequenciesHz.length < 1 || frequenciesHz.length > MAX_FREQUENCIES) return undefined;
  if (frequenciesHz.some((hz) => hz >= 4000)) return undefined;
  return { onMs, offMs, frequenciesHz };
}

function loopsOf(text: string): number | undefined {
  const loops = Number(text);
  if (!Number.isInteger(loops) || loops < -1 || loops > 1_000_000) return undefined;
  return loops === -1 ? Number.POSITIVE_INFINITY : Math.max(1, loops);
}

/**
 * Reads what follows `tone_stream://`: `%(on_ms,off_ms,hz[,hz…])` one or more times, `l=N` repeats and `v=dB` volume, separated by `;`,
 * and `;loops=N` (-1 for ever). Undefined when it is not in that form or outside its limits.
 */
export function parseToneStream(spec: string): ToneScript | undefined {
  if (spec.length > MAX_SPEC_LENGTH) return undefined;
  const beats: ToneBeat[] = [];
  let loops = 1;
  let dbm0 = DEFAULT_DBM0;
  // Beats may follow each other with or without a separator.
  for (const part of spec.replaceAll('%(', ';%(').split(';')) {
    const text = part.trim();
    if (text === '') continue;
    const option = /^(loops|l|v)=(-?\d+(?:\.\d+)?)$/i.exec(text);
    if (option && option[1]!.toLowerCase() === 'v') {
      dbm0 = Number(option[2]);
      if (dbm0 > 0 || dbm0 < -60) return undefined;
    } else if (option) {
      const count = loopsOf(option[2]!);
      if (count === undefined) return undefined;
      loops = count;
    } else {
      const beat = beatOf(text);
      if (!beat || beats.length >= MAX_BEATS) return undefined;
      beats.push(beat);
    }
  }
  return beats.length === 0 ? undefined : { beats, loops, levelDb: dbm0 - FULL_SCALE_DBM0 };
}

/** Plays a script, 20 ms at a time. */
export class TonePlayer {
  readonly #script: ToneScript;
  readonly #amplitude: number;
  #loop = 0;
  #beat = 0;
  /** Samples into the present beat. */
  #at = 0;

  constructor(script: ToneScript) {
    this.#script = script;
    this.#amplitude = 32_767 * 10 ** (script.levelDb / 20);
  }

  /** Fills `target` from its start; fewer than {@link TICK_SAMPLES} means that the script is over. */
  read(target: Int16Array): number {
    let filled = 0;
    while (filled < TICK_SAMPLES && this.#loop < this.#script.loops) {
      const beat = this.#script.beats[this.#beat]!;
      const on = Math.round(beat.onMs * 8);
      const length = Math.max(1, on + Math.round(beat.offMs * 8));
      while (filled < TICK_SAMPLES && this.#at < length) {
        target[filled] = this.#at < on ? this.#sample(beat) : 0;
        filled += 1;
        this.#at += 1;
      }
      if (this.#at >= length) this.#nextBeat();
    }
    return filled;
  }

  #sample(beat: ToneBeat): number {
    let sum = 0;
    for (const hz of beat.frequenciesHz) sum += Math.sin((2 * Math.PI * hz * this.#at) / 8000);
    return Math.max(-32_767, Math.min(32_767, Math.round(sum * this.#amplitude)));
  }

  #nextBeat(): void {
    this.#at = 0;
    this.#beat += 1;
    if (this.#beat < this.#script.beats.length) return;
    this.#beat = 0;
    this.#loop += 1;
  }
}
