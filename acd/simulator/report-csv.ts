import { MEASURES } from './measures.ts';
import type { Summary } from './summary.ts';

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** RFC 4180. */
export function csvOf(lines: readonly (readonly string[])[]): string {
  return `${lines.map((line) => line.map(quoted).join(',')).join('\r\n')}\r\n`;
}

/** One line a queue or interval and measure: mean, half-width of the 95 % interval, replications with a value. Times in ms, shares 0–1. */
export function summaryCsv(summary: Summary): string {
  const scopes = [
    ['total', summary.total] as const,
    ...Object.entries(summary.queues).map(([queueId, estimates]) => [`queue:${queueId}`, estimates] as const),
    ...Object.entries(summary.intervals).map(([start, estimates]) => [`interval:${start}`, estimates] as const),
  ];
  const rows = scopes.flatMap(([scope, estimates]) =>
    MEASURES.flatMap(({ id, unit, formula }) => {
      const estimate = estimates[id];
      if (!estimate) return [];
      const { mean, halfWidth, values } = estimate;
      return [
        [scope, id, unit, String(mean), halfWidth === undefined ? '' : String(halfWidth), String(values), formula],
      ];
    }),
  );
  return csvOf([['scope', 'measure', 'unit', 'mean', 'half_width_95', 'replications', 'formula'], ...rows]);
}
