import { NavLink } from 'react-router';
import type { Me } from '../../../acd/api/contract/index.ts';
import { useWords } from '../i18n/index.ts';
import { pagesOf } from '../session/index.ts';

/** Ways to the user's other pages; nothing when there is only one. */
export function PageNav({ me }: { me: Me }) {
  const { t } = useWords();
  const pages = pagesOf(me);
  if (pages.length < 2) return null;
  return (
    <nav className="page-nav" aria-label={t('nav.label')}>
      {pages.map((page) => (
        <NavLink key={page} to={`/${page}`}>
          {t(`nav.${page}`)}
        </NavLink>
      ))}
    </nav>
  );
}
