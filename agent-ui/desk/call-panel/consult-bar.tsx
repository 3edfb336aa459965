import { LoadingOutlined, PhoneFilled, RollbackOutlined, SwapOutlined, TeamOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useEffect, useRef } from 'react';
import type { DeskContact } from '../../../acd/api/contract/index.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { Elapsed } from '../../lib/time/index.ts';
import { useCommand } from '../room.tsx';
import { useCallActions } from './call-actions.ts';
import './consult-bar.css';
import { type ConsultWay, endConsult } from './end-consult.ts';

type Consult = NonNullable<DeskContact['consult']>;

/** Whom the agent asks, how far it has come, and the ways on: hand over, all three together, or back to the customer. */
export function ConsultBar({ contact, consult }: { contact: DeskContact; consult: Consult }) {
  const { t } = useWords();
  const command = useCommand();
  const { state, name } = consult;
  const ringing = state === 'ringing';
  const end = (way: ConsultWay) => () => void endConsult(command, contact, way);
  return (
    <section className="consult-bar" data-state={state} data-testid="consult" aria-label={t('consult.actions')}>
      <div className="consult-who" role="status">
        <span className="consult-icon" aria-hidden="true">
          {ringing ? <LoadingOutlined /> : state === 'conference' ? <TeamOutlined /> : <PhoneFilled />}
        </span>
        <div>
          <strong>{t(`consult.state.${state}`, { name })}</strong>
          <p>{t(`consult.say.${state}`, { name })}</p>
        </div>
        <Elapsed sinceMs={consult.sinceMs} className="consult-time" />
      </div>
      <div className="consult-ways">
        <Button
          type="primary"
          icon={<SwapOutlined />}
          disabled={ringing}
          onClick={end('complete')}
          data-testid="consult-complete"
        >
          {t('consult.complete')}
        </Button>
        {state !== 'conference' && (
          <Button
            icon={<TeamOutlined />}
            disabled={ringing}
            onClick={end('conference')}
            data-testid="consult-conference"
          >
            {t('consult.conference')}
          </Button>
        )}
        <Button icon={<RollbackOutlined />} onClick={end('cancel')} data-testid="consult-cancel">
          {state === 'conference' ? t('consult.remove', { name }) : t('consult.cancel')}
        </Button>
      </div>
    </section>
  );
}

/** Says that the second party is gone when it was not this agent who ended it. */
export function useConsultNews(contact: DeskContact): void {
  const { t } = useWords();
  const { message } = App.useApp();
  const before = useRef<Consult>(undefined);
  const { consult } = contact;
  useEffect(() => {
    const { current } = before;
    before.current = consult;
    if (!current || consult || contact.state === 'wrap-up') return;
    const { consultEndedOf } = useCallActions.getState();
    if (consultEndedOf === contact.contactId) {
      useCallActions.setState({ consultEndedOf: undefined });
      return;
    }
    const { name } = current;
    void message.info(current.state === 'ringing' ? t('consult.no-answer', { name }) : t('consult.left', { name }), 6);
  }, [consult, contact.contactId, contact.state, message, t]);
}
