import type { Clock } from '../../../config/clock.ts';
import type { Session } from './session.ts';

/** Why a wait is over. `leave`: the channel is asked into another state, so whatever runs must end. */
export type Wake = 'leave' | 'break' | 'message' | 'digit' | 'done' | 'timeout' | 'changed';

export interface WaitOptions {
  /** What is being waited for. */
  readonly done?: Promise<unknown>;
  readonly timeoutMs?: number;
  /** Wake for a digit in the queue. */
  readonly digits?: boolean;
  /** Don't wake for queued applications. */
  readonly deaf?: boolean;
  /** Wake when this says so; looked at whenever anything changes. */
  readonly until?: () => boolean;
}

/** True while whatever runs on the leg may go on. */
export function mayGoOn(session: Session): boolean {
  return session.channel.state === session.channel.runningState;
}

function reason(session: Session, options: WaitOptions): Wake | undefined {
  if (!mayGoOn(session)) return 'leave';
  if (options.until?.()) return 'changed';
  if (session.breakRequested) {
    session.breakRequested = false;
    return 'break';
  }
  if (!options.deaf && session.locks === 0 && session.queue.length > 0) return 'message';
  if (options.digits && session.digits.length > 0) return 'digit';
  return undefined;
}

/** Waits for the next thing that an application has to look at. Never rejects. */
export function nextWake(session: Session, clock: Clock, options: WaitOptions): Promise<Wake> {
  const now = reason(session, options);
  if (now) return Promise.resolve(now);
  return new Promise((resolve) => {
    const finish = (wake: Wake) => {
      session.sleepers.delete(look);
      timer?.cancel();
      resolve(wake);
    };
    const look = () => {
      const found = reason(session, options);
      if (found) finish(found);
    };
    const timer = options.timeoutMs === undefined ? undefined : clock.after(options.timeoutMs, () => finish('timeout'));
    session.sleepers.add(look);
    options.done?.then(
      () => finish('done'),
      () => finish('done'),
    );
  });
}
