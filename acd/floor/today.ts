import type { Clock } from '../../config/clock.ts';
import type { Logger } from '../../config/logger.ts';
import type { Outcome } from '../engine/index.ts';
import type { EffectConsumer } from '../routing/index.ts';
import { addContactEvents, type Database } from '../store/index.ts';

/** kpi.md: the service level's threshold T, ms. */
export const SERVICE_LEVEL_THRESHOLD_MS = 20_000;
const FLUSH_MS = 500;
const DAY_MS = 86_400_000;
const MOST_WAITING = 50_000;

/** A queue's day. `abandonedWithin` is Bt of kpi.md. */
export interface QueueDay {
  answered: number;
  abandoned: number;
  answeredWithin: number;
  abandonedWithin: number;
}
export interface AgentDay {
  missed: number;
  handled: number;
  handledMs: number;
}

/** Today's counts, from the engine's effects; kept as contact events so that a restart begins with the same numbers. */
export interface Today {
  readonly consumer: EffectConsumer;
  queue(queueId: string): Readonly<QueueDay>;
  agent(agentId: string): Readonly<AgentDay>;
  /** kpi.md `ignore-abandoned`: At / (A + B − Bt), 0–1; undefined before the first service-level event. */
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

const MISSED_ENDS: readonly string[] = ['timed-out', 'no-answer', 'declined'];
const isAbandon = (outcome: Outcome) => outcome === 'abandoned' || outcome === 'short-abandoned';

/** Loads the day so far and keeps counting. The day begins at midnight of `utcOffsetMinutes`. */
export async function openToday(deps: {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly utcOffsetMinutes: number;
}): Promise<Today> {
  const { db, clock, log } = deps;
  const queues = new Map<string, QueueDay>();
  const agents = new Map<string, AgentDay>();
  const waiting: Fact[] = [];
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
    const known = queues.get(queueId) ?? { answered: 0, abandoned: 0, answeredWithin: 0, abandonedWithin: 0 };
    queues.set(queueId, known);
    return known;
  };
  const agentOf = (agentId: string) => {
    turnDay();
    const known = agents.get(agentId) ?? { missed: 0, handled: 0, handledMs: 0 };
    agents.set(agentId, known);
    return known;
  };

  function count(fact: Pick<Fact, 'kind' | 'data'>): void {
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
      }
    }
  }

  async function flush(): Promise<void> {
    const batch = waiting.slice(0, 500);
    if (batch.length === 0) return;
    try {
      await addContactEvents(db, batch);
      waiting.splice(0, batch.length);
    } catch (error) {
      log.warn({ err: error, waiting: waiting.length }, 'today\u2019s counts could not be written yet');
    }
  }
  const timer = setInterval(() => {
    flushing ??= flush().finally(() => {
      flushing = undefined;
    });
  }, FLUSH_MS);

  function note(fact: Fact, recovered: boolean): void {
    // What was decided before a restart was counted then; its event is in the database or lost with the process, never doubled.
    if (recovered || closed) return;
    count(fact);
    if (waiting.length < MOST_WAITING) waiting.push(fact);
  }

  const { rows } = await db.query<{ kind: Fact['kind']; data: Fact['data'] }>(
    `select kind, data from contact_events where kind in ('left-queue', 'offer-missed', 'handled') and at >= $1`,
    [new Date(day * DAY_MS - deps.utcOffsetMinutes * 60_000)],
    { deadlineMs: 60_000 },
  );
  for (const row of rows) count(row);

  return {
    consumer: {
      name: 'today',
      handlers: {
        'contact-left': ({ contactId, atMs, queueId, outcome, waitedMs }, { recovered }) =>
          note({ contactId, atMs, kind: 'left-queue', data: { queueId, outcome, waitedMs } }, recovered),
        'offer-ended': ({ contactId, atMs, agentId, end }, { recovered }) => {
          if (MISSED_ENDS.includes(end))
            note({ contactId, atMs, kind: 'offer-missed', data: { agentId, end } }, recovered);
        },
        'assignment-ended': ({ contactId, atMs, agentId, handledMs }, { recovered }) =>
          note({ contactId, atMs, kind: 'handled', data: { agentId, handledMs, contacts: 1 } }, recovered),
        'wrap-up-ended': ({ contactId, atMs, agentId, wrapUpMs }, { recovered }) =>
          note({ contactId, atMs, kind: 'handled', data: { agentId, handledMs: wrapUpMs, contacts: 0 } }, recovered),
      },
    },
    queue: queueOf,
    agent: agentOf,
    serviceLevel(queueId) {
      const { answered, abandoned, answeredWithin, abandonedWithin } = queueOf(queueId);
      const events = answered + abandoned - abandonedWithin;
      return events === 0 ? undefined : answeredWithin / events;
    },
    async close() {
      if (closed) return;
      closed = true;
      clearInterval(timer);
      await flushing;
      await flush();
    },
  };
}
