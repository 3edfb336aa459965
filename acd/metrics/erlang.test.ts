import { describe, expect, it } from 'vitest';
import { erlangA } from './erlang-a.ts';
import { agentsForServiceLevel, erlangC } from './erlang-c.ts';

const load = (calls: number, perS: number, handlingS: number) => ({
  arrivalsPerMs: calls / (perS * 1_000),
  handlingMs: handlingS * 1_000,
});

describe('Erlang C', () => {
  it.each([
    { calls: 360, perS: 1_800, handlingS: 240, agents: 55, wait: '0.2387', asaS: '8.18', withinS: 15, level: '84.59' },
    { calls: 100, perS: 1_800, handlingS: 180, agents: 14, wait: '0.1741', asaS: '7.84', withinS: 20, level: '88.84' },
    { calls: 200, perS: 1_800, handlingS: 180, agents: 24, wait: '0.2981', asaS: '13.41', withinS: 20, level: '80.89' },
    { calls: 1_000, perS: 3_600, handlingS: 300, agents: 91, asaS: '12.11', withinS: 20, level: '81.44' },
    { calls: 1_000, perS: 3_600, handlingS: 300, agents: 90, withinS: 20, level: '76.45' },
  ])('$calls calls in $perS s of $handlingS s with $agents agents', (row) => {
    const result = erlangC({ ...load(row.calls, row.perS, row.handlingS), agents: row.agents })!;
    if (row.wait) expect(result.waitProbability.toFixed(4)).toBe(row.wait);
    if (row.asaS) expect((result.averageWaitMs / 1_000).toFixed(2)).toBe(row.asaS);
    expect((result.serviceLevel(row.withinS * 1_000) * 100).toFixed(2)).toBe(row.level);
  });

  it.each([
    [100, 1_800, 180, 14],
    [200, 1_800, 180, 24],
    [1_000, 3_600, 300, 91],
  ])('%d calls in %d s of %d s need %d agents for 80 %% in 20 s', (calls, perS, handlingS, agents) => {
    const goal = { serviceLevel: 0.8, thresholdMs: 20_000 };
    expect(agentsForServiceLevel(load(calls, perS, handlingS), goal)).toBe(agents);
  });

  it('has no answer when the agents cannot keep up', () => {
    expect(erlangC({ ...load(360, 1_800, 240), agents: 48 })).toBeUndefined();
  });

  it('does not overflow with thousands of agents', () => {
    const result = erlangC({ ...load(60_000, 1_800, 240), agents: 8_050 })!;
    expect(result.waitProbability).toBeGreaterThan(0);
    expect(result.waitProbability).toBeLessThan(1);
  });
});

describe('Erlang A', () => {
  it.each([
    { calls: 360, handlingS: 240, agents: 50, patienceS: 120, wait: '0.342', lost: '4.80', waitS: '5.76' },
    { calls: 100, handlingS: 180, agents: 12, patienceS: 180, wait: '0.303', lost: '5.31', waitS: '9.56' },
  ])('$calls calls of $handlingS s with $agents agents', (row) => {
    const result = erlangA({
      ...load(row.calls, 1_800, row.handlingS),
      agents: row.agents,
      patienceMs: row.patienceS * 1_000,
    });
    expect(result.waitProbability.toFixed(3)).toBe(row.wait);
    expect((result.abandonProbability * 100).toFixed(2)).toBe(row.lost);
    expect((result.averageWaitMs / 1_000).toFixed(2)).toBe(row.waitS);
  });

  it('comes near Erlang C when patience has hardly an end', () => {
    const queue = { ...load(100, 1_800, 180), agents: 14 };
    const patient = erlangA({ ...queue, patienceMs: 1e12 });
    expect(patient.averageWaitMs).toBeCloseTo(erlangC(queue)!.averageWaitMs, 0);
  });

  it('has an answer when there are too few agents', () => {
    const result = erlangA({ ...load(360, 1_800, 240), agents: 24, patienceMs: 60_000 });
    expect(result.abandonProbability).toBeCloseTo(0.5, 2);
  });
});
