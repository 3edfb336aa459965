import { z } from 'zod';
import { localNameSchema } from '../../api/contract/index.ts';
import { type NodeKind, next } from '../node.ts';
import { sayingSchema } from '../sentence.ts';
import { safePatternSchema, variableNameSchema } from '../variables.ts';

const schema = z
  .strictObject({
    kind: z.literal('collect'),
    say: sayingSchema,
    variable: variableNameSchema,
    label: localNameSchema,
    minDigits: z.number().int().min(1).max(32).default(1),
    maxDigits: z.number().int().min(1).max(32),
    terminators: z
      .string()
      .regex(/^[*#]{0,2}$/)
      .default('#'),
    pattern: safePatternSchema.optional(),
    attempts: z.number().int().min(1).max(10).default(3),
    timeoutMs: z.number().int().min(1_000).max(60_000).default(8_000),
    interDigitTimeoutMs: z.number().int().min(500).max(30_000).default(4_000),
    invalidSay: sayingSchema.default([{ prompt: 'invalid' }]),
    /** A secret, e.g. a PIN: never shown on the way nor stored with it. */
    secret: z.boolean().default(false),
    next: z.string(),
    failed: z.string(),
  })
  .refine((node) => node.minDigits <= node.maxDigits, { message: 'not below minDigits', path: ['maxDigits'] });

/** Reads digits into a variable. */
export const collectNode: NodeKind<z.infer<typeof schema>> = {
  kind: 'collect',
  label: { 'zh-CN': '收号', en: 'Collect digits' },
  schema,
  ways: (node) => [
    { path: ['next'], to: node.next, paced: true },
    { path: ['failed'], to: node.failed, paced: false },
  ],
  sayings: (node) => [
    { path: ['say'], saying: node.say },
    { path: ['invalidSay'], saying: node.invalidSay },
  ],
  async run(node, { line, variables, secrets }) {
    let again = false;
    for (let attempt = 1; attempt <= node.attempts; attempt++) {
      const answer = await line.ask({
        say: again ? [...node.invalidSay, ...node.say] : node.say,
        minDigits: node.minDigits,
        maxDigits: node.maxDigits,
        firstDigitTimeoutMs: node.timeoutMs,
        interDigitTimeoutMs: node.interDigitTimeoutMs,
        terminators: node.terminators,
        ...(node.pattern === undefined ? {} : { pattern: node.pattern }),
      });
      if (answer.kind === 'gone') return answer;
      if (answer.kind === 'digits') {
        if (node.secret) secrets.add(node.variable);
        variables.set(node.variable, answer.digits);
        line.step(node.label, node.secret ? undefined : answer.digits);
        return next(node.next);
      }
      again = answer.kind === 'invalid';
    }
    line.step({ 'zh-CN': '未输入有效号码', en: 'No valid digits' });
    return next(node.failed);
  },
};
