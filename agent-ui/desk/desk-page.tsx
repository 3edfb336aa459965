import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Desk, Directory, Me } from '../../acd/api/contract/index.ts';
import { ConnectionNotice } from '../lib/header/index.ts';
import { useWords } from '../lib/i18n/index.ts';
import { Region } from '../lib/region/index.ts';
import { type Live, openLive, request } from '../lib/server/index.ts';
import { wasSignedOut } from '../lib/session/index.ts';
import { usePhone } from '../lib/softphone/index.ts';
import { useAlerts } from './alerts.ts';
import { AskedPanel, CallPanel } from './call-panel/index.ts';
import { pickContact } from './contact-choice.ts';
import { ContactList } from './contact-list.tsx';
import { CustomerPanel } from './customer/index.ts';
import './desk-page.css';
import { DeskHeader } from './header/index.ts';
import { HotkeysDialog, useDeskHotkeys } from './hotkeys.tsx';
import { IdlePanel } from './idle-panel.tsx';
import { PhoneNotice } from './phone-notice.tsx';
import { Ringing } from './ringing.tsx';
import { DeskRoomContext, useDesk, useDeskLive } from './room.tsx';
import { ShiftGate } from './shift-gate.tsx';
import { TodayPanel } from './today-panel.tsx';
import { usePhoneUpkeep } from './upkeep.ts';
import { WrapUp } from './wrap-up.tsx';

const NARROW_PARTS = ['contacts', 'centre', 'customer'] as const;
type NarrowPart = (typeof NARROW_PARTS)[number];

export function DeskPage({ me }: { me: Me }) {
  const [live, setLive] = useState<Live<Desk>>();
  const [directory, setDirectory] = useState<Directory>();
  useEffect(() => {
    const opened = openLive<Desk>('/', 'desk');
    setLive(opened);
    return () => opened.close();
  }, []);
  const reloadDirectory = useCallback(() => {
    void request<Directory>('GET', '/directory').then((answer) => answer.kind === 'ok' && setDirectory(answer.value));
  }, []);
  useEffect(reloadDirectory, [reloadDirectory]);
  const room = useMemo(
    () => (live ? { live, directory, reloadDirectory } : undefined),
    [live, directory, reloadDirectory],
  );
  if (!room) return null;
  return (
    <DeskRoomContext value={room}>
      <DeskBody me={me} />
    </DeskRoomContext>
  );
}

function DeskBody({ me }: { me: Me }) {
  const { t } = useWords();
  const desk = useDesk();
  const connected = useDeskLive((live) => live.connected);
  const lostAtMs = useDeskLive((live) => live.lostAtMs);
  const signedOut = useDeskLive((live) => live.signedOut);
  const talking = usePhone().calls.some((call) => call.state === 'up');
  const [chosenId, setChosenId] = useState<string>();
  const [part, setPart] = useState<NarrowPart>('centre');
  const [keysShown, setKeysShown] = useState(false);
  useEffect(() => {
    if (signedOut) wasSignedOut(signedOut);
  }, [signedOut]);
  const contact = desk ? pickContact(desk.contacts, chosenId) : undefined;
  const ringing = desk?.contacts.find((one) => one.state === 'ringing');
  useAlerts(ringing);
  usePhoneUpkeep(desk);
  useDeskHotkeys(contact, () => setKeysShown(true));
  useEffect(() => {
    if (contact?.contactId) setPart('centre');
  }, [contact?.contactId]);

  return (
    <div className="desk" data-part={part}>
      <DeskHeader me={me} desk={desk} onShowKeys={() => setKeysShown(true)} />
      <div className="desk-notices">
        {(connected || lostAtMs !== undefined) && (
          <ConnectionNotice
            connected={connected}
            still={talking ? t('connection.still-talking') : t('connection.still-reading')}
            limits={desk?.limits ?? []}
          />
        )}
        {desk?.onShift && <PhoneNotice />}
      </div>
      {desk && !desk.onShift ? (
        <ShiftGate me={me} />
      ) : (
        <div className="desk-columns">
          <aside className="desk-left" aria-label={t('desk.contacts')}>
            <Region>
              <ContactList
                contacts={desk?.contacts ?? []}
                currentId={contact?.contactId}
                onChoose={(contactId) => {
                  setChosenId(contactId);
                  setPart('centre');
                }}
              />
            </Region>
            <Region>
              <TodayPanel desk={desk} />
            </Region>
          </aside>
          <main className="desk-centre" aria-label={t('desk.active')}>
            <Region>
              {contact?.state === 'wrap-up' ? (
                <WrapUp key={contact.contactId} contact={contact} />
              ) : contact?.askedBy && contact.state !== 'ringing' ? (
                <AskedPanel key={contact.contactId} contact={contact} askedBy={contact.askedBy} />
              ) : contact && contact.state !== 'ringing' ? (
                <CallPanel key={contact.contactId} contact={contact} />
              ) : (
                !ringing && <IdlePanel desk={desk} />
              )}
            </Region>
            {ringing && (
              <Region>
                <Ringing key={ringing.contactId} contact={ringing} />
              </Region>
            )}
          </main>
          <aside className="desk-right" aria-label={t('desk.customer')}>
            <Region>
              <CustomerPanel contact={contact} />
            </Region>
          </aside>
        </div>
      )}
      {desk?.onShift && (
        <nav className="desk-parts" aria-label={t('desk.parts')}>
          {NARROW_PARTS.map((one) => (
            <button key={one} type="button" aria-pressed={part === one} onClick={() => setPart(one)}>
              {t(`desk.part.${one}`)}
            </button>
          ))}
        </nav>
      )}
      <HotkeysDialog open={keysShown} onClose={() => setKeysShown(false)} />
    </div>
  );
}
