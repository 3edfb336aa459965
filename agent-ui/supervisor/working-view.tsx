import { FundProjectionScreenOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Me } from '../../acd/api/contract/index.ts';
import { ConnectionNotice, LanguageSwitch, NetworkLight, PageNav, UserMenu } from '../lib/header/index.ts';
import { useWords } from '../lib/i18n/index.ts';
import { Region } from '../lib/region/index.ts';
import { AgentsGrid } from './agents-grid.tsx';
import { ContactsList } from './contacts-list.tsx';
import { FloorDrawer, type Opened } from './drawer/index.ts';
import { useFloorLive } from './floor-room.tsx';
import { QueuesTable } from './queues-table.tsx';
import { SupervisedCall } from './supervised-call.tsx';
import './working-view.css';

/** Queues, agents and contacts at once; a drawer explains any of them and acts on it. */
export function WorkingView({ me }: { me: Me }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const connected = useFloorLive((live) => live.connected);
  const lostAtMs = useFloorLive((live) => live.lostAtMs);
  const roundTripMs = useFloorLive((live) => live.roundTripMs);
  const floor = useFloorLive((live) => live.state);
  const [opened, setOpened] = useState<Opened>();
  useEffect(() => {
    document.title = t('floor.title');
  }, [t]);
  return (
    <div className="floor">
      <header className="page-header">
        <strong>{t('floor.title')}</strong>
        <span className="spring" />
        <PageNav me={me} />
        <Button icon={<FundProjectionScreenOutlined />} onClick={() => void navigate('/supervisor/wallboard')}>
          <span className="wide-only">{t('floor.wallboard')}</span>
        </Button>
        <NetworkLight connected={connected} roundTripMs={roundTripMs} />
        <LanguageSwitch keep />
        <UserMenu me={me} />
      </header>
      <div>
        {(connected || lostAtMs !== undefined) && (
          <ConnectionNotice connected={connected} still={t('floor.still')} limits={floor?.limits ?? []} />
        )}
        {!opened && <SupervisedCall />}
      </div>
      <main className="floor-body">
        <section className="floor-queues" aria-label={t('floor.queues')}>
          <Region>
            <QueuesTable floor={floor} />
          </Region>
        </section>
        <section className="floor-agents" aria-label={t('floor.agents')}>
          <Region>
            <AgentsGrid floor={floor} onOpen={(agentId) => setOpened({ kind: 'agent', id: agentId })} />
          </Region>
        </section>
        <section className="floor-contacts" aria-label={t('floor.contacts')}>
          <Region>
            <ContactsList floor={floor} onOpen={(contactId) => setOpened({ kind: 'contact', id: contactId })} />
          </Region>
        </section>
      </main>
      <FloorDrawer me={me} opened={opened} onOpen={setOpened} onClose={() => setOpened(undefined)} />
    </div>
  );
}
