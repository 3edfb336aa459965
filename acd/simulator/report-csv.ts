import { MEASURES } from './measures.ts';
import type { Summary } from './summary.ts';

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** One line a queue and measure (RFC 4180): mean, half-width of the 95 % interval, replications with a value. Times in ms, shares 0–1. */
export function summaryCsv(summary: Summary): string {
  const lines = [['scope', 'measure', 'unit', 'mean', 'half_width_95', 'replications', 'formula']];
  const scopes = [['total', summary.total] as const, ...Object.entries(summary.queues)];
  scopes.forEach(([scope, estimates], index) => {
    for (const { id, unit, formula } of MEASURES) {
      const estimate = estimates[id];
      if (!estimate) continue;
      const { mean, halfWidth, values } = estimate;
      const name = index === 0 ? 'total' : `queue:${scope}`;
      lines.push([
        name,
        id,
        unit,
        String(mean),
        halfWidth === undefined ? '' : String(halfWidth),
        String(values),
        formula,
      ]);
    }
  });
  return `${lines.map((line) => line.map(quoted).join(',')).join('\r\n')}\r\n`;
}
