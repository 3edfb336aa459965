import {
  CustomerServiceOutlined,
  MailOutlined,
  MessageOutlined,
  PauseCircleOutlined,
  PhoneFilled,
  PhoneOutlined,
} from '@ant-design/icons';
import type { Channel, DeskContact } from '../../acd/api/contract/index.ts';
import { useWords } from '../lib/i18n/index.ts';
import { Elapsed } from '../lib/time/index.ts';
import './contact-list.css';

/** The icon of a channel, changed where the state must be seen without reading. */
export function ChannelIcon({ channel, held = false }: { channel: Channel; held?: boolean }) {
  if (held) return <PauseCircleOutlined />;
  if (channel === 'voice' || channel === 'callback') return <PhoneFilled />;
  if (channel === 'email') return <MailOutlined />;
  return channel === 'ticket' ? <CustomerServiceOutlined /> : <MessageOutlined />;
}

interface Props {
  readonly contacts: readonly DeskContact[];
  readonly currentId: string | undefined;
  readonly onChoose: (contactId: string) => void;
}

export function ContactList({ contacts, currentId, onChoose }: Props) {
  const { t } = useWords();
  return (
    <section className="contact-list">
      <h2 className="panel-title">{t('desk.contacts')}</h2>
      {contacts.length === 0 ? (
        <p className="contact-none">
          <PhoneOutlined /> {t('desk.no-contacts')}
        </p>
      ) : (
        <ul>
          {contacts.map((contact) => (
            <li key={contact.contactId}>
              <button
                type="button"
                className="contact-row"
                data-state={contact.state}
                aria-current={contact.contactId === currentId}
                onClick={() => onChoose(contact.contactId)}
              >
                <span className="contact-icon">
                  <ChannelIcon channel={contact.channel} held={contact.state === 'held'} />
                </span>
                <span className="contact-who">{contact.customer.displayName || contact.callerNumber}</span>
                <Elapsed sinceMs={contact.sinceMs} className="contact-time" />
                <span className="contact-state">
                  {contact.consult
                    ? t(`consult.state.${contact.consult.state}`, { name: contact.consult.name })
                    : contact.askedBy
                      ? t('consult.asked.ringing', { name: contact.askedBy.name })
                      : t(`contact-state.${contact.state}`)}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
