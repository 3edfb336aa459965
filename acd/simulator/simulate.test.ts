import { describe, expect, it } from 'vitest';
import type { Effect, EffectOf, EffectType } from '../engine/index.ts';
import type { Scenario } from './scenario.ts';
import { simulate } from './simulate.ts';
import { callers, smallScenario } from './testing/small-scenario.ts';

function run(scenario: Scenario) {
  const effects: Effect[] = [];
  const result = simulate(scenario, (_, __, happened) => effects.push(...happened));
  if (!result.ok) expect.fail(result.problems.join('\n'));
  const startMs = Date.parse(scenario.startsAt);
  const of = <T extends EffectType>(type: T) => effects.filter((effect) => effect.type === type) as EffectOf<T>[];
  return { ...result, of, secondOf: ({ atMs }: Effect) => (atMs - startMs) / 1_000, total: result.runs[0]!.total };
}

describe('order', () => {
  it('goes by priority, then by who came first', () => {
    const scenario = smallScenario({
      contactTypes: [
        callers({ name: 'busy' }),
        callers({ name: 'plain' }, [1, 3]),
        callers({ name: 'gold', priority: 50 }, [2, 4]),
      ],
    });
    const order = run(scenario)
      .of('assign')
      .map(({ contactId }) => contactId);
    expect(order).toEqual(['busy-1', 'gold-1', 'gold-2', 'plain-1', 'plain-2']);
  });

  it('lets waiting outweigh priority', () => {
    const scenario = smallScenario({
      configuration: { queues: [{ id: 'q', wrapUpMs: { voice: 0 }, ageing: { pointsPerMinute: 10 } }] },
      contactTypes: [
        callers({ name: 'busy' }),
        callers({ name: 'plain' }, [1]),
        callers({ name: 'gold', priority: 5 }, [50]),
      ],
    });
    const order = run(scenario)
      .of('assign')
      .map(({ contactId }) => contactId);
    expect(order).toEqual(['busy-1', 'plain-1', 'gold-1']);
  });
});

describe('service level of simulated contacts', () => {
  const agents = (queueId: string, count: number, delayS: number) => ({
    name: queueId,
    count,
    queues: [{ queueId }],
    answering: { voice: { delay: { kind: 'fixed', ms: delayS * 1_000 } } },
  });
  const many = (queueId: string, count: number, patienceS?: number) =>
    callers(
      {
        name: `${queueId}-${patienceS ?? 'patient'}`,
        queueId,
        ...(patienceS ? { patience: { kind: 'fixed', ms: patienceS * 1_000 } } : {}),
      },
      Array(count).fill(0),
    );
  const queues = ['fast', 'slow', 'nobody'].map((id) => ({
    id,
    wrapUpMs: { voice: 0 },
    offerTimeoutMs: { voice: 60_000 },
  }));
  const levels = (total: Readonly<Record<string, number>>, digits: number) =>
    ['answered', 'ignore-abandoned', 'abandoned-negative', 'abandoned-positive', 'minus-short'].map((kind) =>
      ((total[`serviceLevel.${kind}`] ?? Number.NaN) * 100).toFixed(digits),
    );

  it('1000 answered, 860 of them in time, 60 abandoned, 20 of them in time and 10 short', () => {
    const { total } = run(
      smallScenario({
        configuration: { queues },
        agentGroups: [agents('fast', 860, 0), agents('slow', 140, 30)],
        contactTypes: [
          many('fast', 860),
          many('slow', 140),
          many('nobody', 10, 3),
          many('nobody', 10, 15),
          many('nobody', 40, 60),
        ],
      }),
    );
    expect(levels(total, 2)).toEqual(['86.00', '82.69', '81.13', '83.02', '81.90']);
  });

  it('70 answered in time, 10 abandoned in time, 20 answered late', () => {
    const { total } = run(
      smallScenario({
        configuration: { queues },
        agentGroups: [agents('fast', 70, 0), agents('slow', 20, 30)],
        contactTypes: [many('fast', 70), many('slow', 20), many('nobody', 10, 15)],
      }),
    );
    expect(levels(total, 1).slice(1, 4)).toEqual(['77.8', '70.0', '80.0']);
  });
});

describe('what the world around the engine does', () => {
  it('rings in vain for those who do not answer, and they come back from the break they are put on', () => {
    const answering = { voice: { noAnswerShare: 1 } };
    const { total, of, secondOf } = run(
      smallScenario({
        configuration: {
          queues: [{ id: 'q', offerTimeoutMs: { voice: 10_000 } }],
          refusalDelays: { noAnswerMs: 5_000, busyMs: 1, declinedMs: 1, failedMs: 1, noAnswerLimit: 2 },
        },
        agentGroups: [{ name: 'agent', count: 1, queues: [{ queueId: 'q' }], answering }],
        contactTypes: [callers({ patience: { kind: 'fixed', ms: 70_000 } })],
        returnAfterMs: 20_000,
      }),
    );
    expect(of('offer').map(secondOf)).toEqual([0, 15, 45, 60]);
    expect(of('contact-ended')).toMatchObject([{ outcome: 'abandoned', spanMs: 70_000 }]);
    expect(total.ronaRate).toBe(1);
  });

  it('ends wrap-up early or extends it, as long as the contact takes', () => {
    const wrapUps = (ms: number) =>
      run(
        smallScenario({
          configuration: { queues: [{ id: 'q', wrapUpMs: { voice: 20_000 }, wrapUpMostMs: 50_000 }] },
          contactTypes: [callers({ wrapUp: { kind: 'fixed', ms } })],
        }),
      ).of('wrap-up-ended');
    expect(wrapUps(5_000)).toMatchObject([{ wrapUpMs: 5_000, why: 'ended' }]);
    expect(wrapUps(35_000)).toMatchObject([{ wrapUpMs: 35_000 }]);
    expect(wrapUps(90_000)).toMatchObject([{ wrapUpMs: 50_000 }]);
  });

  it('passes on to another queue and counts one handled contact with a transfer', () => {
    const { total, runs, of } = run(
      smallScenario({
        configuration: {
          queues: [
            { id: 'q', wrapUpMs: { voice: 0 } },
            { id: 'second', wrapUpMs: { voice: 0 } },
          ],
        },
        agentGroups: [
          { name: 'agent', count: 1, queues: [{ queueId: 'q' }] },
          { name: 'expert', count: 1, queues: [{ queueId: 'second' }] },
        ],
        contactTypes: [callers({ transfer: { share: 1, queueId: 'second', handling: { kind: 'fixed', ms: 30_000 } } })],
      }),
    );
    expect(of('assignment-ended').map(({ handledMs }) => handledMs)).toEqual([60_000, 30_000]);
    expect(total).toMatchObject({ offered: 2, reentered: 1, transferRate: 1, averageHandlingTime: 45_000 });
    expect(runs[0]?.queues).toMatchObject({ q: { transferRate: 1 }, second: { transferRate: 0, reentered: 1 } });
  });

  it('keeps the place of those who take a callback; they are not abandoned', () => {
    const { total, of, secondOf } = run(
      smallScenario({
        contactTypes: [
          callers({ name: 'busy' }),
          callers(
            {
              name: 'tired',
              patience: { kind: 'fixed', ms: 40_000 },
              callback: { share: 1, afterMs: 30_000, mode: 'agent-first' },
            },
            [1],
          ),
        ],
      }),
    );
    expect(of('callback-dial').map(secondOf)).toEqual([60]);
    expect(of('assign').map((assign) => [assign.contactId, secondOf(assign)])).toEqual([
      ['busy-1', 0],
      ['tired-1', 70],
    ]);
    expect(total).toMatchObject({ offered: 2, answered: 1, abandoned: 0, callbacksTaken: 1, callbacksAnswered: 1 });
  });

  it('works in shifts with breaks, and finishes what runs at the end of one', () => {
    const { total, of, secondOf } = run(
      smallScenario({
        durationMs: 600_000,
        configuration: { breakReasons: ['tea'], queues: [{ id: 'q', wrapUpMs: { voice: 0 } }] },
        agentGroups: [
          {
            name: 'agent',
            count: 1,
            queues: [{ queueId: 'q' }],
            shifts: [{ fromMs: 60_000, toMs: 500_000, breaks: [{ atMs: 150_000, forMs: 100_000, reason: 'tea' }] }],
          },
        ],
        contactTypes: [callers({}, [0, 160, 490])],
      }),
    );
    expect(of('assign').map(secondOf)).toEqual([60, 250, 490]);
    expect(
      of('agent-state')
        .filter(({ signedIn }) => !signedIn)
        .map(secondOf),
    ).toEqual([550]);
    // Signed in 60–550 s: 180 s talking, 100 s on break, 210 s waiting for work.
    expect(total.utilization).toBeCloseTo(180 / 490, 9);
    expect(total.occupancy).toBeCloseTo(180 / 390, 9);
  });
});

describe('chance', () => {
  const random = (seed: number) =>
    smallScenario({
      seed,
      replications: 2,
      contactTypes: [
        callers({ arrivals: { kind: 'poisson', perHour: 50 }, handling: { kind: 'exponential', meanMs: 60_000 } }),
      ],
    });

  it('is the same for the same seed, and another for another', () => {
    expect(simulate(random(1))).toEqual(simulate(random(1)));
    expect(simulate(random(1))).not.toEqual(simulate(random(2)));
  });

  it('differs from replication to replication', () => {
    const result = run(random(1));
    expect(result.runs[0]).not.toEqual(result.runs[1]);
  });

  it('brings the same people whatever the configuration says', () => {
    const other = { ...random(1), configuration: { version: 0, queues: [{ id: 'q', wrapUpMs: { voice: 90_000 } }] } };
    const came = (scenario: Scenario) =>
      run(scenario)
        .of('contact-joined')
        .map(({ contactId, atMs }) => [contactId, atMs]);
    expect(came(other)).toEqual(came(random(1)));
  });
});

it('leaves out what begins before the warm-up is over', () => {
  const { total } = run(smallScenario({ warmUpMs: 100_000, contactTypes: [callers({}, [0, 99, 200, 300])] }));
  expect(total).toMatchObject({ offered: 2, answered: 2 });
});

it('puts every figure into the interval where it was decided', () => {
  const { runs } = run(
    smallScenario({
      intervalMs: 60_000,
      durationMs: 180_000,
      // The second waits 65 s: too late from second 75 on, answered at 120, done at 180.
      contactTypes: [callers({}, [0]), callers({ name: 'late' }, [55])].map((type, index) =>
        index === 0 ? { ...type, handling: { kind: 'fixed', ms: 120_000 } } : type,
      ),
    }),
  );
  const counted = Object.entries(runs[0]?.intervals ?? {}).map(([start, values]) => [
    start.slice(14, 19),
    ...['offered', 'answered', 'serviceLevel.abandoned-negative', 'averageHandlingTime'].map((id) => values[id]),
  ]);
  expect(counted).toEqual([
    ['00:00', 2, 1, 1, undefined],
    ['01:00', 0, 1, 0, undefined],
    ['02:00', 0, 0, undefined, 120_000],
    ['03:00', 0, 0, undefined, 60_000],
  ]);
});

it('tells of contacts that nobody could take', () => {
  const scenario = smallScenario({
    configuration: { queues: [{ id: 'q' }, { id: 'empty' }] },
    contactTypes: [callers({ queueId: 'empty' })],
  });
  expect(run(scenario).unfinished).toBe(1);
});
