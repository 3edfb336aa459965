import { formatSeconds } from './format.ts';
import { useSecondsSince, useSecondsUntil } from './ticker.ts';

/** A running time; `role="timer"` keeps screen readers from reading every second. */
export function Elapsed({ sinceMs, className }: { sinceMs: number; className?: string }) {
  const seconds = useSecondsSince(sinceMs);
  return (
    <span role="timer" className={className ? `tabular ${className}` : 'tabular'}>
      {formatSeconds(seconds)}
    </span>
  );
}

/** A time that runs out. */
export function Remaining({ untilMs, className }: { untilMs: number; className?: string }) {
  const seconds = useSecondsUntil(untilMs);
  return (
    <span role="timer" className={className ? `tabular ${className}` : 'tabular'}>
      {formatSeconds(seconds)}
    </span>
  );
}
