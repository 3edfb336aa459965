import { expectedArrivals } from './arrivals.ts';
import { meanOf } from './distribution.ts';
import type { Customer } from './plan.ts';
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

/** Work that contacts are expected to bring while it counts, ms. What each run really drew is the control of its results. */
function expectedWorkMs({ contactTypes, durationMs, warmUpMs }: Scenario): number {
  return contactTypes.reduce((sum, { arrivals, handling, transfer }) => {
    const contacts = expectedArrivals(arrivals, durationMs) - expectedArrivals(arrivals, warmUpMs);
    return sum + contacts * (meanOf(handling) + (transfer ? transfer.share * meanOf(transfer.handling) : 0));
  }, 0);
}

function* noting(customers: Iterable<Customer>, note: (customer: Customer) => void): Generator<Customer> {
  for (const customer of customers) {
    note(customer);
    yield customer;
  }
}

/** Runs every replication of a scenario. The same scenario gives the same result. `watch` sees the first replication. */
export function simulate(scenario: Scenario, watch?: Watcher): Simulated {
  const runs: CountValues[] = [];
  const works: number[] = [];
  const rejected: Record<string, number> = {};
  let events = 0;
  let unfinished = 0;
  for (let replication = 0; replication < scenario.replications; replication++) {
    const drawn = planOf(scenario, replication);
    const fromMs = drawn.startMs + scenario.warmUpMs;
    let workMs = 0;
    const customers = noting(drawn.customers, ({ arrivesMs, legs }) => {
      if (arrivesMs >= fromMs) for (const { handlingMs } of legs) workMs += handlingMs;
    });
    const plan = { ...drawn, customers };
    const counter = new Counter(
      {
        fromMs,
        untilMs: plan.endMs,
        serviceLevelThresholdMs: scenario.serviceLevelThresholdMs,
        intervalMs: scenario.intervalMs,
      },
      plan.configuration.queues.map(({ id }) => id),
    );
    const played = play(plan, (event, atMs, effects) => {
      counter.take(effects);
      if (replication === 0) watch?.(event, atMs, effects);
    });
    if ('problems' in played) return { ok: false, problems: played.problems };
    works.push(workMs);
    runs.push(valuesOf(counter.result()));
    events += played.events;
    unfinished += played.engine.contactIds().length;
    for (const [what, times] of Object.entries(played.rejected)) rejected[what] = (rejected[what] ?? 0) + times;
  }
  const summary = summarize(runs, { values: works, expected: expectedWorkMs(scenario) });
  return { ok: true, summary, runs, events, unfinished, rejected };
}
