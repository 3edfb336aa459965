import { z } from 'zod';
import { localeSchema } from '../../api/contract/index.ts';
import { type NodeKind, next } from '../node.ts';

const schema = z.strictObject({ kind: z.literal('language'), language: localeSchema, next: z.string() });

/** Chooses the language of all that follows. */
export const languageNode: NodeKind<z.infer<typeof schema>> = {
  kind: 'language',
  label: { 'zh-CN': '语言', en: 'Language' },
  schema,
  ways: (node) => [{ path: ['next'], to: node.next, paced: false }],
  sayings: () => [],
  async run(node, { line }) {
    line.language = node.language;
    line.step(
      node.language === 'en' ? { 'zh-CN': '英语服务', en: 'English' } : { 'zh-CN': '普通话服务', en: 'Mandarin' },
    );
    return next(node.next);
  },
};
