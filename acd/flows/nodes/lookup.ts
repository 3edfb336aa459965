import { z } from 'zod';
import { JSON_PATH, readJsonPath } from '../json-path.ts';
import { type NodeKind, next } from '../node.ts';
import { variableNameSchema } from '../variables.ts';

const schema = z.strictObject({
  kind: z.literal('lookup'),
  method: z.enum(['GET', 'POST']).default('GET'),
  /** `{name}` stands for a variable, percent-encoded; only in path and query. */
  url: z
    .string()
    .max(600)
    .regex(/^https?:\/\/[A-Za-z0-9.:[\]-]+(\/|$)/, 'an http or https address whose host holds no variable'),
  /** Names of variables that are sent as a JSON object by POST. */
  send: z.array(variableNameSchema).max(20).default([]),
  deadlineMs: z.number().int().min(100).max(10_000).default(3_000),
  /** Variable → place in the answer, e.g. `customer.orders[0].state`. */
  read: z.record(variableNameSchema, z.string().regex(JSON_PATH, 'a place such as customer.orders[0].state')),
  next: z.string(),
  failed: z.string(),
});

/** Longest value kept in a variable, characters. */
const MOST_CHARACTERS = 400;

/** Asks another system over HTTP and keeps parts of its answer. */
export const lookupNode: NodeKind<z.infer<typeof schema>> = {
  kind: 'lookup',
  label: { 'zh-CN': '查询', en: 'Lookup' },
  schema,
  ways: (node) => [
    { path: ['next'], to: node.next, paced: false },
    { path: ['failed'], to: node.failed, paced: false },
  ],
  sayings: () => [],
  async run(node, { line, variables, lookup, log }) {
    const url = node.url.replace(/\{([a-zA-Z][a-zA-Z0-9_]*)\}/g, (_, name: string) =>
      encodeURIComponent(variables.get(name) ?? ''),
    );
    const outcome = await lookup.ask({
      method: node.method,
      url,
      deadlineMs: node.deadlineMs,
      ...(node.method === 'POST'
        ? { body: JSON.stringify(Object.fromEntries(node.send.map((name) => [name, variables.get(name) ?? '']))) }
        : {}),
    });
    if (outcome.kind === 'failed') {
      log.warn({ contactId: line.contactId, reason: outcome.reason }, 'lookup of a flow failed');
      line.step({ 'zh-CN': '查询失败', en: 'Lookup failed' });
      return next(node.failed);
    }
    for (const [name, path] of Object.entries(node.read)) {
      const value = readJsonPath(outcome.json, path);
      if (value === undefined) variables.delete(name);
      else variables.set(name, value.slice(0, MOST_CHARACTERS));
    }
    line.step({ 'zh-CN': '已查询', en: 'Looked up' });
    return next(node.next);
  },
};
