import { CheckCircleFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { ContactExplanation, Floor } from '../../../acd/api/contract/index.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { formatSpan, Remaining } from '../../lib/time/index.ts';
import { reasonSentence, splitReason } from '../reasons.ts';

/** Why a contact still waits, in sentences: its place, what comes next, and each agent with the first reason against. */
export function ContactWhy({
  explanation,
  floor,
}: {
  explanation: ContactExplanation | undefined | false;
  floor: Floor;
}) {
  const { t } = useWords();
  const { i18n } = useTranslation();
  if (!explanation)
    return <p className="drawer-hint">{explanation === false ? t('drawer.no-why') : t('app.loading')}</p>;
  const nameOf = (contactId: string) => {
    const other = floor.contacts.find((one) => one.contactId === contactId);
    return other?.customerName || other?.callerNumber || contactId;
  };
  const changesAtMs = explanation.step?.changesAtMs;
  return (
    <div className="why" data-testid="explanation">
      {explanation.position !== undefined && (
        <p>
          {t('why.position', { position: explanation.position, score: Math.round((explanation.score ?? 0) * 10) / 10 })}
        </p>
      )}
      {explanation.ahead.length > 0 && <p>{t('why.ahead')}</p>}
      {explanation.ahead.length > 0 && (
        <ul className="why-ahead">
          {explanation.ahead.slice(0, 5).map((other) => (
            <li key={other.contactId} className="tabular">
              <span>{nameOf(other.contactId)}</span>
              <span>{t('why.waited', { span: formatSpan(other.waitedMs) })}</span>
            </li>
          ))}
        </ul>
      )}
      {explanation.step && (explanation.step.index > 0 || changesAtMs !== undefined) && (
        <p>
          {t('why.step', { step: explanation.step.index })}
          {changesAtMs !== undefined && (
            <>
              {' '}
              {t('why.next-step')} <Remaining untilMs={changesAtMs} />
            </>
          )}
        </p>
      )}
      {explanation.agents.length === 0 ? (
        <p>{t('why.nobody')}</p>
      ) : (
        <ul className="why-agents">
          {explanation.agents.map((agent) => (
            <li key={agent.agentId} data-can={splitReason(agent.reason).code === 'none'}>
              <strong>{agent.displayName}</strong>
              <span>
                {splitReason(agent.reason).code === 'none' && <CheckCircleFilled />}{' '}
                {reasonSentence(t, i18n, agent.reason)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
