import type { ApiCommand } from '../core/switch-core.ts';
import { usage } from './arguments.ts';

const UNITS: readonly (readonly [words: readonly string[], perMs: number])[] = [
  [['microseconds', 'us'], 0.001],
  [['milliseconds', 'ms'], 1],
  [['seconds', 's', ''], 1000],
  [['minutes', 'm'], 60_000],
  [['hours', 'h'], 3_600_000],
  [['days', 'd'], 86_400_000],
];

/** `uptime [us|ms|s|m|h|d]` */
export const uptime: ApiCommand = (sw, argument) => {
  const unit = UNITS.find(([words]) => words.includes(argument.trim().toLowerCase()));
  if (!unit) return usage('[us|ms|s|m|h|d|microseconds|milliseconds|seconds|minutes|hours|days]');
  return `${Math.floor((sw.clock.now() - sw.startedAtMs) / unit[1])}\n`;
};
