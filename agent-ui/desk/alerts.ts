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
  const offerId = ringing?.offer?.offerId;
  const who = ringing?.customer.displayName ?? '';
  useEffect(() => {
    if (offerId === undefined) return;
    return ring(ringSound);
  }, [offerId, ringSound]);
  useEffect(() => {
    const plain = t('desk.title');
    document.title = plain;
    if (offerId === undefined) return;
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
  }, [offerId, who, t]);
  useEffect(() => {
    if (offerId === undefined || !('Notification' in window) || Notification.permission !== 'granted') return;
    if (document.visibilityState === 'visible' && document.hasFocus()) return;
    const notification = new Notification(t('ringing.title', { who }), { tag: offerId, requireInteraction: true });
    notification.onclick = () => {
      window.focus();
      notification.close();
    };
    return () => notification.close();
  }, [offerId, who, t]);
}
