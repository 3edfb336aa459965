import type { Queryable } from './database.ts';

/** The lists that agents choose from: how a contact is filed, and why they are away. */
export const CHOICE_LISTS = ['dispositions', 'break_reasons'] as const;
export type ChoiceList = (typeof CHOICE_LISTS)[number];

export interface Choice {
  readonly id: string;
  readonly nameEn: string;
  readonly nameZh: string;
  readonly position: number;
  /** Retired ones stay, because old contacts name them. */
  readonly active: boolean;
}

export async function saveChoice(db: Queryable, list: ChoiceList, choice: Choice): Promise<void> {
  await db.query(
    `insert into ${list} (id, name_en, name_zh, position, active) values ($1, $2, $3, $4, $5)
     on conflict (id) do update set name_en = excluded.name_en, name_zh = excluded.name_zh, position = excluded.position,
       active = excluded.active`,
    [choice.id, choice.nameEn, choice.nameZh, choice.position, choice.active],
  );
}

export async function listChoices(db: Queryable, list: ChoiceList): Promise<readonly Choice[]> {
  const { rows } = await db.query<Choice>(
    `select id, name_en as "nameEn", name_zh as "nameZh", position, active from ${list} order by position, id`,
  );
  return rows;
}
