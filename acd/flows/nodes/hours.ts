import { z } from 'zod';
import { openingAt } from '../calendar.ts';
import { type NodeKind, next } from '../node.ts';

const schema = z.strictObject({
  kind: z.literal('hours'),
  calendar: z.string(),
  open: z.string(),
  closed: z.string(),
  /** Where it goes on a holiday; `closed` when absent. */
  holiday: z.string().optional(),
});

const LABELS = {
  open: { 'zh-CN': '营业时间内', en: 'Open' },
  closed: { 'zh-CN': '营业时间外', en: 'Closed' },
  holiday: { 'zh-CN': '节假日', en: 'Holiday' },
} as const;

/** Branches by opening hours. */
export const hoursNode: NodeKind<z.infer<typeof schema>> = {
  kind: 'hours',
  label: { 'zh-CN': '营业时间', en: 'Hours' },
  schema,
  ways: (node) => [
    { path: ['open'], to: node.open, paced: false },
    { path: ['closed'], to: node.closed, paced: false },
    ...(node.holiday === undefined ? [] : [{ path: ['holiday'], to: node.holiday, paced: false }]),
  ],
  sayings: () => [],
  calendar: (node) => node.calendar,
  async run(node, { line, calendars, clock, log }) {
    const calendar = calendars[node.calendar];
    // A checked flow always has its calendar. Without one we open: a person answering is better than nobody.
    const opening = calendar ? openingAt(calendar, clock.now()) : 'open';
    if (!calendar) log.error({ calendar: node.calendar }, 'calendar of the flow is missing, taken as open');
    line.step(LABELS[opening]);
    return next(opening === 'open' ? node.open : opening === 'holiday' ? (node.holiday ?? node.closed) : node.closed);
  },
};
