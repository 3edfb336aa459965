import {
  abandonRate,
  abandonRateWithoutShort,
  averageAbandonWait,
  averageHandlingTime,
  averageSpeedOfAnswer,
  occupancy,
  ronaRate,
  SERVICE_LEVEL_FORMULAS,
  SERVICE_LEVELS,
  type ServiceLevelKind,
  serviceLevel,
  transferRate,
  utilization,
} from '../metrics/index.ts';
import type { AgentTimes } from './agent-time.ts';
import type { Tally } from './tally.ts';

export interface Measure {
  readonly id: string;
  readonly unit: 'count' | 'share' | 'ms';
  /** Printed with the report. */
  readonly formula: string;
  /** Undefined where it says nothing: agents' time is not a queue's. */
  of(tally: Tally, agents: AgentTimes | undefined): number | undefined;
}

const countOf = (id: keyof Tally, formula: string): Measure => ({
  id,
  unit: 'count',
  formula,
  of: (tally) => tally[id],
});
const levelOf = (kind: ServiceLevelKind): Measure => ({
  id: `serviceLevel.${kind}`,
  unit: 'share',
  formula: SERVICE_LEVEL_FORMULAS[kind],
  of: (tally) => serviceLevel(tally, kind),
});

/** Everything that a simulation reports, in the order in which it is shown. */
export const MEASURES: readonly Measure[] = [
  countOf('offered', 'entries into a queue; a transfer back in is a new entry'),
  countOf('reentered', 'entries after a transfer or a return'),
  countOf('answered', 'A'),
  countOf('abandoned', 'B'),
  countOf('overflowed', 'left for another queue or way by a limit'),
  countOf('callbacksTaken', 'left for a callback; not abandoned'),
  countOf('callbacksAnswered', 'callbacks that reached the customer and an agent'),
  ...SERVICE_LEVELS.map(levelOf),
  {
    id: 'averageSpeedOfAnswer',
    unit: 'ms',
    formula: 'sum of wait of answered / answered',
    of: averageSpeedOfAnswer,
  },
  {
    id: 'longestWait',
    unit: 'ms',
    formula: 'longest wait of answered and abandoned',
    of: (tally) => tally.longestWaitMs,
  },
  {
    id: 'waitShare',
    unit: 'share',
    formula: 'answered or abandoned after a wait above 0 / (A + B)',
    of: (tally) =>
      tally.answered + tally.abandoned > 0 ? tally.waited / (tally.answered + tally.abandoned) : undefined,
  },
  {
    id: 'averageWait',
    unit: 'ms',
    formula: 'sum of wait of answered and abandoned / (A + B)',
    of: ({ answered, abandoned, answeredWaitMs, abandonedWaitMs }) =>
      answered + abandoned > 0 ? (answeredWaitMs + abandonedWaitMs) / (answered + abandoned) : undefined,
  },
  { id: 'abandonRate', unit: 'share', formula: 'B / offered', of: abandonRate },
  {
    id: 'abandonRateWithoutShort',
    unit: 'share',
    formula: '(B − Bs) / (offered − Bs)',
    of: abandonRateWithoutShort,
  },
  { id: 'averageAbandonWait', unit: 'ms', formula: 'sum of wait of abandoned / B', of: averageAbandonWait },
  {
    id: 'averageHandlingTime',
    unit: 'ms',
    formula: '(talk + hold + wrap-up) / handled',
    of: averageHandlingTime,
  },
  { id: 'ronaRate', unit: 'share', formula: 'offers that timed out / offers', of: ronaRate },
  {
    id: 'transferRate',
    unit: 'share',
    formula: 'handled contacts with a transfer / handled contacts',
    of: transferRate,
  },
  {
    id: 'occupancy',
    unit: 'share',
    formula: '(talk + hold + wrap-up + ringing) / (the same + available-idle)',
    of: (_, agents) => agents && occupancy(agents),
  },
  {
    id: 'utilization',
    unit: 'share',
    formula: '(talk + hold + wrap-up) / signed-in time',
    of: (_, agents) => agents && utilization(agents),
  },
];
