import type { Configuration, Engine, EngineEvent } from '../engine/index.ts';
import { SERVICE_LEVEL_THRESHOLD_MS } from '../metrics/index.ts';
import { Historian, type History } from './history.ts';
import type { Read } from './input.ts';
import type { Journal } from './journal.ts';
import { play } from './play.ts';
import { engineOf, type Replayed, replay } from './replay.ts';
import { type CountValues, type Summary, summarize, valuesOf } from './summary.ts';
import { Counter } from './tally.ts';
import { whatIfPlans } from './what-if-plan.ts';

/** What really happened, counted. */
export interface Recorded {
  readonly replayed: Replayed;
  readonly values: CountValues;
}

export interface Comparison extends Recorded {
  /** The recorded people routed anew under the recorded configuration: how well a new run resembles what happened. */
  readonly asRecorded: Summary;
  readonly whatIf: Summary;
  /** whatIf − asRecorded, from run to run with the same people. */
  readonly difference: Summary;
  readonly rejected: Readonly<Record<string, number>>;
}

export interface CompareOptions {
  readonly seed: number;
  readonly replications: number;
}

const DRAIN_MS = 14_400_000;

/** Replays a journal and counts it. */
export function countJournal(journal: Journal, watch?: Historian): Read<Recorded> {
  const { fromMs, untilMs } = spanOf(journal);
  const counter = new Counter({ fromMs, untilMs, serviceLevelThresholdMs: SERVICE_LEVEL_THRESHOLD_MS });
  const replayed = replay(journal, (event, atMs, effects) => {
    counter.take(effects);
    watch?.watch(event, atMs, effects);
  });
  return replayed.ok ? { ok: true, value: { replayed: replayed.value, values: valuesOf(counter.result()) } } : replayed;
}

/** What would have been with another configuration, beside what was. */
export function compare(journal: Journal, configuration: Configuration, options: CompareOptions): Read<Comparison> {
  const start = startOf(journal);
  if (!start.ok) return start;
  const historian = new Historian();
  const recorded = countJournal(journal, historian);
  if (!recorded.ok) return recorded;
  const span = spanOf(journal);
  const taken = historian.result(span.untilMs);
  if (!taken.contacts.some(({ legs }) => legs.some(({ talkMs }) => talkMs !== undefined)))
    return {
      ok: false,
      problems: ['the journal has no conversation that ended, so nothing is known of how long they take'],
    };
  const history = { ...taken, outsideEvents: [...start.value.signIns, ...taken.outsideEvents] };
  const rejected: Record<string, number> = {};
  const asRecorded = runs(history, start.value.configuration, true, span, options, rejected);
  if (!asRecorded.ok) return asRecorded;
  const whatIf = runs(history, configuration, false, span, options, rejected);
  if (!whatIf.ok) return whatIf;
  return {
    ok: true,
    value: {
      ...recorded.value,
      asRecorded: summarize(asRecorded.value),
      whatIf: summarize(whatIf.value),
      difference: summarize(whatIf.value.map((values, run) => minus(values, asRecorded.value[run]!))),
      rejected,
    },
  };
}

function spanOf({ lines }: Journal): { readonly fromMs: number; readonly untilMs: number } {
  return { fromMs: lines[0]?.atMs ?? 0, untilMs: lines.at(-1)?.atMs ?? 0 };
}

/** The configuration with which the first contact was routed, and who was there at the start of a journal that begins in the middle. */
function startOf(journal: Journal): Read<{
  readonly configuration: Configuration;
  readonly signIns: History['outsideEvents'];
}> {
  const made = engineOf(journal.head);
  if (!made.ok) return made;
  const engine = made.value;
  const { fromMs } = spanOf(journal);
  const signIns = engine.agentIds().flatMap((agentId) => signInOf(engine, agentId, fromMs));
  const first = journal.lines.findIndex(({ event }) => event.type === 'contact-enqueued');
  const before = first < 0 ? journal.lines : journal.lines.slice(0, first);
  for (const { event, atMs } of before) engine.apply(event, atMs);
  return { ok: true, value: { configuration: engine.configuration(), signIns } };
}

function signInOf(
  engine: Engine,
  agentId: string,
  atMs: number,
): { readonly atMs: number; readonly event: EngineEvent }[] {
  const agent = engine.agent(agentId, atMs);
  if (!agent || agent.status === 'offline' || agent.draining) return [];
  const configured = engine.configuration().agents?.some(({ id }) => id === agentId);
  const queues = configured ? {} : { queues: agent.queues.map((queueId) => ({ queueId })) };
  return [{ atMs, event: { type: 'agent-signed-in', agentId, status: agent.status, ...queues } }];
}

function runs(
  history: History,
  configuration: Configuration,
  withChanges: boolean,
  span: { readonly fromMs: number; readonly untilMs: number },
  { seed, replications }: CompareOptions,
  rejected: Record<string, number>,
): Read<readonly CountValues[]> {
  const times = { startMs: span.fromMs, endMs: span.untilMs, drainMs: DRAIN_MS };
  const planOf = whatIfPlans({ history, configuration, withChanges, ...times, seed });
  const results: CountValues[] = [];
  for (let replication = 0; replication < replications; replication++) {
    const counter = new Counter({ ...span, serviceLevelThresholdMs: SERVICE_LEVEL_THRESHOLD_MS });
    const played = play(planOf(replication), (_, __, effects) => counter.take(effects));
    if ('problems' in played) return { ok: false, problems: played.problems };
    for (const [what, count] of Object.entries(played.rejected)) rejected[what] = (rejected[what] ?? 0) + count;
    results.push(valuesOf(counter.result()));
  }
  return { ok: true, value: results };
}

function minus(a: CountValues, b: CountValues): CountValues {
  const values = (left: CountValues['total'], right: CountValues['total'] = {}) =>
    Object.fromEntries(
      Object.entries(left).flatMap(([id, value]) => (right[id] === undefined ? [] : [[id, value - right[id]]])),
    );
  return {
    total: values(a.total, b.total),
    queues: Object.fromEntries(Object.entries(a.queues).map(([id, queue]) => [id, values(queue, b.queues[id])])),
    intervals: {},
  };
}
