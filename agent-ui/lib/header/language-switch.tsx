import { Button } from 'antd';
import { changeLanguage, useWords } from '../i18n/index.ts';
import { request, setRequestLanguage } from '../server/index.ts';

/** Changes the language at once; a signed-in user's choice is also kept by the server. */
export function LanguageSwitch({ keep = false }: { keep?: boolean }) {
  const { t, locale } = useWords();
  const other = locale === 'en' ? 'zh-CN' : 'en';
  return (
    <Button
      type="text"
      data-testid="language-switch"
      lang={other}
      aria-label={t('language.switch')}
      onClick={() => {
        void changeLanguage(other);
        setRequestLanguage(other);
        if (keep) void request('PATCH', '/session', { locale: other });
      }}
    >
      {t('language.other')}
    </Button>
  );
}
