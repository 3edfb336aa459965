import { z } from 'zod';

/** What the caller's page says is happening, in the caller's words. */
export const CALLER_PHASES = [
  'calling',
  'menu',
  'waiting',
  'ringing-agent',
  'talking',
  'held',
  'voicemail',
  'ended',
] as const;
export const callerViewSchema = z.object({
  phase: z.enum(CALLER_PHASES),
  /** Place in the queue, from 1. */
  position: z.number().int().positive().optional(),
  /** Announced as a range; absent while there is not enough data. */
  waitRangeMs: z.object({ from: z.number().int().positive(), to: z.number().int().positive() }).optional(),
  agentName: z.string().optional(),
  /** Keys that mean something now, with what they mean, for the keypad. */
  choices: z.array(z.object({ digit: z.string(), label: z.object({ 'zh-CN': z.string(), en: z.string() }) })),
});
export type CallerView = z.infer<typeof callerViewSchema>;
