import { AudioOutlined, BellOutlined, SoundOutlined } from '@ant-design/icons';
import { Alert, Button, Select, Switch } from 'antd';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  closeMicrophone,
  isRingSound,
  type MicrophoneFault,
  microphoneFaultOf,
  openMicrophone,
  RING_SOUNDS,
  ring,
  watchLevel,
} from '../phone/index.ts';
import { deviceSettings, useDeviceSettings } from './settings.ts';
import './device-check.css';

/** Choice and test of microphone, speaker and ring. Holds the microphone only while it is on the screen. */
export function DeviceCheck() {
  const { t } = useTranslation();
  const { microphoneId, speakerId, ringSound, noiseSuppression } = useDeviceSettings();
  const [devices, setDevices] = useState<readonly MediaDeviceInfo[]>([]);
  const [fault, setFault] = useState<MicrophoneFault>();
  const [heard, setHeard] = useState(false);
  const meter = useRef<HTMLSpanElement>(null);
  const ids = { microphone: useId(), speaker: useId(), ring: useId(), noise: useId() };

  useEffect(() => {
    let stream: MediaStream | undefined;
    let stopWatching: (() => void) | undefined;
    let over = false;
    const list = async () => setDevices((await navigator.mediaDevices?.enumerateDevices()) ?? []);
    openMicrophone(microphoneId, noiseSuppression).then(
      (opened) => {
        if (over) return closeMicrophone(opened);
        stream = opened;
        setFault(undefined);
        stopWatching = watchLevel(opened, (level) => {
          meter.current?.style.setProperty('--level', String(level));
          if (level > 0.25) setHeard(true);
        });
        void list();
      },
      (cause: unknown) => {
        if (!over) setFault(microphoneFaultOf(cause));
      },
    );
    navigator.mediaDevices?.addEventListener('devicechange', list);
    return () => {
      over = true;
      stopWatching?.();
      if (stream) closeMicrophone(stream);
      navigator.mediaDevices?.removeEventListener('devicechange', list);
    };
  }, [microphoneId, noiseSuppression]);

  const options = (kind: MediaDeviceKind) => [
    { value: '', label: t('devices.system-default') },
    ...devices
      .filter((device) => device.kind === kind && device.deviceId && device.deviceId !== 'default')
      .map((device, index) => ({
        value: device.deviceId,
        label: device.label || t('devices.unnamed', { number: index + 1 }),
      })),
  ];

  return (
    <div className="device-check">
      {fault && <Alert type="error" showIcon title={t(`microphone.${fault}`)} />}
      <div className="device-row">
        <label htmlFor={ids.microphone}>
          <AudioOutlined /> {t('devices.microphone')}
        </label>
        <Select
          id={ids.microphone}
          value={microphoneId ?? ''}
          options={options('audioinput')}
          onChange={(value) => deviceSettings.setState({ microphoneId: value || undefined })}
        />
        <span ref={meter} className="device-meter" data-heard={heard} aria-hidden="true" />
        <p className="device-hint" role="status">
          {heard ? t('devices.heard') : t('devices.speak')}
        </p>
        <span className="device-switch">
          <Switch
            id={ids.noise}
            size="small"
            checked={noiseSuppression}
            onChange={(on) => deviceSettings.setState({ noiseSuppression: on })}
          />
          <label htmlFor={ids.noise}>{t('devices.noise')}</label>
        </span>
      </div>
      <div className="device-row">
        <label htmlFor={ids.speaker}>
          <SoundOutlined /> {t('devices.speaker')}
        </label>
        <Select
          id={ids.speaker}
          value={speakerId ?? ''}
          options={options('audiooutput')}
          onChange={(value) => deviceSettings.setState({ speakerId: value || undefined })}
        />
      </div>
      <div className="device-row">
        <label htmlFor={ids.ring}>
          <BellOutlined /> {t('devices.ring')}
        </label>
        <div className="device-ring">
          <Select
            id={ids.ring}
            value={ringSound}
            options={Object.keys(RING_SOUNDS).map((sound) => ({ value: sound, label: t(`ring.${sound}`) }))}
            onChange={(value) => isRingSound(value) && deviceSettings.setState({ ringSound: value })}
          />
          <Button
            onClick={() => {
              const stop = ring(ringSound, 1);
              setTimeout(stop, 2_500);
            }}
          >
            {t('devices.listen')}
          </Button>
        </div>
      </div>
    </div>
  );
}
