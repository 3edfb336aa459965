import type { Queryable } from './database.ts';

/** `withdrawn`: found undone after a restart, and no longer wanted. `failed`: given up after its last attempt. */
export const EFFECT_RESULTS = ['done', 'withdrawn', 'failed'] as const;
export type EffectResult = (typeof EFFECT_RESULTS)[number];

export interface EffectMark {
  readonly effectId: string;
  /** The journal entry that decided the effect. */
  readonly seq: number;
  readonly outcome: EffectResult;
}

/** Notes in bulk what became of effects. The first mark of an effect stays. */
export async function markEffects(db: Queryable, domain: string, marks: readonly EffectMark[]): Promise<void> {
  if (marks.length === 0) return;
  await db.query(
    `insert into effects_done (domain, effect_id, seq, outcome)
     select $1, * from unnest($2::text[], $3::bigint[], $4::text[]) on conflict do nothing`,
    [domain, marks.map((mark) => mark.effectId), marks.map((mark) => mark.seq), marks.map((mark) => mark.outcome)],
  );
}

/** Ids of all marked effects since the last snapshot. */
export async function listMarkedEffects(db: Queryable, domain: string): Promise<ReadonlySet<string>> {
  const { rows } = await db.query<{ id: string }>(
    'select effect_id as id from effects_done where domain = $1',
    [domain],
    {
      deadlineMs: 60_000,
    },
  );
  return new Set(rows.map((row) => row.id));
}
