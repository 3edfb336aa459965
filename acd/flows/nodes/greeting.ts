import { z } from 'zod';
import { type NodeKind, next } from '../node.ts';
import { sayingSchema } from '../sentence.ts';

const schema = z.strictObject({ kind: z.literal('greeting'), say: sayingSchema, next: z.string() });

/** Says something and goes on. */
export const greetingNode: NodeKind<z.infer<typeof schema>> = {
  kind: 'greeting',
  label: { 'zh-CN': '问候语', en: 'Greeting' },
  schema,
  ways: (node) => [{ path: ['next'], to: node.next, paced: false }],
  sayings: (node) => [{ path: ['say'], saying: node.say }],
  async run(node, { line }) {
    const said = await line.say(node.say);
    return said.kind === 'gone' ? said : next(node.next);
  },
};
