import type { Queryable } from '../../acd/store/index.ts';

/** A contact as it stands in the books. */
export interface Account {
  readonly id: string;
  readonly number: string;
  readonly outcome: string | null;
  readonly closed: boolean;
  readonly startedAtMs: number;
  readonly spanMs: number;
  /** Sum of the segments that the customer lived through, and of the phases within them. */
  readonly segmentsMs: number;
  readonly phasesMs: number;
  readonly open: number;
  readonly gaps: number;
  /** Conversations, in order of time. */
  readonly agents: readonly string[];
  readonly queues: readonly string[];
}

/** Reads every contact with what its segments add up to. */
export async function readAccounts(db: Queryable): Promise<readonly Account[]> {
  const { rows } = await db.query<Account>(
    `select c.id, coalesce(c.remote_address, '') as number, c.outcome, c.closed_at is not null as closed,
            c.started_at as "startedAtMs",
            round(extract(epoch from c.closed_at - c.started_at) * 1000)::float8 as "spanMs",
            coalesce(sum(round(extract(epoch from s.ended_at - s.started_at) * 1000)), 0)::float8 as "segmentsMs",
            coalesce(sum(s.flow_ms + s.wait_ms + s.ring_ms + s.talk_ms + s.hold_ms + s.wrap_up_ms), 0)::float8 as "phasesMs",
            count(*) filter (where s.ended_at is null)::int as open,
            count(*) filter (where s.began is not null and s.began <> s.started_at)::int as gaps,
            coalesce(array_agg(s.agent_id order by s.ordinal) filter (where s.kind = 'agent'), '{}') as agents,
            coalesce(array_agg(s.queue_id order by s.ordinal) filter (where s.kind = 'queue'), '{}') as queues
       from contacts c
       join (select *, lag(ended_at) over (partition by contact_id order by ordinal) as began
               from segments where not aside) s on s.contact_id = c.id
      group by c.id order by c.started_at`,
  );
  return rows;
}

/** What is wrong with a contact that should be over. Milliseconds are rounded once per segment, so each may be off by one. */
export function faultsOf(account: Account): readonly string[] {
  const faults: string[] = [];
  const slackMs = 1 + account.queues.length + account.agents.length + 4;
  if (account.outcome === null) faults.push('has no outcome');
  if (!account.closed) faults.push('is not closed');
  if (account.open > 0) faults.push(`has ${account.open} open segments`);
  if (account.gaps > 0) faults.push('has gaps between its segments');
  if (account.closed && Math.abs(account.spanMs - account.segmentsMs) > slackMs)
    faults.push(`lasted ${account.spanMs} ms, its segments ${account.segmentsMs} ms`);
  if (account.closed && Math.abs(account.segmentsMs - account.phasesMs) > slackMs)
    faults.push(`has segments of ${account.segmentsMs} ms, phases of ${account.phasesMs} ms`);
  return faults.map((fault) => `${account.id} (${account.number}) ${fault}`);
}
