import { describe, expect, it } from 'vitest';
import type { Configuration, Effect, EngineEvent } from '../engine/index.ts';
import { compare } from './compare.ts';
import { Historian } from './history.ts';
import { headLine, type Journal, journalLine, readJournalFile } from './journal.ts';
import { replay } from './replay.ts';
import type { Scenario } from './scenario.ts';
import { planOf } from './scenario-plan.ts';
import { simulate } from './simulate.ts';
import { callers, smallScenario } from './testing/small-scenario.ts';

const busyHours = (parts: Record<string, unknown> = {}) =>
  smallScenario({
    durationMs: 7_200_000,
    configuration: {
      queues: [
        { id: 'q', wrapUpMs: { voice: 20_000 }, strategy: { kind: 'random' } },
        { id: 'second', wrapUpMs: { voice: 0 } },
      ],
    },
    agentGroups: [
      {
        name: 'agent',
        count: 10,
        queues: [{ queueId: 'q' }, { queueId: 'second' }],
        answering: {
          voice: { delay: { kind: 'exponential', meanMs: 3_000 }, noAnswerShare: 0.03, declineShare: 0.02 },
        },
      },
    ],
    contactTypes: [
      callers({
        arrivals: { kind: 'poisson', perHour: 170 },
        handling: { kind: 'exponential', meanMs: 180_000 },
        wrapUp: { kind: 'exponential', meanMs: 15_000 },
        patience: { kind: 'exponential', meanMs: 90_000 },
        transfer: { share: 0.1, queueId: 'second', handling: { kind: 'fixed', ms: 100_000 } },
        callback: { share: 0.2, afterMs: 45_000, mode: 'agent-first' },
      }),
    ],
    ...parts,
  });

function kept(scenario: Scenario): string {
  const { configuration, seed } = planOf(scenario, 0);
  let text = headLine({ journal: 1, from: 'configuration', seed, configuration });
  let seq = 0;
  simulate(scenario, (event: EngineEvent, atMs: number, effects: readonly Effect[]) => {
    text += journalLine({ seq: ++seq, atMs, event, effects });
  });
  return text;
}
function journalOf(text: string): Journal {
  const read = readJournalFile(text);
  if (!read.ok) expect.fail(read.problems.join('\n'));
  return read.value;
}
const text = kept(busyHours());

describe('replay', () => {
  it('gives the identical effects', () => {
    const journal = journalOf(text);
    const replayed = replay(journal);
    if (!replayed.ok) expect.fail(replayed.problems.join('\n'));
    expect(replayed.value).toMatchObject({ compared: journal.lines.length, events: journal.lines.length });
    expect(replayed.value.difference).toBeUndefined();
    expect(replay(journal)).toMatchObject({ value: { digest: replayed.value.digest } });
  });

  it('names the first event that goes another way', () => {
    const journal = journalOf(text);
    const place = journal.lines.findIndex(({ event }) => event.type === 'offer-accepted');
    const lines = journal.lines.with(place, { ...journal.lines[place]!, event: { type: 'tick' } });
    const replayed = replay({ ...journal, lines });
    expect(replayed).toMatchObject({ value: { difference: { seq: journal.lines[place]?.seq } } });
  });

  it('begins with a snapshot when the journal does', () => {
    const journal = journalOf(text);
    const half = Math.floor(journal.lines.length / 2);
    const first = replay({ ...journal, lines: journal.lines.slice(0, half) });
    if (!first.ok) expect.fail('it is replayed');
    const snapshot = JSON.parse(JSON.stringify(first.value.engine.snapshot()));
    const second = replay({
      head: { journal: 1, from: 'snapshot', domain: 'd', snapshot },
      lines: journal.lines.slice(half),
    });
    expect(second).toMatchObject({ value: { compared: journal.lines.length - half } });
  });
});

describe('a journal file', () => {
  const head = headLine({ journal: 1, from: 'domain', domain: 'main' });
  it.each([
    ['', /line 1/],
    ['{"journal":2}', /line 1: /],
    [
      `${head}{"seq":1,"at":5,"event":{"type":"tick"}}\n{"seq":3,"at":5,"event":{"type":"tick"}}`,
      /line 3: seq: must be 2/,
    ],
    [`${head}{"seq":1,"at":-5,"event":{}}`, /line 2: at/],
    [`${head}{"seq":1`, /line 2: is not JSON/],
  ])('%j is refused with its line', (bad, problem) => {
    const read = readJournalFile(bad);
    if (read.ok) expect.fail('it should be refused');
    expect(read.problems.join('\n')).toMatch(problem);
  });
});

describe('what a journal tells', () => {
  it('who came, how patient they were and how long it took', () => {
    const historian = new Historian();
    const scenario = smallScenario({
      contactTypes: [
        callers({ name: 'busy', transfer: { share: 1, queueId: 'q', handling: { kind: 'fixed', ms: 7_000 } } }),
        callers({ name: 'brief', patience: { kind: 'fixed', ms: 10_000 } }, [5]),
        callers({ name: 'patient' }, [20]),
      ],
    });
    simulate(scenario, (event, atMs, effects) => historian.watch(event, atMs, effects));
    const startMs = Date.parse(scenario.startsAt);
    const contacts = historian.result(startMs + 3_600_000).contacts;
    const told = Object.fromEntries(contacts.map(({ enqueue, ...contact }) => [enqueue.contactId, contact]));
    expect(told['busy-1']).toMatchObject({
      arrivesMs: startMs,
      legs: [{ talkMs: 60_000, transferTo: { queueId: 'q' } }, { talkMs: 7_000 }],
    });
    expect(told['brief-1']).toMatchObject({ leftAfterMs: 10_000, legs: [] });
    expect(told['patient-1']).toMatchObject({ waitedMs: 47_000, legs: [{ talkMs: 60_000 }] });
    expect(told['patient-1']).not.toHaveProperty('leftAfterMs');
  });
});

describe('what if', () => {
  const options = { seed: 1, replications: 8 };
  const compared = (configuration: Configuration) => {
    const result = compare(journalOf(text), configuration, options);
    if (!result.ok) expect.fail(result.problems.join('\n'));
    return result.value;
  };
  const same = busyHours().configuration;

  it('resembles what happened when nothing is changed', () => {
    const { values, asRecorded, difference, rejected } = compared(same);
    expect(rejected).toEqual({});
    for (const { mean } of Object.values(difference.total)) expect(mean).toBe(0);
    const near = (measure: string, within: number) =>
      expect(Math.abs((asRecorded.total[measure]?.mean ?? 0) - (values.total[measure] ?? 0)), measure).toBeLessThan(
        within,
      );
    near('serviceLevel.ignore-abandoned', 0.05);
    near('abandonRate', 0.04);
    near('averageHandlingTime', 8_000);
    near('occupancy', 0.03);
    near('ronaRate', 0.02);
  });

  it('shows that less wrap-up brings shorter waits, with the same people', () => {
    const quick = { ...same, queues: same.queues.map((queue) => ({ ...queue, wrapUpMs: { voice: 0 } })) };
    const { difference, whatIf, values } = compared(quick);
    const { mean, halfWidth } = difference.total.averageWait!;
    expect(mean + (halfWidth ?? 0)).toBeLessThan(0);
    expect(whatIf.queues.q?.offered?.mean).toBe(values.queues.q?.offered);
  });

  it('is refused when nothing is known of how long conversations take', () => {
    const quiet = journalOf(kept(smallScenario({ contactTypes: [callers({}, [])] })));
    expect(compare(quiet, same, options)).toMatchObject({ ok: false });
  });
});
