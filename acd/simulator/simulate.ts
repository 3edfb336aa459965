import { play, type Watcher } from './play.ts';
import type { Scenario } from './scenario.ts';
import { planOf } from './scenario-plan.ts';
import { type CountValues, type Summary, summarize, valuesOf } from './summary.ts';
import { Counter } from './tally.ts';

export interface Simulation {
  readonly summary: Summary;
  readonly runs: readonly CountValues[];
  /** Over all replications. */
  readonly events: number;
  /** Contacts that were still there when a run ended, over all replications. */
  readonly unfinished: number;
  readonly rejected: Readonly<Record<string, number>>;
}
export type Simulated =
  | ({ readonly ok: true } & Simulation)
  | { readonly ok: false; readonly problems: readonly string[] };

/** Runs every replication of a scenario. The same scenario gives the same result. `watch` sees the first replication. */
export function simulate(scenario: Scenario, watch?: Watcher): Simulated {
  const runs: CountValues[] = [];
  const rejected: Record<string, number> = {};
  let events = 0;
  let unfinished = 0;
  for (let replication = 0; replication < scenario.replications; replication++) {
    const plan = planOf(scenario, replication);
    const counter = new Counter(
      {
        fromMs: plan.startMs + scenario.warmUpMs,
        untilMs: plan.endMs,
        serviceLevelThresholdMs: scenario.serviceLevelThresholdMs,
      },
      plan.configuration.queues.map(({ id }) => id),
    );
    const played = play(plan, (event, atMs, effects) => {
      counter.take(effects);
      if (replication === 0) watch?.(event, atMs, effects);
    });
    if ('problems' in played) return { ok: false, problems: played.problems };
    runs.push(valuesOf(counter.result()));
    events += played.events;
    unfinished += played.engine.contactIds().length;
    for (const [what, times] of Object.entries(played.rejected)) rejected[what] = (rejected[what] ?? 0) + times;
  }
  return { ok: true, summary: summarize(runs), runs, events, unfinished, rejected };
}
