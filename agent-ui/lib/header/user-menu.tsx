import { DownOutlined } from '@ant-design/icons';
import { Button, Dropdown, type MenuProps } from 'antd';
import type { Me } from '../../../acd/api/contract/index.ts';
import { useWords } from '../i18n/index.ts';
import { signOut } from '../session/index.ts';

type Items = NonNullable<MenuProps['items']>;

/** The user's own menu; a page puts its own entries before signing out. */
export function UserMenu({ me, items = [] }: { me: Me; items?: Items }) {
  const { t } = useWords();
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          ...items,
          ...(items.length > 0 ? [{ type: 'divider' as const }] : []),
          { key: 'sign-out', label: t('user.sign-out'), onClick: () => void signOut() },
        ],
      }}
    >
      <Button
        type="text"
        className="user-menu"
        data-testid="user-menu"
        aria-label={t('user.menu', { name: me.displayName })}
      >
        <span className="user-mark" aria-hidden="true">
          {[...me.displayName][0]}
        </span>
        <span className="user-name">{me.displayName}</span>
        <DownOutlined />
      </Button>
    </Dropdown>
  );
}
