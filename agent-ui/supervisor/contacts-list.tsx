import { BellFilled, BranchesOutlined, ClockCircleFilled, PhoneFilled } from '@ant-design/icons';
import { useMemo } from 'react';
import type { Floor, LiveContact } from '../../acd/api/contract/index.ts';
import { useWords } from '../lib/i18n/index.ts';
import { VirtualList } from '../lib/list/index.ts';
import { Elapsed } from '../lib/time/index.ts';
import { inFloorOrder } from './attention.ts';

const ICONS = {
  flow: BranchesOutlined,
  offered: BellFilled,
  handling: PhoneFilled,
  'wrap-up': ClockCircleFilled,
} as const;

/** Who waits and who is talked to, in the order of the server. */
export function ContactsList({ floor, onOpen }: { floor: Floor | undefined; onOpen: (contactId: string) => void }) {
  const { t } = useWords();
  const contacts = useMemo(() => inFloorOrder(floor?.contacts ?? []), [floor?.contacts]);
  const waiting = contacts.filter((contact) => contact.state === 'waiting').length;
  return (
    <>
      <div className="floor-head">
        <h2 className="panel-title">{t('floor.contacts')}</h2>
        <span className="panel-title tabular">{t('queue.summary', { count: waiting })}</span>
      </div>
      {contacts.length === 0 ? (
        <p className="floor-none">{floor ? t('floor.no-contacts') : t('app.loading')}</p>
      ) : (
        <VirtualList
          items={contacts}
          keyOf={(contact) => contact.contactId}
          estimatePx={60}
          label={t('floor.contacts')}
          testId="floor-contact"
          onOpen={(contact) => onOpen(contact.contactId)}
          row={(contact) => <ContactRow contact={contact} floor={floor} />}
        />
      )}
    </>
  );
}

function ContactRow({ contact, floor }: { contact: LiveContact; floor: Floor | undefined }) {
  const { t, name } = useWords();
  const Icon = contact.state === 'waiting' ? undefined : ICONS[contact.state];
  const queue = floor?.queues.find((one) => one.queueId === contact.queueId);
  const agent = floor?.agents.find((one) => one.agentId === contact.agentId);
  const facts = [t(`floor-contact.${contact.state}`), queue ? name(queue.name) : undefined, agent?.displayName].filter(
    (fact) => fact !== undefined,
  );
  return (
    <div className="floor-contact" data-state={contact.state}>
      <span className="floor-contact-icon tabular">{Icon ? <Icon /> : (contact.position ?? t('sign.none'))}</span>
      <strong>{contact.customerName || contact.callerNumber}</strong>
      <Elapsed sinceMs={contact.sinceMs} />
      <small>{facts.join(' · ')}</small>
    </div>
  );
}
