import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readScenario } from './read-scenario.ts';
import { callers } from './testing/small-scenario.ts';

const valid = {
  name: 'small',
  durationMs: 3_600_000,
  configuration: { queues: [{ id: 'q' }] },
  agentGroups: [{ name: 'agent', count: 1, queues: [{ queueId: 'q' }] }],
  contactTypes: [callers()],
};
const problemsOf = (parts: Record<string, unknown>) => {
  const outcome = readScenario({ ...valid, ...parts });
  return outcome.ok ? [] : outcome.problems.map((problem) => problem.slice(0, problem.indexOf(':')));
};

describe('a scenario', () => {
  it('is taken when everything fits', () => {
    expect(problemsOf({})).toEqual([]);
  });

  it('is refused with every problem of form at its place', () => {
    expect(
      problemsOf({
        durationMs: -1,
        colour: 'red',
        contactTypes: [callers({ handling: { kind: 'exponential', meanMs: 0 }, channel: 'fax' })],
      }),
    ).toEqual(['durationMs', 'contactTypes[0].channel', 'contactTypes[0].handling.meanMs', 'scenario']);
  });

  it('is refused with everything that contradicts something else', () => {
    const problems = problemsOf({
      warmUpMs: 3_600_000,
      replications: 1_000,
      configuration: { queues: [{ id: 'q', wrapUpMs: { voice: 0 } }], agents: [{ id: 'x' }] },
      agentGroups: [
        {
          name: 'agent',
          count: 1,
          queues: [{ queueId: 'nowhere' }],
          shifts: [
            { fromMs: 2_000, toMs: 1_000 },
            { fromMs: 0, toMs: 10_000, breaks: [{ atMs: 9_000, forMs: 2_000, reason: 'lunch' }] },
          ],
          answering: { voice: { noAnswerShare: 0.7, declineShare: 0.7 } },
        },
        { name: 'agent', count: 1, queues: [{ queueId: 'q' }] },
      ],
      contactTypes: [
        callers(
          {
            wrapUp: { kind: 'fixed', ms: 5 },
            transfer: { share: 1, queueId: 'far', handling: { kind: 'fixed', ms: 1 } },
          },
          [5, 1],
        ),
        callers({ name: 'flood', arrivals: { kind: 'poisson', perHour: 1_000_000 } }),
      ],
    });
    expect(problems.sort()).toEqual(
      [
        'warmUpMs',
        'replications',
        'configuration.agents',
        'agentGroups[1].name',
        'agentGroups[0].queues[0].queueId',
        'agentGroups[0].shifts[0].toMs',
        'agentGroups[0].shifts[1].fromMs',
        'agentGroups[0].shifts[1].breaks[0]',
        'agentGroups[0].shifts[1].breaks[0].reason',
        'agentGroups[0].answering.voice',
        'contactTypes[0].wrapUp',
        'contactTypes[0].transfer.queueId',
        'contactTypes[0].arrivals.atMs[1]',
      ].sort(),
    );
  });

  it('is refused for what the engine finds in its configuration', () => {
    expect(problemsOf({ configuration: { queues: [{ id: 'q' }, { id: 'q' }] } })[0]).toMatch(/^configuration\.queues/);
  });
});

const folder = join(import.meta.dirname, '../../config/scenarios');
describe('the sample scenarios', () => {
  it.each(readdirSync(folder).filter((name) => name.endsWith('.json')))('%s can be run', (name) => {
    expect(readScenario(JSON.parse(readFileSync(join(folder, name), 'utf8')))).toMatchObject({ ok: true });
  });
});
