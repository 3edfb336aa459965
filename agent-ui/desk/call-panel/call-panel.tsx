import {
  AudioMutedOutlined,
  AudioOutlined,
  CrownFilled,
  PauseCircleOutlined,
  PauseOutlined,
  PhoneFilled,
  PlayCircleOutlined,
  SwapOutlined,
  TableOutlined,
} from '@ant-design/icons';
import type { DeskContact } from '../../../acd/api/contract/index.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { hangUpCall, setMuted } from '../../lib/phone/index.ts';
import { usePhoneCall, useSoftphone } from '../../lib/softphone/index.ts';
import { Elapsed } from '../../lib/time/index.ts';
import { CallNotes } from '../call-notes.tsx';
import { useCommand, withContact } from '../room.tsx';
import { useCallActions } from './call-actions.ts';
import './call-panel.css';
import { CallButton } from './call-button.tsx';
import { ConsultBar, useConsultNews } from './consult-bar.tsx';
import { Keypad } from './keypad.tsx';
import { Levels } from './levels.tsx';
import { toggleHold } from './toggle-hold.ts';
import { TransferDialog } from './transfer-dialog.tsx';

/** The running call: who, how long, what can be done, and the notes of the agent. */
export function CallPanel({ contact }: { contact: DeskContact }) {
  const { t, name } = useWords();
  const { phone } = useSoftphone();
  const call = usePhoneCall(contact.phoneCallKey);
  const command = useCommand();
  const { shown, open, close } = useCallActions();
  const base = `/contacts/${contact.contactId}`;
  const held = contact.state === 'held';
  const connecting = contact.state === 'connecting';
  const muted = call?.muted ?? false;
  const paused = contact.recording === 'paused';
  const { consult } = contact;
  useConsultNews(contact);
  const toggleRecording = () =>
    command(
      'POST',
      `${base}/recording/${paused ? 'resume' : 'pause'}`,
      {},
      withContact(contact.contactId, (before) => ({ ...before, recording: paused ? 'on' : 'paused' })),
    );
  const hangUp = async () => {
    const done = await command('POST', `${base}/hang-up`, {});
    if (!done) hangUpCall(phone, contact.phoneCallKey);
  };

  return (
    <section className="call-panel" aria-label={t('call.label')}>
      <header className="call-card" data-state={contact.state}>
        <div className="call-who">
          <h1>{contact.customer.displayName || contact.callerNumber}</h1>
          <p>
            {contact.customer.vip && (
              <span className="chip" data-kind="vip">
                <CrownFilled /> {t('customer.vip')}
              </span>
            )}
            {contact.reason && <span className="chip">{name(contact.reason)}</span>}
            {contact.queueName && <span className="chip">{name(contact.queueName)}</span>}
            <span className="tabular call-number">{contact.callerNumber}</span>
          </p>
        </div>
        <div className="call-clock" data-state={contact.state} data-testid="call-state">
          <span className="call-phase">
            {held ? <PauseCircleOutlined /> : <PhoneFilled />} {t(`contact-state.${contact.state}`)}
          </span>
          <Elapsed
            sinceMs={held ? contact.sinceMs : (contact.talkStartedAtMs ?? contact.sinceMs)}
            className="call-time"
          />
        </div>
        <Levels
          muted={muted}
          held={held && consult?.state !== 'talking'}
          other={consult?.state === 'talking' ? consult.name : t('call.customer')}
        />
        {consult && <ConsultBar contact={contact} consult={consult} />}
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
            testId="hold"
            label={held ? t('call.unhold') : t('call.hold')}
            icon={held ? <PlayCircleOutlined /> : <PauseOutlined />}
            pressed={held}
            disabled={connecting || consult !== undefined}
            onClick={() => void toggleHold(command, contact)}
          />
          <CallButton
            testId="keypad"
            label={t('call.keypad')}
            icon={<TableOutlined />}
            pressed={shown === 'keypad'}
            disabled={connecting}
            onClick={() => (shown === 'keypad' ? close() : open('keypad'))}
          />
          <CallButton
            testId="transfer"
            label={t('call.transfer')}
            icon={<SwapOutlined />}
            disabled={connecting || consult !== undefined}
            onClick={() => open('transfer')}
          />
          <CallButton
            testId="record-pause"
            label={paused ? t('call.record-resume') : t('call.record-pause')}
            icon={<span className="record-dot" data-recording={contact.recording} aria-hidden="true" />}
            pressed={paused}
            disabled={contact.recording === 'off'}
            onClick={() => void toggleRecording()}
          />
          <CallButton
            testId="hang-up"
            label={t('call.hang-up')}
            icon={<PhoneFilled className="hang-up-icon" />}
            danger
            onClick={() => void hangUp()}
          />
        </div>
        {shown === 'keypad' && <Keypad onDigit={(digits) => void command('POST', `${base}/digits`, { digits })} />}
        <p className="call-recording" data-recording={contact.recording} role="status">
          {t(`recording.${contact.recording}`)}
        </p>
      </header>
      <CallNotes contactId={contact.contactId} />
      <TransferDialog contact={contact} open={shown === 'transfer'} onClose={close} />
    </section>
  );
}
