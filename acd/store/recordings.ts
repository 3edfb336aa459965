import { instant, instantOrNull, type Queryable } from './database.ts';

/** `cut-short`: the file ends before the call did. `missing`: it is not where it should be. Both are shown, not hidden. */
export const RECORDING_STATES = ['recording', 'stored', 'cut-short', 'missing'] as const;
export type RecordingState = (typeof RECORDING_STATES)[number];

export const RECORDING_KINDS = ['conversation', 'voicemail'] as const;
export type RecordingKind = (typeof RECORDING_KINDS)[number];

export interface Recording {
  readonly id: string;
  readonly kind: RecordingKind;
  readonly contactId: string;
  readonly segmentId: string | null;
  readonly agentId: string | null;
  /** Relative to the folder of recordings, so that the folder can move. */
  readonly path: string;
  readonly state: RecordingState;
  readonly startedAtMs: number;
  readonly endedAtMs: number | null;
  readonly durationMs: number | null;
  readonly sizeBytes: number | null;
  readonly pauses: readonly { readonly fromMs: number; readonly toMs?: number }[];
}

const COLUMNS = `id, contact_id as "contactId", segment_id as "segmentId", agent_id as "agentId", kind, path, state,
  started_at as "startedAtMs", ended_at as "endedAtMs", duration_ms as "durationMs", size_bytes as "sizeBytes", pauses`;

export async function startRecording(
  db: Queryable,
  recording: Pick<Recording, 'id' | 'contactId' | 'kind' | 'path' | 'startedAtMs'> & {
    readonly segmentId?: string;
    readonly agentId?: string;
  },
): Promise<void> {
  await db.query(
    `insert into recordings (id, contact_id, segment_id, agent_id, kind, path, state, started_at)
     values ($1, $2, $3, $4, $5, $6, 'recording', $7) on conflict (id) do nothing`,
    [
      recording.id,
      recording.contactId,
      recording.segmentId ?? null,
      recording.agentId ?? null,
      recording.kind,
      recording.path,
      instant(recording.startedAtMs),
    ],
  );
}

export async function finishRecording(
  db: Queryable,
  id: string,
  end: {
    readonly state: Exclude<RecordingState, 'recording'>;
    readonly endedAtMs?: number;
    readonly durationMs?: number;
    readonly sizeBytes?: number;
  },
): Promise<boolean> {
  const { changed } = await db.query(
    `update recordings set state = $2, ended_at = coalesce($3, ended_at), duration_ms = coalesce($4, duration_ms),
            size_bytes = coalesce($5, size_bytes) where id = $1`,
    [id, end.state, instantOrNull(end.endedAtMs), end.durationMs ?? null, end.sizeBytes ?? null],
  );
  return changed > 0;
}

export async function setRecordingPauses(db: Queryable, id: string, pauses: Recording['pauses']): Promise<void> {
  await db.query('update recordings set pauses = $2::jsonb where id = $1', [id, JSON.stringify(pauses)]);
}

export async function findRecording(db: Queryable, id: string): Promise<Recording | undefined> {
  return (await db.query<Recording>(`select ${COLUMNS} from recordings where id = $1`, [id])).rows[0];
}

export async function recordingsOf(db: Queryable, contactId: string): Promise<readonly Recording[]> {
  const { rows } = await db.query<Recording>(
    `select ${COLUMNS} from recordings where contact_id = $1 order by started_at, id`,
    [contactId],
  );
  return rows;
}

/** Those that were running when the server last stopped. */
export async function unfinishedRecordings(db: Queryable): Promise<readonly Recording[]> {
  const { rows } = await db.query<Recording>(
    `select ${COLUMNS} from recordings where state = 'recording' order by started_at, id limit 10000`,
  );
  return rows;
}
