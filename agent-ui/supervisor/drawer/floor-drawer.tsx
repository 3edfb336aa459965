import { Drawer } from 'antd';
import type { Me } from '../../../acd/api/contract/index.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { Region } from '../../lib/region/index.ts';
import { useFloorLive } from '../floor-room.tsx';
import { AgentDetail } from './agent-detail.tsx';
import { ContactDetail } from './contact-detail.tsx';
import './floor-drawer.css';

/** What the drawer shows. */
export interface Opened {
  readonly kind: 'contact' | 'agent';
  readonly id: string;
}

interface Props {
  readonly me: Me;
  readonly opened: Opened | undefined;
  readonly onOpen: (opened: Opened) => void;
  readonly onClose: () => void;
}

/** Explains one contact or one agent and acts on it. What has left the floor meanwhile is said. */
export function FloorDrawer({ me, opened, onOpen, onClose }: Props) {
  const { t } = useWords();
  const floor = useFloorLive((live) => live.state);
  const contact = opened?.kind === 'contact' ? floor?.contacts.find((one) => one.contactId === opened.id) : undefined;
  const agent = opened?.kind === 'agent' ? floor?.agents.find((one) => one.agentId === opened.id) : undefined;
  return (
    <Drawer
      open={opened !== undefined}
      onClose={onClose}
      size="26rem"
      mask={false}
      title={contact ? contact.customerName || contact.callerNumber : (agent?.displayName ?? t('drawer.gone-title'))}
      destroyOnHidden
    >
      <Region>
        {contact && floor ? (
          <ContactDetail key={contact.contactId} me={me} contact={contact} floor={floor} />
        ) : agent && floor ? (
          <AgentDetail
            key={agent.agentId}
            agent={agent}
            floor={floor}
            onOpenContact={(id) => onOpen({ kind: 'contact', id })}
          />
        ) : (
          <p>{t('drawer.gone')}</p>
        )}
      </Region>
    </Drawer>
  );
}
