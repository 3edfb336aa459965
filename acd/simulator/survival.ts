import type { RandomStream } from './random-stream.ts';

/** How long somebody waited; `left`: by their own will, else they were answered or sent on and would have waited longer. */
export interface Wait {
  readonly waitMs: number;
  readonly left: boolean;
}

/** Survival of patience (Kaplan–Meier): at `atMs[i]` the share `share[i]` is still willing to wait. */
export interface Survival {
  readonly atMs: readonly number[];
  readonly share: readonly number[];
}

/**
 * Product-limit estimate: those who were answered tell only that they had at least that much patience, and dropping them would make everybody
 * look impatient. Kaplan and Meier 1958.
 */
export function survivalOf(waits: readonly Wait[]): Survival {
  const sorted = [...waits].sort((a, b) => a.waitMs - b.waitMs);
  const atMs: number[] = [];
  const share: number[] = [];
  let survives = 1;
  for (let index = 0; index < sorted.length; ) {
    const timeMs = sorted[index]!.waitMs;
    const atRisk = sorted.length - index;
    let leaving = 0;
    for (; index < sorted.length && sorted[index]!.waitMs === timeMs; index++) if (sorted[index]!.left) leaving++;
    if (leaving === 0) continue;
    survives *= 1 - leaving / atRisk;
    atMs.push(timeMs);
    share.push(survives);
  }
  return { atMs, share };
}

/** Share still willing to wait after `timeMs`. */
export function survivingAt({ atMs, share }: Survival, timeMs: number): number {
  let low = 0;
  let high = atMs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (atMs[middle]! <= timeMs) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 1 : share[low - 1]!;
}

/** A patience of somebody who is known to wait `leastMs`; undefined: longer than anybody was seen to leave. */
export function drawPatienceMs(survival: Survival, leastMs: number, random: RandomStream): number | undefined {
  const goal = survivingAt(survival, leastMs) * (1 - random());
  let low = 0;
  let high = survival.share.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (survival.share[middle]! < goal) high = middle;
    else low = middle + 1;
  }
  const foundMs = survival.atMs[low];
  return foundMs === undefined ? undefined : Math.max(foundMs, leastMs);
}
