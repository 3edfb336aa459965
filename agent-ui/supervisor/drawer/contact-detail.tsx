import { AudioOutlined, CommentOutlined, EyeOutlined, ImportOutlined } from '@ant-design/icons';
import { Button, InputNumber, Select } from 'antd';
import { useId, useState } from 'react';
import { useNavigate } from 'react-router';
import type { ContactExplanation, Floor, LiveContact, Me, superviseSchema } from '../../../acd/api/contract/index.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { useSoftphone } from '../../lib/softphone/index.ts';
import { Elapsed } from '../../lib/time/index.ts';
import { useFloorCommand } from '../floor-room.tsx';
import { SupervisedCall } from '../supervised-call.tsx';
import { ContactWhy } from './contact-why.tsx';
import { useExplanation } from './use-explanation.ts';

type Mode = ReturnType<typeof superviseSchema.parse>['mode'];
const MODES: readonly { mode: Mode; icon: typeof EyeOutlined }[] = [
  { mode: 'listen', icon: EyeOutlined },
  { mode: 'whisper', icon: CommentOutlined },
  { mode: 'barge', icon: AudioOutlined },
];
const PRIORITY_LIMIT = 1_000_000;

interface Props {
  readonly me: Me;
  readonly contact: LiveContact;
  readonly floor: Floor;
}

export function ContactDetail({ me, contact, floor }: Props) {
  const { t, name } = useWords();
  const command = useFloorCommand();
  const navigate = useNavigate();
  const softphone = useSoftphone();
  const path = `/contacts/${contact.contactId}`;
  const explanation = useExplanation<ContactExplanation>(`${path}/explanation`);
  const [priority, setPriority] = useState<number>(contact.priority);
  const [joining, setJoining] = useState<Mode>();
  const ids = { agent: useId(), queue: useId(), priority: useId() };
  const waiting = contact.state === 'waiting' || contact.state === 'offered';
  const canBePulled =
    me.agentId !== undefined && contact.agentId !== me.agentId && (waiting || contact.state === 'handling');
  const queue = floor.queues.find((one) => one.queueId === contact.queueId);
  const agent = floor.agents.find((one) => one.agentId === contact.agentId);
  const onShift = floor.agents.some((one) => one.agentId === me.agentId);
  const pull = async () => {
    // It rings on the desk, so that is where the supervisor goes.
    if (await command('POST', `${path}/pull`)) navigate('/desk');
  };
  const supervise = async (mode: Mode) => {
    setJoining(mode);
    // The server calls this page's phone, so it must be registered first; whether it is, the server says.
    await softphone.ready();
    await command('POST', `${path}/supervise`, { mode });
    setJoining(undefined);
  };
  const free = (agentId: string) =>
    floor.agents.some((one) => one.agentId === agentId && one.status === 'available' && one.state === 'idle');

  return (
    <div className="drawer-body">
      <SupervisedCall />
      <dl className="drawer-facts">
        <div>
          <dt>{t('drawer.state')}</dt>
          <dd>
            {t(`floor-contact.${contact.state}`)} <Elapsed sinceMs={contact.sinceMs} />
          </dd>
        </div>
        <div>
          <dt>{t('drawer.number')}</dt>
          <dd className="tabular">{contact.callerNumber}</dd>
        </div>
        {queue && (
          <div>
            <dt>{t('queue.name')}</dt>
            <dd>{name(queue.name)}</dd>
          </div>
        )}
        {agent && (
          <div>
            <dt>{t('drawer.agent')}</dt>
            <dd>{agent.displayName}</dd>
          </div>
        )}
      </dl>

      {contact.state === 'handling' && (
        <section>
          <h3 className="panel-title">{t('drawer.supervise')}</h3>
          <div className="drawer-buttons">
            {MODES.map(({ mode, icon: Icon }) => (
              <Button
                key={mode}
                icon={<Icon />}
                loading={joining === mode}
                data-testid={`supervise-${mode}`}
                onClick={() => void supervise(mode)}
              >
                {t(`supervise.${mode}`)}
              </Button>
            ))}
          </div>
          <p className="drawer-hint">{t('supervise.hint')}</p>
        </section>
      )}

      {canBePulled && (
        <section>
          <Button icon={<ImportOutlined />} block disabled={!onShift} data-testid="pull" onClick={() => void pull()}>
            {t('drawer.pull')}
          </Button>
          {!onShift && <p className="drawer-hint">{t('drawer.pull-off-shift')}</p>}
        </section>
      )}

      {waiting && (
        <>
          <section>
            <h3 className="panel-title">{t('drawer.why')}</h3>
            <ContactWhy explanation={explanation} floor={floor} />
          </section>
          <section>
            <h3 className="panel-title">{t('drawer.act')}</h3>
            <div className="drawer-field">
              <label htmlFor={ids.agent}>{t('drawer.assign')}</label>
              <Select
                id={ids.agent}
                data-testid="assign"
                showSearch={{ optionFilterProp: 'label' }}
                value={null}
                placeholder={t('drawer.assign-hint')}
                options={floor.agents
                  .filter((one) => one.status !== 'offline')
                  .sort((a, b) => Number(free(b.agentId)) - Number(free(a.agentId)))
                  .map((one) => ({
                    value: one.agentId,
                    label: free(one.agentId) ? t('drawer.agent-free', { name: one.displayName }) : one.displayName,
                  }))}
                onSelect={(agentId: string | null) => agentId && void command('POST', `${path}/assign`, { agentId })}
              />
            </div>
            <div className="drawer-field">
              <label htmlFor={ids.queue}>{t('drawer.move')}</label>
              <Select
                id={ids.queue}
                data-testid="move"
                value={contact.queueId ?? null}
                options={floor.queues.map((one) => ({ value: one.queueId, label: name(one.name) }))}
                onChange={(queueId: string | null) => queueId && void command('POST', `${path}/move`, { queueId })}
              />
            </div>
            <div className="drawer-field">
              <label htmlFor={ids.priority}>{t('drawer.priority')}</label>
              <span className="in-line">
                <InputNumber
                  id={ids.priority}
                  data-testid="priority"
                  value={priority}
                  min={-PRIORITY_LIMIT}
                  max={PRIORITY_LIMIT}
                  onChange={(value) => setPriority(value ?? 0)}
                />
                <Button
                  data-testid="priority-set"
                  disabled={priority === contact.priority}
                  onClick={() => void command('POST', `${path}/priority`, { priority })}
                >
                  {t('drawer.set')}
                </Button>
              </span>
            </div>
          </section>
        </>
      )}
    </div>
  );
}
