import { Button, Switch } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentExplanation, AgentStatus, Floor, LiveAgent } from '../../../acd/api/contract/index.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { Elapsed } from '../../lib/time/index.ts';
import { useFloorCommand } from '../floor-room.tsx';
import { reasonSentence } from '../reasons.ts';
import { SupervisedCall } from '../supervised-call.tsx';
import { useExplanation } from './use-explanation.ts';

const FORCED: readonly AgentStatus[] = ['available', 'break', 'offline'];

interface Props {
  readonly agent: LiveAgent;
  readonly floor: Floor;
  readonly onOpenContact: (contactId: string) => void;
}

export function AgentDetail({ agent, floor, onOpenContact }: Props) {
  const { t } = useWords();
  const { i18n } = useTranslation();
  const command = useFloorCommand();
  const path = `/agents/${agent.agentId}`;
  const explanation = useExplanation<AgentExplanation>(`${path}/explanation`);
  const drainId = useId();
  const titleOf = (contactId: string) => {
    const contact = floor.contacts.find((one) => one.contactId === contactId);
    return contact?.customerName || contact?.callerNumber || contactId;
  };
  return (
    <div className="drawer-body">
      <SupervisedCall />
      <dl className="drawer-facts">
        <div>
          <dt>{t('drawer.status')}</dt>
          <dd>{t(`status.${agent.status}`)}</dd>
        </div>
        <div>
          <dt>{t('drawer.state')}</dt>
          <dd>
            {t(`agent-state.${agent.state}`)} <Elapsed sinceMs={agent.sinceMs} />
          </dd>
        </div>
        <div>
          <dt>{t('drawer.phone')}</dt>
          <dd>{agent.phoneRegistered ? t('drawer.phone-here') : t('drawer.phone-away')}</dd>
        </div>
        <div>
          <dt>{t('drawer.today')}</dt>
          <dd className="tabular">
            {t('drawer.today-of', { handled: agent.handledToday, missed: agent.missedToday })}
          </dd>
        </div>
      </dl>
      {agent.contactIds.length > 0 && (
        <section>
          <h3 className="panel-title">{t('drawer.contacts')}</h3>
          <div className="drawer-buttons">
            {agent.contactIds.map((contactId) => (
              <Button key={contactId} onClick={() => onOpenContact(contactId)}>
                {titleOf(contactId)}
              </Button>
            ))}
          </div>
        </section>
      )}
      <section>
        <h3 className="panel-title">{t('drawer.why-nothing')}</h3>
        {explanation ? (
          <ul className="why-plain" data-testid="explanation">
            {explanation.reasons.map((reason) => (
              <li key={reason}>{reasonSentence(t, i18n, reason)}</li>
            ))}
            {explanation.couldTake.map((one) => (
              <li key={one.contactId}>{t('why.could-take', { who: titleOf(one.contactId) })}</li>
            ))}
            {explanation.reasons.length + explanation.couldTake.length === 0 && <li>{t('reason.nothing-waiting')}</li>}
          </ul>
        ) : (
          <p className="drawer-hint">{explanation === false ? t('drawer.no-why') : t('app.loading')}</p>
        )}
      </section>
      <section>
        <h3 className="panel-title">{t('drawer.act')}</h3>
        <div className="drawer-buttons">
          {FORCED.map((status) => (
            <Button
              key={status}
              data-testid={`force-${status}`}
              disabled={agent.status === status}
              onClick={() => void command('PUT', `${path}/status`, { status })}
            >
              {t(`force.${status}`)}
            </Button>
          ))}
        </div>
        <div className="drawer-switch">
          <Switch
            id={drainId}
            data-testid="drain"
            checked={agent.draining}
            onChange={(drain) => void command('PUT', `${path}/drain`, { drain })}
          />
          <label htmlFor={drainId}>{t('drawer.drain')}</label>
        </div>
      </section>
    </div>
  );
}
