import { z } from 'zod';
import { localNameSchema } from '../../api/contract/index.ts';
import { type NodeKind, next } from '../node.ts';
import { sayingSchema } from '../sentence.ts';

const schema = z.strictObject({
  kind: z.literal('menu'),
  say: sayingSchema,
  choices: z
    .record(
      z.string().regex(/^[0-9*#]$/, 'one key: 0-9, * or #'),
      z.strictObject({ label: localNameSchema, next: z.string() }),
    )
    .refine((choices) => Object.keys(choices).length > 0, { message: 'at least one key' }),
  /** How often the menu is said at most. */
  attempts: z.number().int().min(1).max(10).default(3),
  timeoutMs: z.number().int().min(1_000).max(60_000).default(5_000),
  invalidSay: sayingSchema.default([{ prompt: 'invalid' }]),
  noInputSay: sayingSchema.default([{ prompt: 'no-input' }]),
  /** Where it goes after the last attempt with a key that means nothing. */
  invalid: z.string(),
  /** Where it goes after the last attempt without any key. */
  noInput: z.string(),
});

/** Says the choices and goes where the key leads. */
export const menuNode: NodeKind<z.infer<typeof schema>> = {
  kind: 'menu',
  label: { 'zh-CN': '菜单', en: 'Menu' },
  schema,
  ways: (node) => [
    ...Object.entries(node.choices).map(([digit, choice]) => ({
      path: ['choices', digit, 'next'],
      to: choice.next,
      paced: true,
    })),
    { path: ['invalid'], to: node.invalid, paced: true },
    { path: ['noInput'], to: node.noInput, paced: false },
  ],
  sayings: (node) => [
    { path: ['say'], saying: node.say },
    { path: ['invalidSay'], saying: node.invalidSay },
    { path: ['noInputSay'], saying: node.noInputSay },
  ],
  async run(node, { line }) {
    let wasInvalid = false;
    for (let attempt = 1; attempt <= node.attempts; attempt++) {
      const again = attempt === 1 ? [] : wasInvalid ? node.invalidSay : node.noInputSay;
      const answer = await line.ask({
        say: [...again, ...node.say],
        minDigits: 1,
        maxDigits: 1,
        firstDigitTimeoutMs: node.timeoutMs,
        interDigitTimeoutMs: node.timeoutMs,
        terminators: '',
        choices: Object.entries(node.choices).map(([digit, choice]) => ({ digit, label: choice.label })),
      });
      if (answer.kind === 'gone') return answer;
      if (answer.kind === 'digits') {
        const choice = node.choices[answer.digits];
        if (choice) {
          line.step(choice.label, answer.digits);
          return next(choice.next);
        }
      }
      wasInvalid = answer.kind !== 'no-input';
    }
    if (wasInvalid) {
      line.step({ 'zh-CN': '按键无效', en: 'Key not valid' });
      return next(node.invalid);
    }
    line.step({ 'zh-CN': '未按键', en: 'No key pressed' });
    return next(node.noInput);
  },
};
