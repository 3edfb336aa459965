import { App, Button } from 'antd';
import { useState } from 'react';
import type { Me, PhoneCredentials } from '../../acd/api/contract/index.ts';
import { useWords } from '../lib/i18n/index.ts';
import { useSayRefusal } from '../lib/notices/index.ts';
import { request } from '../lib/server/index.ts';
import { DeviceCheck, useSoftphone } from '../lib/softphone/index.ts';
import './shift-gate.css';

/** Before the shift: devices are chosen and tested, then the phone registers. */
export function ShiftGate({ me }: { me: Me }) {
  const { t } = useWords();
  const softphone = useSoftphone();
  const say = useSayRefusal();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const start = async () => {
    setBusy(true);
    if ('Notification' in window && Notification.permission === 'default') void Notification.requestPermission();
    const answer = await request<PhoneCredentials>('POST', '/shift');
    setBusy(false);
    if (!say(answer)) return;
    message.destroy();
    softphone.begin(answer.value);
  };
  return (
    <main className="shift-gate">
      <section className="shift-card">
        <h1>{t('shift.hello', { name: me.displayName })}</h1>
        <p>{t('shift.check')}</p>
        <DeviceCheck />
        <Button type="primary" size="large" block loading={busy} onClick={start} data-testid="start-shift">
          {t('shift.start')}
        </Button>
      </section>
    </main>
  );
}
