import { z } from 'zod';
import { outcomeSchema } from '../../api/contract/index.ts';
import type { NodeKind } from '../node.ts';
import { sayingSchema } from '../sentence.ts';

const schema = z.strictObject({
  kind: z.literal('hang-up'),
  say: sayingSchema.optional(),
  /** How the contact is counted. A message that was left counts as voicemail whatever stands here. */
  outcome: outcomeSchema.exclude(['answered', 'abandoned', 'short-abandoned']).default('closed'),
});

/** Says goodbye and ends the call. */
export const hangUpNode: NodeKind<z.infer<typeof schema>> = {
  kind: 'hang-up',
  label: { 'zh-CN': '挂断', en: 'Hang up' },
  schema,
  ways: () => [],
  sayings: (node) => (node.say ? [{ path: ['say'], saying: node.say }] : []),
  async run(node, { line }) {
    if (node.say) {
      const said = await line.say(node.say);
      if (said.kind === 'gone') return said;
    }
    await line.hangUp(node.outcome);
    return { kind: 'ended', outcome: node.outcome };
  },
};
