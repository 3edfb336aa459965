import { Alert, Button } from 'antd';
import { useWords } from '../lib/i18n/index.ts';
import { hangUpCall, setMuted } from '../lib/phone/index.ts';
import { usePhone, useSoftphone, useSoftphoneState } from '../lib/softphone/index.ts';

/** The supervisor's own leg in somebody's call: that it is up, mute, and leave. */
export function SupervisedCall() {
  const { t } = useWords();
  const softphone = useSoftphone();
  const { microphoneFault, calls } = usePhone();
  const { lease } = useSoftphoneState();
  const call = calls.find((one) => one.supervising);
  if (microphoneFault) return <Alert banner type="error" title={t(`microphone.${microphoneFault}`)} />;
  if (lease === 'elsewhere')
    return (
      <Alert
        banner
        type="info"
        title={t('phone.elsewhere')}
        action={
          <Button size="small" onClick={() => softphone.takeOver()}>
            {t('phone.take-over')}
          </Button>
        }
      />
    );
  if (!call) return null;
  return (
    <Alert
      banner
      type="info"
      data-testid="supervised-call"
      title={call.state === 'up' ? t('supervise.up') : t('supervise.connecting')}
      action={
        <span className="in-line">
          <Button size="small" onClick={() => setMuted(softphone.phone, call.key, !call.muted)}>
            {call.muted ? t('call.unmute') : t('call.mute')}
          </Button>
          <Button
            size="small"
            danger
            data-testid="supervise-leave"
            onClick={() => hangUpCall(softphone.phone, call.key)}
          >
            {t('supervise.leave')}
          </Button>
        </span>
      }
    />
  );
}
