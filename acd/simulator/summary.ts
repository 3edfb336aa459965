import { type Control, type Estimate, estimateOf } from './confidence.ts';
import { MEASURES } from './measures.ts';
import type { Count, Tally } from './tally.ts';

/** Measure → value; a measure that says nothing here is absent. */
export type Values = Readonly<Record<string, number>>;
export type Estimates = Readonly<Record<string, Estimate>>;

export interface CountValues {
  readonly total: Values;
  readonly queues: Readonly<Record<string, Values>>;
  /** By ISO time of their start, over all queues; empty when none were asked for. */
  readonly intervals: Readonly<Record<string, Values>>;
}
export interface Summary {
  readonly replications: number;
  readonly total: Estimates;
  readonly queues: Readonly<Record<string, Estimates>>;
  readonly intervals: Readonly<Record<string, Estimates>>;
}

/** All measures of one run. */
export function valuesOf(count: Count): CountValues {
  const values = (tally: Tally, agents?: Count['agents']): Values =>
    Object.fromEntries(
      MEASURES.flatMap((measure) => {
        const value = measure.of(tally, agents);
        return value === undefined ? [] : [[measure.id, value]];
      }),
    );
  return {
    total: values(count.total, count.agents),
    queues: Object.fromEntries([...count.queues].map(([queueId, tally]) => [queueId, values(tally)])),
    intervals: Object.fromEntries(
      [...count.intervals].map(([startMs, tally]) => [new Date(startMs).toISOString(), values(tally)]),
    ),
  };
}

/** Means and intervals over independent runs; `control` has one value a run. */
export function summarize(runs: readonly CountValues[], control?: Control): Summary {
  const estimates = (values: readonly (Values | undefined)[]): Estimates =>
    Object.fromEntries(
      MEASURES.flatMap(({ id }) => {
        const estimate = estimateOf(
          values.map((value) => value?.[id]),
          control,
        );
        return estimate ? [[id, estimate]] : [];
      }),
    );
  const each = (part: 'queues' | 'intervals') =>
    Object.fromEntries(
      [...new Set(runs.flatMap((run) => Object.keys(run[part])))].map((name) => [
        name,
        estimates(runs.map((run) => run[part][name])),
      ]),
    );
  return {
    replications: runs.length,
    total: estimates(runs.map(({ total }) => total)),
    queues: each('queues'),
    intervals: each('intervals'),
  };
}
