import { BranchesOutlined, PhoneOutlined, SearchOutlined, TeamOutlined, UserOutlined } from '@ant-design/icons';
import { Button, Input, type InputRef, Modal } from 'antd';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { DeskContact } from '../../../acd/api/contract/index.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { useCommand, useDeskRoom } from '../room.tsx';
import './transfer-dialog.css';
import { type TransferChoice, transferChoices } from './transfer-targets.ts';

const ICONS = { queue: TeamOutlined, agent: UserOutlined, number: PhoneOutlined, flow: BranchesOutlined } as const;
/** More than these are narrowed by typing. */
const SHOWN = 60;

/** Queues and flows have nobody who could be asked. */
const canBeAsked = ({ target }: TransferChoice) => target.kind === 'agent' || target.kind === 'number';

interface Props {
  readonly contact: DeskContact;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Type to search, arrows to choose, Enter to transfer; people and numbers can be asked first. */
export function TransferDialog({ contact, open, onClose }: Props) {
  const { t, name } = useWords();
  const { directory, reloadDirectory } = useDeskRoom();
  const command = useCommand();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const [busy, setBusy] = useState(false);
  const input = useRef<InputRef>(null);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    setTyped('');
    setAt(0);
    reloadDirectory();
  }, [open, reloadDirectory]);
  const choices = useMemo(() => transferChoices(directory, typed, name).slice(0, SHOWN), [directory, typed, name]);

  const transfer = async (choice: TransferChoice | undefined) => {
    if (!choice || busy) return;
    setBusy(true);
    const done = await command('POST', `/contacts/${contact.contactId}/transfer`, { target: choice.target });
    setBusy(false);
    if (done) onClose();
  };
  const ask = async (choice: TransferChoice | undefined) => {
    if (!choice || !canBeAsked(choice) || busy) return;
    setBusy(true);
    const asked = await command('POST', `/contacts/${contact.contactId}/consult`, { target: choice.target });
    setBusy(false);
    if (asked) onClose();
  };
  const move = (to: number) => {
    const next = Math.min(Math.max(0, to), choices.length - 1);
    setAt(next);
    list.current?.querySelector(`[data-at="${next}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') move(at + 1);
    else if (event.key === 'ArrowUp') move(at - 1);
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void ask(choices[at]);
    else if (event.key === 'Enter') void transfer(choices[at]);
    else return;
    event.preventDefault();
  };

  return (
    <Modal
      open={open}
      onCancel={onClose}
      footer={null}
      width="30rem"
      title={t('transfer.title', { who: contact.customer.displayName || contact.callerNumber })}
      afterOpenChange={(shown) => shown && input.current?.focus()}
      destroyOnHidden
    >
      <Input
        ref={input}
        size="large"
        data-testid="transfer-search"
        prefix={<SearchOutlined />}
        placeholder={t('transfer.search')}
        aria-label={t('transfer.search')}
        role="combobox"
        aria-expanded
        aria-controls="transfer-choices"
        aria-activedescendant={choices[at] ? `transfer-${at}` : undefined}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div
        ref={list}
        id="transfer-choices"
        className="transfer-choices"
        role="listbox"
        aria-label={t('transfer.choices')}
      >
        {choices.map((choice, index) => {
          const Icon = ICONS[choice.target.kind];
          return (
            <div
              key={choice.key}
              id={`transfer-${index}`}
              data-at={index}
              data-testid="transfer-choice"
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              className="transfer-choice"
              onMouseMove={() => setAt(index)}
              onClick={() => void transfer(choice)}
              onKeyDown={onKeyDown}
            >
              <Icon />
              <span>{choice.label}</span>
              <small data-free={choice.status === 'available' && choice.state === 'idle'}>
                {choice.status
                  ? choice.status === 'available' && choice.state
                    ? t(`agent-state.${choice.state}`)
                    : t(`status.${choice.status}`)
                  : choice.waiting !== undefined
                    ? t('queue.summary', { count: choice.waiting })
                    : t(`transfer.kind.${choice.target.kind}`)}
              </small>
              <span className="transfer-ways">
                {canBeAsked(choice) && (
                  <Button
                    size="small"
                    tabIndex={-1}
                    data-testid="consult-ask"
                    onClick={(event) => {
                      event.stopPropagation();
                      void ask(choice);
                    }}
                  >
                    {t('consult.ask')}
                  </Button>
                )}
                <Button size="small" type="primary" tabIndex={-1}>
                  {t('consult.now')}
                </Button>
              </span>
            </div>
          );
        })}
        {choices.length === 0 && <p className="transfer-none">{t('transfer.none')}</p>}
      </div>
      <p className="transfer-hint">{t('transfer.hint')}</p>
    </Modal>
  );
}
