import { type Scenario, scenarioSchema } from '../scenario.ts';

type Input = Readonly<Record<string, unknown>>;

/** One queue, one agent, one caller of a minute, run once; whatever is given replaces that part. */
export function smallScenario(parts: Input = {}): Scenario {
  return scenarioSchema.parse({
    name: 'small',
    replications: 1,
    durationMs: 3_600_000,
    configuration: { queues: [{ id: 'q', wrapUpMs: { voice: 0 } }] },
    agentGroups: [{ name: 'agent', count: 1, queues: [{ queueId: 'q' }] }],
    contactTypes: [callers()],
    ...parts,
  });
}

/** Callers at these seconds. */
export function callers(parts: Input = {}, atS: readonly number[] = [0]): Record<string, unknown> {
  return {
    name: 'call',
    queueId: 'q',
    channel: 'voice',
    arrivals: { kind: 'recorded', atMs: atS.map((second) => second * 1_000) },
    handling: { kind: 'fixed', ms: 60_000 },
    ...parts,
  };
}
