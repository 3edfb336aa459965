import { instant, type Queryable } from './database.ts';

export interface WaitPrediction {
  readonly contactId: string;
  readonly queueId: string;
  readonly estimator: string;
  readonly atMs: number;
  readonly predictedMs: number;
}

export async function addWaitPredictions(db: Queryable, predictions: readonly WaitPrediction[]): Promise<void> {
  if (predictions.length === 0) return;
  await db.query(
    `insert into wait_predictions (contact_id, queue_id, estimator, at, predicted_ms)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::bigint[]) on conflict do nothing`,
    [
      predictions.map((prediction) => prediction.contactId),
      predictions.map((prediction) => prediction.queueId),
      predictions.map((prediction) => prediction.estimator),
      predictions.map((prediction) => instant(prediction.atMs)),
      predictions.map((prediction) => Math.round(prediction.predictedMs)),
    ],
  );
}

/** Writes the wait that followed beside every open prediction of the contact in this queue. */
export async function resolveWaitPredictions(
  db: Queryable,
  wait: { readonly contactId: string; readonly queueId: string; readonly actualMs: number; readonly outcome: string },
): Promise<void> {
  await db.query(
    `update wait_predictions set actual_ms = $3, outcome = $4 where contact_id = $1 and queue_id = $2 and actual_ms is null`,
    [wait.contactId, wait.queueId, Math.round(wait.actualMs), wait.outcome],
  );
}

export interface EstimatorError {
  readonly queueId: string;
  readonly estimator: string;
  readonly samples: number;
  readonly meanAbsoluteErrorMs: number;
  /** Mean of predicted − actual: above 0 the estimate was too long. */
  readonly biasMs: number;
}

/** How good each estimator was since `sinceMs`, per queue. */
export async function estimatorErrors(db: Queryable, sinceMs: number): Promise<readonly EstimatorError[]> {
  const { rows } = await db.query<EstimatorError>(
    `select queue_id as "queueId", estimator, count(*) as samples, avg(abs(predicted_ms - actual_ms))::float8 as "meanAbsoluteErrorMs",
            avg(predicted_ms - actual_ms)::float8 as "biasMs"
       from wait_predictions where at >= $1 and actual_ms is not null group by 1, 2 order by 1, 2`,
    [instant(sinceMs)],
  );
  return rows;
}
