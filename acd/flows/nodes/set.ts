import { z } from 'zod';
import { type NodeKind, next } from '../node.ts';
import { fillIn } from '../sentence.ts';
import { variableNameSchema } from '../variables.ts';

const schema = z.strictObject({
  kind: z.literal('set'),
  values: z.record(variableNameSchema, z.string().max(400)),
  next: z.string(),
});

/** Sets variables; values may hold other variables as `{name}`. */
export const setNode: NodeKind<z.infer<typeof schema>> = {
  kind: 'set',
  label: { 'zh-CN': '设置变量', en: 'Set' },
  schema,
  ways: (node) => [{ path: ['next'], to: node.next, paced: false }],
  sayings: () => [],
  async run(node, { variables }) {
    for (const [name, value] of Object.entries(node.values)) variables.set(name, fillIn(value, variables));
    return next(node.next);
  },
};
