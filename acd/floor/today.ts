import type { Clock } from '../../config/clock.ts';
import { CodedError } from '../../config/errors.ts';
import type { Logger } from '../../config/logger.ts';
import type { Effect, Outcome } from '../engine/index.ts';
import {
  SERVICE_LEVEL_THRESHOLD_MS,
  type ServiceLevelCounts,
  SHORT_ABANDON_MS,
  serviceLevel,
} from '../metrics/index.ts';
import type { EffectConsumer } from '../routing/index.ts';
import { addContactEvents, type Database } from '../store/index.ts';

const FLUSH_MS = 500;
const DAY_MS = 86_400_000;
const LOAD_DEADLINE_MS = 60_000;
const MOST_WAITING = 50_000;

/** A queue's day. */
export type QueueDay = { -readonly [K in keyof ServiceLevelCounts]: number };
export interface AgentDay {
  missed: number;
  handled: number;
  handledMs: number;
}

/** Today's counts, from the engine's effects; kept as contact events so that a restart begins with the same numbers. */
export interface Today {
  readonly consumer: EffectConsumer;
  /** Adds up what the database has of the day. For the moment of taking over: a standby's picture would be old by then. */
  load(): Promise<void>;
  queue(queueId: string): Readonly<QueueDay>;
  agent(agentId: string): Readonly<AgentDay>;
  /** `ignore-abandoned`, 0–1; undefined before the first contact that counts. */
  serviceLevel(queueId: string): number | undefined;
  /** Writes what waits. Idempotent. */
  close(): Promise<void>;
}

interface Fact {
  readonly contactId: string;
  readonly atMs: number;
  readonly kind: 'left-queue' | 'offer-missed' | 'handled';
  readonly data: Readonly<Record<string, string | number>>;
}

/** A fact that is not in the database yet. `written` lets its effect count as carried out. */
interface Waiting extends Fact {
  readonly written: () => void;
}

const MISSED_ENDS: readonly string[] = ['timed-out', 'no-answer', 'declined'];
const isAbandon = (outcome: Outcome) => outcome === 'abandoned' || outcome === 'short-abandoned';

/** Counts from nothing until `load` is called. The day begins at midnight of `utcOffsetMinutes`. */
export function createToday(deps: {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly utcOffsetMinutes: number;
}): Today {
  const { db, clock, log } = deps;
  const queues = new Map<string, QueueDay>();
  const agents = new Map<string, AgentDay>();
  const waiting: Waiting[] = [];
  let day = dayOf(clock.now());
  let flushing: Promise<void> | undefined;
  let closed = false;

  function dayOf(nowMs: number): number {
    return Math.floor((nowMs + deps.utcOffsetMinutes * 60_000) / DAY_MS);
  }
  function turnDay(): void {
    const now = dayOf(clock.now());
    if (now === day) return;
    day = now;
    queues.clear();
    agents.clear();
  }
  const queueOf = (queueId: string) => {
    turnDay();
    const known = queues.get(queueId) ?? {
      answered: 0,
      answeredWithin: 0,
      abandoned: 0,
      abandonedWithin: 0,
      shortAbandoned: 0,
    };
    queues.set(queueId, known);
    return known;
  };
  const agentOf = (agentId: string) => {
    turnDay();
    const known = agents.get(agentId) ?? { missed: 0, handled: 0, handledMs: 0 };
    agents.set(agentId, known);
    return known;
  };

  /** What belongs to a day that is over by now is written and no longer counted. */
  function count(fact: Pick<Fact, 'kind' | 'data' | 'atMs'>): void {
    turnDay();
    if (dayOf(fact.atMs) !== day) return;
    const { data } = fact;
    if (fact.kind === 'offer-missed') agentOf(String(data.agentId)).missed += 1;
    else if (fact.kind === 'handled') {
      const agent = agentOf(String(data.agentId));
      agent.handledMs += Number(data.handledMs);
      agent.handled += Number(data.contacts);
    } else {
      const queue = queueOf(String(data.queueId));
      const within = Number(data.waitedMs) <= SERVICE_LEVEL_THRESHOLD_MS ? 1 : 0;
      if (data.outcome === 'answered') {
        queue.answered += 1;
        queue.answeredWithin += within;
      } else if (isAbandon(data.outcome as Outcome)) {
        queue.abandoned += 1;
        queue.abandonedWithin += within;
        queue.shortAbandoned += Number(data.waitedMs) <= SHORT_ABANDON_MS ? 1 : 0;
      }
    }
  }

  async function flush(): Promise<void> {
    const batch = waiting.slice(0, 500);
    if (batch.length === 0) return;
    try {
      await addContactEvents(db, batch);
      waiting.splice(0, batch.length);
      for (const fact of batch) fact.written();
    } catch (error) {
      log.warn({ err: error, waiting: waiting.length }, 'today\u2019s counts could not be written yet');
    }
  }
  const timer = setInterval(() => {
    flushing ??= flush().finally(() => {
      flushing = undefined;
    });
  }, FLUSH_MS);

  /**
   * Settles when the fact is in the database, so that a restart in between asks for it again; then it is looked whether it was written
   * and counted at the start. So nothing is lost and nothing doubled.
   */
  async function note(
    effect: Effect & { readonly contactId: string },
    fact: Pick<Fact, 'kind' | 'data'>,
    recovered: boolean,
  ): Promise<void> {
    const { contactId, atMs, id } = effect;
    if (recovered && (await isWritten(contactId, fact.kind, id))) return;
    // Not carried out: it comes again after the restart.
    if (closed) throw new CodedError('store.unavailable', { step: 'today' });
    const whole: Fact = { contactId, atMs, kind: fact.kind, data: { ...fact.data, effectId: id } };
    count(whole);
    if (waiting.length >= MOST_WAITING) return;
    await new Promise<void>((written) => waiting.push({ ...whole, written }));
  }
  async function isWritten(contactId: string, kind: Fact['kind'], effectId: string): Promise<boolean> {
    const { rows } = await db.query(
      `select 1 from contact_events where contact_id = $1 and kind = $2 and data ->> 'effectId' = $3 limit 1`,
      [contactId, kind, effectId],
    );
    return rows.length > 0;
  }

  async function load(): Promise<void> {
    turnDay();
    const midnight = new Date(day * DAY_MS - deps.utcOffsetMinutes * 60_000);
    const abandoned = `data ->> 'outcome' in ('abandoned', 'short-abandoned')`;
    const waited = `(data ->> 'waitedMs')::bigint`;
    const queueRows = await db.query<QueueDay & { queueId: string }>(
      `select data ->> 'queueId' as "queueId",
              count(*) filter (where data ->> 'outcome' = 'answered') as answered,
              count(*) filter (where data ->> 'outcome' = 'answered' and ${waited} <= $2) as "answeredWithin",
              count(*) filter (where ${abandoned}) as abandoned,
              count(*) filter (where ${abandoned} and ${waited} <= $2) as "abandonedWithin",
              count(*) filter (where ${abandoned} and ${waited} <= $3) as "shortAbandoned"
         from contact_events where kind = 'left-queue' and at >= $1 group by 1`,
      [midnight, SERVICE_LEVEL_THRESHOLD_MS, SHORT_ABANDON_MS],
      { deadlineMs: LOAD_DEADLINE_MS },
    );
    for (const { queueId, ...counts } of queueRows.rows) queues.set(queueId, counts);
    const agentRows = await db.query<AgentDay & { agentId: string }>(
      `select data ->> 'agentId' as "agentId",
              count(*) filter (where kind = 'offer-missed') as missed,
              coalesce(sum((data ->> 'contacts')::bigint), 0)::bigint as handled,
              coalesce(sum((data ->> 'handledMs')::bigint), 0)::bigint as "handledMs"
         from contact_events where kind in ('offer-missed', 'handled') and at >= $1 group by 1`,
      [midnight],
      { deadlineMs: LOAD_DEADLINE_MS },
    );
    for (const { agentId, ...counts } of agentRows.rows) agents.set(agentId, counts);
  }

  return {
    consumer: {
      name: 'today',
      handlers: {
        'contact-left': (effect, { recovered }) => {
          const { queueId, outcome, waitedMs } = effect;
          return note(effect, { kind: 'left-queue', data: { queueId, outcome, waitedMs } }, recovered);
        },
        'offer-ended': (effect, { recovered }) => {
          const { agentId, end } = effect;
          if (!MISSED_ENDS.includes(end)) return;
          return note(effect, { kind: 'offer-missed', data: { agentId, end } }, recovered);
        },
        'assignment-ended': (effect, { recovered }) => {
          const { agentId, handledMs } = effect;
          return note(effect, { kind: 'handled', data: { agentId, handledMs, contacts: 1 } }, recovered);
        },
        'wrap-up-ended': (effect, { recovered }) => {
          const { agentId, wrapUpMs } = effect;
          return note(effect, { kind: 'handled', data: { agentId, handledMs: wrapUpMs, contacts: 0 } }, recovered);
        },
      },
    },
    load,
    queue: queueOf,
    agent: agentOf,
    serviceLevel: (queueId) => serviceLevel(queueOf(queueId)),
    async close() {
      if (closed) return;
      closed = true;
      clearInterval(timer);
      await flushing;
      await flush();
    },
  };
}
