import { App, ConfigProvider } from 'antd';
import en from 'antd/locale/en_US';
import zh from 'antd/locale/zh_CN';
import { lazy, Suspense } from 'react';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import type { Locale, Me } from '../../acd/api/contract/index.ts';
import { useWords } from '../lib/i18n/index.ts';
import { Region } from '../lib/region/index.ts';
import { type Page, pagesOf, useSession } from '../lib/session/index.ts';
import { SoftphoneProvider } from '../lib/softphone/index.ts';
import { useScale, useScheme } from '../lib/theme/index.ts';
import { SignInPage } from '../sign-in/index.ts';
import { themeOf } from './theme.ts';
import './tandem-app.css';

const ANTD_WORDS = { 'zh-CN': zh, en } satisfies Record<Locale, unknown>;
const PAGES = {
  desk: lazy(() => import('../desk/index.ts')),
  supervisor: lazy(() => import('../supervisor/index.ts')),
  admin: lazy(() => import('../admin/index.ts')),
} satisfies Record<Page, unknown>;

export function TandemApp() {
  const { locale } = useWords();
  const theme = themeOf(useScheme(), useScale());
  const session = useSession();
  return (
    <ConfigProvider locale={ANTD_WORDS[locale]} theme={theme} button={{ autoInsertSpace: false }}>
      <App className="tandem-app" message={{ maxCount: 3 }}>
        {session.kind === 'signed-in' ? <Pages me={session.me} /> : <SignInPage session={session} />}
      </App>
    </ConfigProvider>
  );
}

function Pages({ me }: { me: Me }) {
  const { t } = useWords();
  const pages = pagesOf(me);
  const home = pages[0];
  if (!home) return <p className="app-blank">{t('app.no-page')}</p>;
  return (
    <SoftphoneProvider userId={me.userId}>
      <BrowserRouter>
        <Suspense fallback={<output className="app-blank">{t('app.loading')}</output>}>
          <Routes>
            {pages.map((page) => {
              const Shown = PAGES[page];
              return (
                <Route
                  key={page}
                  path={`/${page}/*`}
                  element={
                    <Region>
                      <Shown me={me} />
                    </Region>
                  }
                />
              );
            })}
            <Route path="*" element={<Navigate to={`/${home}`} replace />} />
          </Routes>
        </Suspense>
      </BrowserRouter>
    </SoftphoneProvider>
  );
}
