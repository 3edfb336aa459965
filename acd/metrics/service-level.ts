import { shareOf } from './share.ts';

/** T: a contact answered within it counts as in time, ms. */
export const SERVICE_LEVEL_THRESHOLD_MS = 20_000;
/** S: an abandon within it counts as short, ms. */
export const SHORT_ABANDON_MS = 5_000;

/** What every service level is made of. Contacts that flowed out or took a callback are in none of these. */
export interface ServiceLevelCounts {
  /** A */
  readonly answered: number;
  /** At: answered within T, T itself included. */
  readonly answeredWithin: number;
  /** B, short ones included. */
  readonly abandoned: number;
  /** Bt: abandoned within T. */
  readonly abandonedWithin: number;
  /** Bs: abandoned within S. */
  readonly shortAbandoned: number;
}

export const SERVICE_LEVELS = [
  'answered',
  'ignore-abandoned',
  'abandoned-negative',
  'abandoned-positive',
  'minus-short',
] as const;
export type ServiceLevelKind = (typeof SERVICE_LEVELS)[number];
export const DEFAULT_SERVICE_LEVEL: ServiceLevelKind = 'ignore-abandoned';

/** Printed with every report. */
export const SERVICE_LEVEL_FORMULAS: Readonly<Record<ServiceLevelKind, string>> = {
  answered: 'At / A',
  'ignore-abandoned': 'At / (A + B − Bt)',
  'abandoned-negative': 'At / (A + B)',
  'abandoned-positive': '(At + Bt) / (A + B)',
  'minus-short': 'At / (A + B − Bs)',
};

/** Service level, 0–1; undefined when nothing counts yet. */
export function serviceLevel(
  counts: ServiceLevelCounts,
  kind: ServiceLevelKind = DEFAULT_SERVICE_LEVEL,
): number | undefined {
  const { answered, answeredWithin, abandoned, abandonedWithin, shortAbandoned } = counts;
  switch (kind) {
    case 'answered':
      return shareOf(answeredWithin, answered);
    case 'ignore-abandoned':
      return shareOf(answeredWithin, answered + abandoned - abandonedWithin);
    case 'abandoned-negative':
      return shareOf(answeredWithin, answered + abandoned);
    case 'abandoned-positive':
      return shareOf(answeredWithin + abandonedWithin, answered + abandoned);
    case 'minus-short':
      return shareOf(answeredWithin, answered + abandoned - shortAbandoned);
  }
}
