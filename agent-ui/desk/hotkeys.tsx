import { Modal } from 'antd';
import { useEffect, useRef } from 'react';
import type { DeskContact } from '../../acd/api/contract/index.ts';
import { useWords } from '../lib/i18n/index.ts';
import { setMuted } from '../lib/phone/index.ts';
import { usePhoneCall, useSoftphone } from '../lib/softphone/index.ts';
import { type ConsultWay, endConsult, toggleHold, useCallActions } from './call-panel/index.ts';
import { useCommand } from './room.tsx';

/** The keys of the desk, as the dialog on `?` shows them. */
const HOTKEYS = [
  { keys: ['Enter'], what: 'answer' },
  { keys: ['Esc'], what: 'decline' },
  { keys: ['M'], what: 'mute' },
  { keys: ['H'], what: 'hold' },
  { keys: ['K'], what: 'keypad' },
  { keys: ['T'], what: 'transfer' },
  { keys: ['G'], what: 'consult-complete' },
  { keys: ['C'], what: 'consult-conference' },
  { keys: ['B'], what: 'consult-cancel' },
  { keys: ['Ctrl', 'Enter'], what: 'wrap-up' },
  { keys: ['↑', '↓'], what: 'lists' },
  { keys: ['?'], what: 'help' },
] as const;

const CONSULT_KEYS: Readonly<Record<string, ConsultWay>> = { g: 'complete', c: 'conference', b: 'cancel' };

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Listens for the desk's single-key commands while nobody types and no dialog is open. */
export function useDeskHotkeys(contact: DeskContact | undefined, showKeys: () => void): void {
  const { phone } = useSoftphone();
  const call = usePhoneCall(contact?.phoneCallKey);
  const command = useCommand();
  const { open } = useCallActions();
  const handle = (key: string): boolean => {
    if (key === '?') {
      showKeys();
      return true;
    }
    if (!contact || (contact.state !== 'talking' && contact.state !== 'held')) return false;
    if (key === 'm' && call) setMuted(phone, call.key, !call.muted);
    else if (contact.askedBy) return false;
    else if (contact.consult) {
      const way = CONSULT_KEYS[key];
      if (way) void endConsult(command, contact, way);
      else return false;
    } else if (key === 'h') void toggleHold(command, contact);
    else if (key === 'k') open('keypad');
    else if (key === 't') open('transfer');
    else return false;
    return true;
  };
  const latest = useRef(handle);
  latest.current = handle;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
      if (document.querySelector('.ant-modal-wrap:not([style*="display: none"])')) return;
      if (latest.current(event.key.length === 1 ? event.key.toLowerCase() : event.key)) event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

export function HotkeysDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useWords();
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={t('hotkeys.title')} width="24rem" destroyOnHidden>
      <dl className="hotkeys" data-testid="hotkeys">
        {HOTKEYS.map((hotkey) => (
          <div key={hotkey.what}>
            <dt>
              {hotkey.keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(`hotkeys.${hotkey.what}`)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
