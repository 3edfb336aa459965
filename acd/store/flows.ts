import type { Database, Queryable } from './database.ts';

export interface FlowVersion {
  readonly flowId: string;
  readonly name: string;
  readonly version: number;
  readonly definition: unknown;
  readonly note: string | null;
  readonly createdBy: string | null;
  readonly createdAtMs: number;
  /** True for the version that new contacts take. */
  readonly active: boolean;
}

const SELECT = `select f.id as "flowId", f.name, v.version, v.definition, v.note, v.created_by as "createdBy",
  v.created_at as "createdAtMs", coalesce(v.version = f.active, false) as active
  from flow_versions v join flows f on f.id = v.flow_id`;

/** Stores the next version, and makes the flow when it is new. It answers the version's number; it is not active yet. */
export async function saveFlowVersion(
  db: Database,
  flow: {
    readonly flowId: string;
    readonly name: string;
    readonly definition: unknown;
    readonly note?: string;
    readonly createdBy?: string;
  },
): Promise<number> {
  return db.transaction(async (tx) => {
    // The conflict's update locks the flow, so versions are numbered one after another.
    await tx.query('insert into flows (id, name) values ($1, $2) on conflict (id) do update set name = excluded.name', [
      flow.flowId,
      flow.name,
    ]);
    const { rows } = await tx.query<{ version: number }>(
      `insert into flow_versions (flow_id, version, definition, note, created_by)
       select $1, coalesce(max(version), 0) + 1, $2::jsonb, $3, $4 from flow_versions where flow_id = $1 returning version`,
      [flow.flowId, JSON.stringify(flow.definition), flow.note ?? null, flow.createdBy ?? null],
    );
    return rows[0]!.version;
  });
}

/** False when there is no such version. Contacts that run on another version stay on it. */
export async function activateFlowVersion(db: Queryable, flowId: string, version: number): Promise<boolean> {
  const { changed } = await db.query(
    `update flows set active = $2 where id = $1 and exists (select 1 from flow_versions where flow_id = $1 and version = $2)`,
    [flowId, version],
  );
  return changed > 0;
}

export async function findActiveFlow(db: Queryable, flowId: string): Promise<FlowVersion | undefined> {
  return (await db.query<FlowVersion>(`${SELECT} where f.id = $1 and v.version = f.active`, [flowId])).rows[0];
}

export async function findFlowVersion(
  db: Queryable,
  flowId: string,
  version: number,
): Promise<FlowVersion | undefined> {
  return (await db.query<FlowVersion>(`${SELECT} where f.id = $1 and v.version = $2`, [flowId, version])).rows[0];
}

/** The active version of every flow, by name. */
export async function listActiveFlows(db: Queryable): Promise<readonly FlowVersion[]> {
  return (await db.query<FlowVersion>(`${SELECT} where v.version = f.active order by f.name, f.id limit 1000`)).rows;
}

/** Newest first, at most 200. */
export async function listFlowVersions(db: Queryable, flowId: string): Promise<readonly FlowVersion[]> {
  return (await db.query<FlowVersion>(`${SELECT} where f.id = $1 order by v.version desc limit 200`, [flowId])).rows;
}

/** Says which flow answers an address; `*` stands for every address that has none of its own. */
export async function setEntryAddress(
  db: Queryable,
  entry: { readonly channel: string; readonly address: string; readonly flowId: string },
): Promise<void> {
  await db.query(
    `insert into entry_addresses (channel, address, flow_id) values ($1, $2, $3)
     on conflict (channel, address) do update set flow_id = excluded.flow_id`,
    [entry.channel, entry.address, entry.flowId],
  );
}

/** The active flow for what was dialled or written to, else that of `*`. */
export async function findFlowForAddress(
  db: Queryable,
  channel: string,
  address: string,
): Promise<FlowVersion | undefined> {
  const { rows } = await db.query<FlowVersion>(
    `${SELECT} join entry_addresses e on e.flow_id = f.id
      where v.version = f.active and e.channel = $1 and e.address in ($2, '*') order by (e.address = '*') limit 1`,
    [channel, address],
  );
  return rows[0];
}
