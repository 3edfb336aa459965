import type { i18n, TFunction } from 'i18next';

/** The engine's reasons why an agent does not take a contact, and why nothing comes to an agent. */
export const ENGINE_REASONS = [
  'signed-out',
  'offline',
  'on-break',
  'draining',
  'channel-not-handled',
  'not-in-queue',
  'reserve-not-called',
  'skills',
  'held-for-preferred-agent',
  'paused-after-refusal',
  'capacity-full',
  'blocked-by-other-channel',
  'none',
  'nothing-waiting',
] as const;

/** A code of the engine, `skills` or `skills: refund`, split into its name and what it is about. */
export function splitReason(reason: string): { code: string; detail: string | undefined } {
  const [code = '', ...rest] = reason.split(/[:：(]/);
  const detail = rest.join(':').replace(/\)$/, '').trim();
  return { code: code.trim(), detail: detail || undefined };
}

/** The engine's reason as a sentence; a code that this page does not know yet is shown so that it can still be read. */
export function reasonSentence(t: TFunction, words: Pick<i18n, 'exists'>, reason: string): string {
  const { code, detail } = splitReason(reason);
  const known = words.exists(`reason.${code}`);
  const sentence = known ? t(`reason.${code}`) : code.replaceAll(/[-_.]/g, ' ');
  return detail ? t('reason-detail', { sentence, detail }) : sentence;
}
