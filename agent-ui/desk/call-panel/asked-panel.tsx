import { AudioMutedOutlined, AudioOutlined, PhoneFilled, QuestionCircleFilled } from '@ant-design/icons';
import type { DeskContact } from '../../../acd/api/contract/index.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { hangUpCall, setMuted } from '../../lib/phone/index.ts';
import { usePhoneCall, useSoftphone } from '../../lib/softphone/index.ts';
import { Elapsed } from '../../lib/time/index.ts';
import { CallNotes } from '../call-notes.tsx';
import { CallButton } from './call-button.tsx';
import './call-panel.css';
import { Levels } from './levels.tsx';

interface Props {
  readonly contact: DeskContact;
  readonly askedBy: NonNullable<DeskContact['askedBy']>;
}

/** A colleague's contact about which this agent is asked: it can be talked about and left. It becomes the agent's own when handed over. */
export function AskedPanel({ contact, askedBy }: Props) {
  const { t } = useWords();
  const { phone } = useSoftphone();
  const call = usePhoneCall(contact.phoneCallKey);
  const muted = call?.muted ?? false;
  return (
    <section className="call-panel" aria-label={t('call.label')} data-testid="asked">
      <header className="call-card" data-state={contact.state}>
        <div className="call-who">
          <p className="call-asked">
            <QuestionCircleFilled /> {t('consult.asks', { name: askedBy.name })}
          </p>
          <h1>{contact.customer.displayName || contact.callerNumber}</h1>
        </div>
        <div className="call-clock" data-state={contact.state} data-testid="call-state">
          <span className="call-phase">
            <PhoneFilled /> {t(`contact-state.${contact.state}`)}
          </span>
          <Elapsed sinceMs={contact.sinceMs} className="call-time" />
        </div>
        <Levels muted={muted} held={false} other={askedBy.name} />
        <div className="call-buttons" role="toolbar" aria-label={t('call.actions')}>
          <CallButton
            testId="mute"
            label={muted ? t('call.unmute') : t('call.mute')}
            icon={muted ? <AudioMutedOutlined /> : <AudioOutlined />}
            pressed={muted}
            disabled={!call}
            onClick={() => setMuted(phone, contact.phoneCallKey, !muted)}
          />
          <CallButton
            testId="hang-up"
            label={t('consult.leave')}
            icon={<PhoneFilled className="hang-up-icon" />}
            danger
            onClick={() => hangUpCall(phone, contact.phoneCallKey)}
          />
        </div>
        <p className="call-recording" role="status">
          {t(`consult.asked.${askedBy.state}`, { name: askedBy.name })}
        </p>
      </header>
      <CallNotes contactId={contact.contactId} />
    </section>
  );
}
