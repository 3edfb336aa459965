import type { EffectType } from '../engine/index.ts';

/** How often a handler is asked, and how long after the first failure again (doubled each time, at most 5 s). */
export interface RetryPolicy {
  readonly attempts: number;
  readonly firstDelayMs: number;
}

/** Of the moment: a second later it would be wrong, or ring twice. Its handler reports a failure to the engine as an event. */
const ONCE: RetryPolicy = { attempts: 1, firstDelayMs: 0 };
/** Must come about, and may come a little later. */
const PERSISTENT: RetryPolicy = { attempts: 8, firstDelayMs: 100 };

/** What is done when a handler of an effect fails. While the database is away, `PERSISTENT` effects are tried without limit. */
export const EFFECT_RETRIES = {
  offer: ONCE,
  'offer-ended': PERSISTENT,
  assign: ONCE,
  'assignment-ended': PERSISTENT,
  'contact-joined': PERSISTENT,
  'contact-left': PERSISTENT,
  'contact-ended': PERSISTENT,
  'wrap-up-started': PERSISTENT,
  'wrap-up-changed': PERSISTENT,
  'wrap-up-ended': PERSISTENT,
  'agent-state': PERSISTENT,
  announce: ONCE,
  'callback-reserved': PERSISTENT,
  'callback-dial': ONCE,
  'callback-waiting': PERSISTENT,
  reserve: PERSISTENT,
  relaxed: PERSISTENT,
  'segment-opened': PERSISTENT,
  'segment-closed': PERSISTENT,
  prediction: PERSISTENT,
  'prediction-resolved': PERSISTENT,
  'transfer-failed': PERSISTENT,
  configured: PERSISTENT,
  rejected: ONCE,
} as const satisfies Record<EffectType, RetryPolicy>;

const LONGEST_DELAY_MS = 5_000;

/** How long to wait before the attempt after `attempt` (1 is the first). */
export function retryDelayMs(policy: RetryPolicy, attempt: number): number {
  return Math.min(policy.firstDelayMs * 2 ** (attempt - 1), LONGEST_DELAY_MS);
}
