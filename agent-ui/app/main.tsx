import { createRoot } from 'react-dom/client';
import type { Locale } from '../../acd/api/contract/index.ts';
import { startLanguage } from '../lib/i18n/index.ts';
import { askSession } from '../lib/session/index.ts';
import { paintScheme } from '../lib/theme/index.ts';
import '../lib/theme/base.css';
import { TandemApp } from './tandem-app.tsx';

const WORDS: Record<Locale, () => Promise<{ default: Record<string, unknown> }>> = {
  'zh-CN': () => import('../lib/i18n/zh-CN.json'),
  en: () => import('../lib/i18n/en.json'),
};

paintScheme();
void askSession();
await startLanguage(async (locale) => (await WORDS[locale]()).default);
const page = document.getElementById('page');
if (page) createRoot(page).render(<TandemApp />);
