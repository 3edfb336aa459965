import { z } from 'zod';
import { type NodeKind, next } from '../node.ts';
import { variableNameSchema } from '../variables.ts';

const schema = z.strictObject({
  kind: z.literal('branch'),
  variable: variableNameSchema,
  /** Value → next node. */
  cases: z.record(z.string().max(200), z.string()),
  otherwise: z.string(),
});

/** Branches by the value of a variable. */
export const branchNode: NodeKind<z.infer<typeof schema>> = {
  kind: 'branch',
  label: { 'zh-CN': '条件分支', en: 'Branch' },
  schema,
  ways: (node) => [
    ...Object.entries(node.cases).map(([value, to]) => ({ path: ['cases', value], to, paced: false })),
    { path: ['otherwise'], to: node.otherwise, paced: false },
  ],
  sayings: () => [],
  async run(node, { variables }) {
    const value = variables.get(node.variable) ?? '';
    return next(Object.hasOwn(node.cases, value) ? node.cases[value]! : node.otherwise);
  },
};
