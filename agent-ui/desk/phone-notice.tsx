import { Alert, Button } from 'antd';
import { useWords } from '../lib/i18n/index.ts';
import { usePhone, useSoftphone, useSoftphoneState } from '../lib/softphone/index.ts';

/** Says what is wrong with this page's phone, and what can be done about it. */
export function PhoneNotice() {
  const { t } = useWords();
  const softphone = useSoftphone();
  const { lease, soundBlocked } = useSoftphoneState();
  const { line, microphoneFault, calls } = usePhone();
  if (lease === 'elsewhere')
    return (
      <Alert
        banner
        type="info"
        data-testid="phone-elsewhere"
        title={t('phone.elsewhere')}
        action={
          <Button size="small" type="primary" onClick={() => softphone.takeOver()} data-testid="phone-take-over">
            {t('phone.take-over')}
          </Button>
        }
      />
    );
  if (microphoneFault) return <Alert banner type="error" title={t(`microphone.${microphoneFault}`)} />;
  if (soundBlocked) return <Alert banner type="warning" title={t('phone.sound-blocked')} />;
  if (calls.some((call) => call.state === 'lost'))
    return <Alert banner type="warning" data-testid="sound-returning" title={t('phone.sound-returning')} />;
  if (line === 'reconnecting') return <Alert banner type="warning" title={t('phone.reconnecting')} />;
  if (line === 'refused') return <Alert banner type="error" title={t('phone.refused')} />;
  return null;
}
