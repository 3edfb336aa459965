import { z } from 'zod';
import { type NodeKind, next } from '../node.ts';
import { sayingSchema } from '../sentence.ts';

const schema = z.strictObject({
  kind: z.literal('transfer'),
  say: sayingSchema.default([{ prompt: 'transferring' }]),
  target: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('number'), number: z.string().regex(/^\+?[0-9*#]{2,20}$/) }),
    z.strictObject({
      kind: z.literal('sip-uri'),
      uri: z
        .string()
        .max(200)
        .regex(/^sips?:[A-Za-z0-9._~+*#-]+@[A-Za-z0-9.:[\]-]+$/),
    }),
  ]),
  ringTimeoutMs: z.number().int().min(1_000).max(120_000).default(30_000),
  failed: z.string(),
});

/** Sends the call outside; when nobody answers there, the flow goes on. */
export const transferNode: NodeKind<z.infer<typeof schema>> = {
  kind: 'transfer',
  label: { 'zh-CN': '转接外线', en: 'Transfer' },
  schema,
  ways: (node) => [{ path: ['failed'], to: node.failed, paced: true }],
  sayings: (node) => [{ path: ['say'], saying: node.say }],
  async run(node, { line }) {
    const said = await line.say(node.say);
    if (said.kind === 'gone') return said;
    line.step({ 'zh-CN': '转接外线', en: 'Transferred outside' });
    const outcome = await line.transferOut(node.target, node.ringTimeoutMs);
    if (outcome.kind === 'gone') return outcome;
    if (outcome.kind === 'ended') return { kind: 'ended', outcome: 'overflowed' };
    line.step({ 'zh-CN': '外线未接通', en: 'Outside call failed' }, outcome.reason);
    return next(node.failed);
  },
};
