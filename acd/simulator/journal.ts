import { z } from 'zod';
import type { Effect, EngineEvent } from '../engine/index.ts';
import { configurationSchema } from '../routing/index.ts';
import type { Read } from './input.ts';

/**
 * First line of a journal file: what the engine began with. A live domain begins without queues and with the seed of its name, or, when the older
 * part of its journal is gone, with a snapshot; a simulation with its own configuration and seed.
 */
const headSchema = z.discriminatedUnion('from', [
  z.strictObject({ journal: z.literal(1), from: z.literal('domain'), domain: z.string().min(1).max(128) }),
  z.strictObject({ journal: z.literal(1), from: z.literal('snapshot'), domain: z.string(), snapshot: z.unknown() }),
  z.strictObject({
    journal: z.literal(1),
    from: z.literal('configuration'),
    seed: z.number().int().min(0).max(4_294_967_295),
    configuration: configurationSchema,
  }),
]);
export type JournalHead = z.infer<typeof headSchema>;

/** Any further line. `effects` are what the engine answered then, where they were kept. What an event may say is the engine's own check. */
const lineSchema = z.strictObject({
  seq: z.number().int().min(1),
  at: z.number().int().min(0),
  event: z.looseObject({ type: z.string() }),
  effects: z.array(z.looseObject({ id: z.string(), type: z.string() })).exactOptional(),
});

export interface JournalLine {
  readonly seq: number;
  readonly atMs: number;
  readonly event: EngineEvent;
  readonly effects?: readonly Effect[];
}
export interface Journal {
  readonly head: JournalHead;
  readonly lines: readonly JournalLine[];
}

const MOST_PROBLEMS = 20;

/** Reads a journal file (JSON lines); all problems with their line, at most 20. */
export function readJournalFile(text: string): Read<Journal> {
  const problems: string[] = [];
  const lines: JournalLine[] = [];
  let head: JournalHead | undefined;
  let number = 0;
  for (const row of text.split('\n')) {
    number++;
    if (row.trim() === '' || problems.length >= MOST_PROBLEMS) continue;
    const parsed = parseLine(row, number === 1 ? headSchema : lineSchema);
    if (!parsed.ok) problems.push(...parsed.problems.map((problem) => `line ${number}: ${problem}`));
    else if (number === 1) head = parsed.value as JournalHead;
    else {
      // As it was written: a parsed copy has its keys in another order, and effects are compared byte for byte.
      const { seq, at, event, effects } = JSON.parse(row) as z.infer<typeof lineSchema>;
      const expected = (lines.at(-1)?.seq ?? seq - 1) + 1;
      if (seq !== expected) problems.push(`line ${number}: seq: must be ${expected}`);
      lines.push({
        seq,
        atMs: at,
        event: event as unknown as EngineEvent,
        ...(effects ? { effects: effects as unknown as Effect[] } : {}),
      });
    }
  }
  if (!head && problems.length === 0) problems.push('line 1: must say what the engine began with');
  return head && problems.length === 0 ? { ok: true, value: { head, lines } } : { ok: false, problems };
}

function parseLine(row: string, schema: z.ZodType): Read<unknown> {
  let value: unknown;
  try {
    value = JSON.parse(row);
  } catch (fault) {
    return { ok: false, problems: [`is not JSON: ${(fault as SyntaxError).message}`] };
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  return {
    ok: false,
    problems: parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'line'}: ${message}`),
  };
}

export function headLine(head: JournalHead): string {
  return `${JSON.stringify(head)}\n`;
}

export function journalLine({ seq, atMs, event, effects }: JournalLine): string {
  return `${JSON.stringify({ seq, at: atMs, event, ...(effects ? { effects } : {}) })}\n`;
}
