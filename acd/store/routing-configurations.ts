import type { Database, Queryable } from './database.ts';

/** A version of a domain's routing configuration: who made it and when. Going back makes a new version, so history only grows. */
export interface ConfigurationVersion {
  readonly domain: string;
  readonly version: number;
  readonly configuration: unknown;
  readonly note: string | null;
  /** The older version that this one brings back. */
  readonly restoredFrom: number | null;
  readonly createdBy: string | null;
  readonly createdAtMs: number;
  /** Null while the engine has not taken it. */
  readonly activatedAtMs: number | null;
}

const COLUMNS = `domain, version, configuration, note, restored_from as "restoredFrom", created_by as "createdBy",
  created_at as "createdAtMs", activated_at as "activatedAtMs"`;

/** Stores `make(version)` under the next number of the domain, not active yet. */
export async function saveConfigurationVersion(
  db: Database,
  entry: {
    readonly domain: string;
    readonly make: (version: number) => unknown;
    readonly note?: string;
    readonly restoredFrom?: number;
    readonly createdBy?: string;
  },
): Promise<ConfigurationVersion> {
  return db.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`routing configuration ${entry.domain}`]);
    const latest = await tx.query<{ version: number }>(
      'select coalesce(max(version), 0) as version from routing_configurations where domain = $1',
      [entry.domain],
    );
    const version = (latest.rows[0]?.version ?? 0) + 1;
    const { rows } = await tx.query<ConfigurationVersion>(
      `insert into routing_configurations (domain, version, configuration, note, restored_from, created_by)
       values ($1, $2, $3::json, $4, $5, $6) returning ${COLUMNS}`,
      [
        entry.domain,
        version,
        JSON.stringify(entry.make(version)),
        entry.note ?? null,
        entry.restoredFrom ?? null,
        entry.createdBy ?? null,
      ],
    );
    return rows[0]!;
  });
}

/** Notes that the engine has taken it. */
export async function markConfigurationActive(
  db: Queryable,
  domain: string,
  version: number,
  atMs: number,
): Promise<void> {
  await db.query(
    `update routing_configurations set activated_at = coalesce(activated_at, $3) where domain = $1 and version = $2`,
    [domain, version, new Date(atMs)],
  );
}

export async function findConfigurationVersion(
  db: Queryable,
  domain: string,
  version: number,
): Promise<ConfigurationVersion | undefined> {
  const { rows } = await db.query<ConfigurationVersion>(
    `select ${COLUMNS} from routing_configurations where domain = $1 and version = $2`,
    [domain, version],
  );
  return rows[0];
}

/** Newest first, at most 200, without what they say. */
export async function listConfigurationVersions(
  db: Queryable,
  domain: string,
): Promise<readonly Omit<ConfigurationVersion, 'configuration'>[]> {
  const { rows } = await db.query<Omit<ConfigurationVersion, 'configuration'>>(
    `select ${COLUMNS.replace(' configuration,', '')} from routing_configurations where domain = $1 order by version desc limit 200`,
    [domain],
  );
  return rows;
}

/** Removes a version that was never active. */
export async function dropConfigurationVersion(db: Queryable, domain: string, version: number): Promise<void> {
  await db.query('delete from routing_configurations where domain = $1 and version = $2 and activated_at is null', [
    domain,
    version,
  ]);
}
