import { z } from 'zod';
import { type NodeKind, next } from '../node.ts';
import { sayingSchema } from '../sentence.ts';

const schema = z.strictObject({
  kind: z.literal('voicemail'),
  say: sayingSchema.default([{ prompt: 'voicemail' }]),
  maxMs: z.number().int().min(2_000).max(600_000).default(120_000),
  endDigit: z
    .string()
    .regex(/^[0-9*#]$/)
    .default('#'),
  next: z.string(),
});

/** Takes a message. A silent one is kept too: whether it says anything is for a person to judge. */
export const voicemailNode: NodeKind<z.infer<typeof schema>> = {
  kind: 'voicemail',
  label: { 'zh-CN': '语音留言', en: 'Voicemail' },
  schema,
  ways: (node) => [{ path: ['next'], to: node.next, paced: true }],
  sayings: (node) => [{ path: ['say'], saying: node.say }],
  async run(node, { line }) {
    const said = await line.say(node.say);
    if (said.kind === 'gone') return said;
    line.step({ 'zh-CN': '语音留言', en: 'Voicemail' });
    const outcome = await line.recordMessage({ maxMs: node.maxMs, endDigit: node.endDigit });
    return outcome.kind === 'gone' ? outcome : next(node.next);
  },
};
