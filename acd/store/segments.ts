import { randomUUID } from 'node:crypto';
import { type Database, instant, type Queryable } from './database.ts';

export const STORED_SEGMENT_KINDS = ['flow', 'queue', 'agent', 'wrap-up', 'outside'] as const;
export type StoredSegmentKind = (typeof STORED_SEGMENT_KINDS)[number];

/** What the customer experiences within a segment. Time is counted per phase, so nothing is counted twice and nothing lost. */
export const PHASES = ['flow', 'wait', 'ring', 'talk', 'hold', 'wrap-up'] as const;
export type Phase = (typeof PHASES)[number];

/** The column that counts each phase. */
const COLUMN = {
  flow: 'flow_ms',
  wait: 'wait_ms',
  ring: 'ring_ms',
  talk: 'talk_ms',
  hold: 'hold_ms',
  'wrap-up': 'wrap_up_ms',
} as const satisfies Record<Phase, string>;

/** The phase in which a segment of each kind begins. */
const FIRST_PHASE = {
  flow: 'flow',
  queue: 'wait',
  agent: 'talk',
  'wrap-up': 'wrap-up',
  outside: 'talk',
} as const satisfies Record<StoredSegmentKind, Phase>;

export interface NewSegment {
  readonly kind: StoredSegmentKind;
  readonly queueId?: string;
  readonly agentId?: string;
  readonly flowId?: string;
}

export interface Segment {
  readonly id: string;
  readonly contactId: string;
  readonly ordinal: number;
  readonly kind: StoredSegmentKind;
  /** A wrap-up beside the contact's next segment: outside the contact's span. */
  readonly aside: boolean;
  readonly queueId: string | null;
  readonly agentId: string | null;
  readonly flowId: string | null;
  readonly startedAtMs: number;
  readonly endedAtMs: number | null;
  readonly endReason: string | null;
  readonly phase: Phase;
  readonly phaseSinceMs: number;
  readonly flowMs: number;
  readonly waitMs: number;
  readonly ringMs: number;
  readonly talkMs: number;
  readonly holdMs: number;
  readonly wrapUpMs: number;
}

export const SEGMENT_COLUMNS = `s.id, s.contact_id as "contactId", s.ordinal, s.kind, s.aside, s.queue_id as "queueId",
  s.agent_id as "agentId", s.flow_id as "flowId", s.started_at as "startedAtMs", s.ended_at as "endedAtMs",
  s.end_reason as "endReason", s.phase, s.phase_since as "phaseSinceMs", s.flow_ms as "flowMs", s.wait_ms as "waitMs",
  s.ring_ms as "ringMs", s.talk_ms as "talkMs", s.hold_ms as "holdMs", s.wrap_up_ms as "wrapUpMs"`;

/** Adds the time since `phase_since` to the running phase. A time before it counts as it, so no phase is ever negative. */
const COUNT_PHASE = PHASES.map(
  (phase) =>
    `${COLUMN[phase]} = ${COLUMN[phase]} + case when phase = '${phase}' then
       round(extract(epoch from greatest($2, phase_since) - phase_since) * 1000)::bigint else 0 end`,
).join(', ');

/** Orders all changes of one contact's segments. False when there is no such contact. */
export async function lockContact(tx: Queryable, contactId: string): Promise<boolean> {
  const { rows } = await tx.query('select 1 from contacts where id = $1 for update', [contactId]);
  return rows.length > 0;
}

/** Ends the open segment, if there is one, and answers when exactly it ended. */
export async function closeOpenSegment(
  tx: Queryable,
  contactId: string,
  atMs: number,
  reason: string,
): Promise<number | undefined> {
  const { rows } = await tx.query<{ endedAtMs: number }>(
    `update segments set ${COUNT_PHASE}, ended_at = greatest($2, phase_since), phase_since = greatest($2, phase_since), end_reason = $3
      where contact_id = $1 and ended_at is null and not aside returning ended_at as "endedAtMs"`,
    [contactId, instant(atMs), reason],
  );
  return rows[0]?.endedAtMs;
}

/** Only with a new contact, in its transaction. */
export async function openFirstSegment(
  tx: Queryable,
  contactId: string,
  segment: NewSegment,
  atMs: number,
): Promise<string> {
  return insertSegment(tx, contactId, segment, atMs, false);
}

async function insertSegment(
  tx: Queryable,
  contactId: string,
  segment: NewSegment,
  atMs: number,
  aside: boolean,
): Promise<string> {
  const id = randomUUID();
  await tx.query(
    `insert into segments (id, contact_id, ordinal, kind, aside, queue_id, agent_id, flow_id, started_at, phase, phase_since)
     select $1, $2, coalesce(max(ordinal), 0) + 1, $3, $4, $5, $6, $7, $8::timestamptz, $9, $8::timestamptz
       from segments where contact_id = $2`,
    [
      id,
      contactId,
      segment.kind,
      aside,
      segment.queueId ?? null,
      segment.agentId ?? null,
      segment.flowId ?? null,
      instant(atMs),
      FIRST_PHASE[segment.kind],
    ],
  );
  return id;
}

/**
 * The contact goes on elsewhere: its open segment ends and the next begins at the same instant. Undefined when the contact is not
 * there or has no open segment (it is closed).
 */
export async function nextSegment(
  db: Database,
  contactId: string,
  next: NewSegment & { readonly atMs: number; readonly why: string },
): Promise<string | undefined> {
  return db.transaction(async (tx) => {
    if (!(await lockContact(tx, contactId))) return undefined;
    const endedAtMs = await closeOpenSegment(tx, contactId, next.atMs, next.why);
    return endedAtMs === undefined ? undefined : insertSegment(tx, contactId, next, endedAtMs, false);
  });
}

/** From now on time counts as `phase`. False when nothing is open. */
export async function enterPhase(db: Queryable, contactId: string, phase: Phase, atMs: number): Promise<boolean> {
  const { changed } = await db.query(
    `update segments set ${COUNT_PHASE}, phase = $3, phase_since = greatest($2, phase_since)
      where contact_id = $1 and ended_at is null and not aside`,
    [contactId, instant(atMs), phase],
  );
  return changed > 0;
}

/** An agent wraps up while the contact is already elsewhere. Undefined when the contact is not there. */
export async function startWrapUpAside(
  db: Database,
  contactId: string,
  wrapUp: { readonly agentId: string; readonly queueId?: string; readonly atMs: number },
): Promise<string | undefined> {
  return db.transaction(async (tx) => {
    if (!(await lockContact(tx, contactId))) return undefined;
    return insertSegment(tx, contactId, { ...wrapUp, kind: 'wrap-up' }, wrapUp.atMs, true);
  });
}

/** Ends the agent's wrap-up aside. False when there is none open. */
export async function endWrapUpAside(
  db: Queryable,
  contactId: string,
  wrapUp: { readonly agentId: string; readonly atMs: number },
): Promise<boolean> {
  const { changed } = await db.query(
    `update segments set ${COUNT_PHASE}, ended_at = greatest($2, phase_since), phase_since = greatest($2, phase_since), end_reason = 'done'
      where contact_id = $1 and agent_id = $3 and aside and ended_at is null`,
    [contactId, instant(wrapUp.atMs), wrapUp.agentId],
  );
  return changed > 0;
}

export async function segmentsOf(db: Queryable, contactId: string): Promise<readonly Segment[]> {
  const { rows } = await db.query<Segment>(
    `select ${SEGMENT_COLUMNS} from segments s where s.contact_id = $1 order by s.ordinal`,
    [contactId],
  );
  return rows;
}
