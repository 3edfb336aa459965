/** Digits by row and column of the keypad (ITU-T Q.23). */
const ROWS_HZ = [697, 770, 852, 941] as const;
const COLUMNS_HZ = [1209, 1336, 1477, 1633] as const;
const KEYS = ['123A', '456B', '789C', '*0#D'] as const;

/** The two tones of a digit, Hz, or undefined when it is none. */
export function dtmfFrequencies(digit: string): readonly [number, number] | undefined {
  for (const [row, keys] of KEYS.entries()) {
    const column = digit.length === 1 ? keys.indexOf(digit.toUpperCase()) : -1;
    if (column >= 0) return [ROWS_HZ[row]!, COLUMNS_HZ[column]!];
  }
  return undefined;
}

/** Samples per look at 8 kHz: 102 give the tones' spacing and 12.75 ms steps (the length that Q.24 receivers commonly use, halved). */
const BLOCK = 102;
const BLOCK_MS = (BLOCK * 1000) / 8000;
/** A digit counts after this many equal looks (about 38 ms; Q.24 wants 40 ms taken, less than 20 ms refused). */
const BLOCKS_TO_BEGIN = 3;
/** A gap ends it only after this many looks without it, so that a lost packet does not make two digits of one. */
const BLOCKS_TO_END = 3;
/** Least power of a tone, and how much of the block's whole power the pair must hold. */
const LEAST_AMPLITUDE = 300;
const PAIR_SHARE = 0.8;
/** Row and column may differ by this much in power (Q.24 twist, 8 dB). */
const TWIST = 6.3;
const SECOND_BEST = 0.15;

function power(samples: Int16Array, hz: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / 8000);
  let s1 = 0;
  let s2 = 0;
  for (let i = 0; i < samples.length; i += 1) {
    const s0 = samples[i]! + coefficient * s1 - s2;
    s2 = s1;
    s1 = s0;
  }
  return (2 * (s1 * s1 + s2 * s2 - coefficient * s1 * s2)) / (samples.length * samples.length);
}

function strongest(samples: Int16Array, tones: readonly number[]): { index: number; power: number } | undefined {
  const powers = tones.map((hz) => power(samples, hz));
  const best = Math.max(...powers);
  const index = powers.indexOf(best);
  return powers.some((other, i) => i !== index && other > best * SECOND_BEST) ? undefined : { index, power: best };
}

function keyOf(block: Int16Array): string | undefined {
  let total = 0;
  for (const sample of block) total += sample * sample;
  total /= block.length;
  if (total < LEAST_AMPLITUDE * LEAST_AMPLITUDE) return undefined;
  const row = strongest(block, ROWS_HZ);
  const column = strongest(block, COLUMNS_HZ);
  if (!row || !column) return undefined;
  const twist = row.power > column.power ? row.power / column.power : column.power / row.power;
  if (twist > TWIST || row.power + column.power < total * PAIR_SHARE) return undefined;
  return KEYS[row.index]![column.index];
}

/** Finds keypad tones in speech-band sound at 8 kHz: for phones that know no telephone-event. One report per press. */
export class DtmfDetector {
  readonly #onDigit: (digit: string, durationMs: number) => void;
  readonly #block = new Int16Array(BLOCK);
  #filled = 0;
  #candidate: string | undefined;
  #seen = 0;
  #missed = 0;
  #reported = false;

  constructor(onDigit: (digit: string, durationMs: number) => void) {
    this.#onDigit = onDigit;
  }

  push(codes: Uint8Array, toLinear: Int16Array): void {
    for (const code of codes) {
      this.#block[this.#filled] = toLinear[code]!;
      this.#filled += 1;
      if (this.#filled === BLOCK) {
        this.#filled = 0;
        this.#look(keyOf(this.#block));
      }
    }
  }

  #look(key: string | undefined): void {
    if (key !== undefined && key === this.#candidate) {
      this.#seen += 1;
      this.#missed = 0;
    } else if (this.#reported && this.#missed + 1 < BLOCKS_TO_END) {
      this.#missed += 1;
    } else {
      this.#candidate = key;
      this.#seen = key === undefined ? 0 : 1;
      this.#missed = 0;
      this.#reported = false;
    }
    if (!this.#reported && this.#seen >= BLOCKS_TO_BEGIN) {
      this.#reported = true;
      this.#onDigit(this.#candidate!, Math.round(this.#seen * BLOCK_MS));
    }
  }
}
