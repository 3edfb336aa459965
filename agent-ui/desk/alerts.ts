import { useEffect } from 'react';
import type { DeskContact } from '../../acd/api/contract/index.ts';
import { useWords } from '../lib/i18n/index.ts';
import { ring } from '../lib/phone/index.ts';
import { useDeviceSettings } from '../lib/softphone/index.ts';

const BLINK_MS = 1_000;

/** While a contact rings: the chosen sound, the tab's title and a notification say it. */
export function useAlerts(ringing: DeskContact | undefined): void {
  const { t } = useWords();
  const { ringSound } = useDeviceSettings();
  // A colleague's question rings without an offer.
  const ringingId = ringing?.offer?.offerId ?? ringing?.contactId;
  const who = ringing?.customer.displayName ?? '';
  useEffect(() => {
    if (ringingId === undefined) return;
    return ring(ringSound);
  }, [ringingId, ringSound]);
  useEffect(() => {
    const plain = t('desk.title');
    document.title = plain;
    if (ringingId === undefined) return;
    const said = t('ringing.title', { who });
    let on = false;
    const blink = () => {
      on = !on;
      document.title = on ? said : plain;
    };
    blink();
    const timer = setInterval(blink, BLINK_MS);
    return () => {
      clearInterval(timer);
      document.title = plain;
    };
  }, [ringingId, who, t]);
  useEffect(() => {
    if (ringingId === undefined || !('Notification' in window) || Notification.permission !== 'granted') return;
    if (document.visibilityState === 'visible' && document.hasFocus()) return;
    const notification = new Notification(t('ringing.title', { who }), { tag: ringingId, requireInteraction: true });
    notification.onclick = () => {
      window.focus();
      notification.close();
    };
    return () => notification.close();
  }, [ringingId, who, t]);
}
