import { z } from 'zod';
import { localeSchema, localNameSchema } from '../api/contract/index.ts';
import { type Calendar, calendarSchema } from './calendar.ts';
import type { AnyNode } from './node.ts';

/** A node's name inside its flow. */
const nodeIdSchema = z.string().regex(/^[a-zA-Z][a-zA-Z0-9_-]{0,59}$/, 'letters, digits, - and _, up to 60');

/** The frame of a flow. Nodes are checked by their own kind's schema. */
export const flowFrameSchema = z.strictObject({
  flowId: z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, 'lower-case letters, digits and -, up to 60'),
  name: localNameSchema,
  /** Numbers that callers dial to get here. */
  numbers: z.array(z.string().regex(/^\+?[0-9*#]{1,20}$/)).max(50),
  /** Languages that every sentence must have. */
  languages: z.array(localeSchema).min(1),
  language: localeSchema,
  calendars: z.record(z.string().max(60), calendarSchema).default({}),
  start: nodeIdSchema,
  nodes: z.record(nodeIdSchema, z.looseObject({ kind: z.string() })),
});

/** A checked flow: every node fits its kind, every way leads somewhere. */
export interface Flow extends Omit<z.infer<typeof flowFrameSchema>, 'nodes' | 'calendars'> {
  readonly calendars: Readonly<Record<string, Calendar>>;
  readonly nodes: Readonly<Record<string, AnyNode>>;
}

/** Most nodes in one flow. */
export const MOST_NODES = 500;

/** Something wrong in a flow: where, e.g. `nodes.menu.choices.1.next`, and what. */
export interface FlowProblem {
  readonly path: string;
  readonly message: string;
}
