import { CHANNEL_CLASSES, ENGINE_LIMITS } from '../configuration.ts';

export type Plain = Readonly<Record<string, unknown>>;

export const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isId = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= ENGINE_LIMITS.idLength;
export const isWhole = (value: unknown, least: number, most: number): value is number =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
export const isListOf = (
  value: unknown,
  most: number,
  isEntry: (entry: unknown) => boolean,
): value is readonly unknown[] => Array.isArray(value) && value.length <= most && value.every(isEntry);
/** Points of a score. */
export const isPoints = (value: unknown): value is number => isWhole(value, -1_000_000, 1_000_000);
/** A length of time, up to 400 days. */
export const isSpanMs = (value: unknown, least = 0): value is number => isWhole(value, least, 400 * 86_400_000);
/** A moment, ms since 1970. */
export const isTimeMs = (value: unknown): value is number => isWhole(value, 0, 8_640_000_000_000);

export function isSkills(value: unknown): boolean {
  if (!isPlain(value)) return false;
  const entries = Object.entries(value);
  return entries.length <= 200 && entries.every(([name, level]) => isId(name) && isWhole(level, 1, 10));
}

export function isMembership(value: unknown): boolean {
  if (!isPlain(value) || !isId(value['queueId'])) return false;
  const { tier, rank, reserve } = value;
  return (
    (tier === undefined || isWhole(tier, 1, 100)) &&
    (rank === undefined || isWhole(rank, 0, 1_000_000)) &&
    (reserve === undefined || typeof reserve === 'boolean')
  );
}

export function areMemberships(value: unknown): boolean {
  if (!isListOf(value, 1_000, isMembership)) return false;
  return new Set(value.map((entry) => (entry as { queueId: string }).queueId)).size === value.length;
}

export function areGroups(value: unknown): boolean {
  return isListOf(value, 100, isId) && new Set(value).size === value.length;
}

export function isCapacity(value: unknown): boolean {
  if (!isPlain(value)) return false;
  const { slots, blockedBy } = value;
  if (!isPlain(slots) || !isPlain(blockedBy)) return false;
  return CHANNEL_CLASSES.every(
    (name) =>
      isWhole(slots[name], 0, 100) &&
      isListOf(blockedBy[name], CHANNEL_CLASSES.length, (other) =>
        (CHANNEL_CLASSES as readonly unknown[]).includes(other),
      ),
  );
}

export const isWeight = (value: unknown): boolean =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 && value <= 1_000_000;
