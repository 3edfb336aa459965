import { AudioMutedOutlined, AudioOutlined } from '@ant-design/icons';
import { Modal, Tooltip } from 'antd';
import { useState } from 'react';
import type { Desk, Me } from '../../../acd/api/contract/index.ts';
import { LanguageSwitch, NetworkLight, PageNav, UserMenu } from '../../lib/header/index.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { DeviceCheck, usePhone, useSoftphone, useSoftphoneState } from '../../lib/softphone/index.ts';
import { useCommand, useDeskLive } from '../room.tsx';
import './desk-header.css';
import { QueueSummaryButton } from './queue-summary.tsx';
import { StatusMenu } from './status-menu.tsx';

interface Props {
  readonly me: Me;
  readonly desk: Desk | undefined;
  readonly onShowKeys: () => void;
}

export function DeskHeader({ me, desk, onShowKeys }: Props) {
  const { t } = useWords();
  const connected = useDeskLive((live) => live.connected);
  const roundTripMs = useDeskLive((live) => live.roundTripMs);
  const command = useCommand();
  const softphone = useSoftphone();
  const [devicesShown, setDevicesShown] = useState(false);
  const endShift = async () => {
    if (await command('DELETE', '/shift')) softphone.end();
  };
  return (
    <header className="page-header desk-header">
      {desk?.onShift ? <StatusMenu desk={desk} /> : <strong>{t('app.name')}</strong>}
      {desk?.onShift && <QueueSummaryButton queues={desk.queues} serverNowMs={desk.serverNowMs} />}
      <span className="spring" />
      <PageNav me={me} />
      <NetworkLight connected={connected} roundTripMs={roundTripMs} />
      <MicrophoneLight />
      <LanguageSwitch keep />
      <UserMenu
        me={me}
        items={[
          { key: 'devices', label: t('user.devices'), onClick: () => setDevicesShown(true) },
          { key: 'keys', label: t('user.hotkeys'), onClick: onShowKeys },
          ...(desk?.onShift ? [{ key: 'end', label: t('user.end-shift'), onClick: () => void endShift() }] : []),
        ]}
      />
      <Modal
        open={devicesShown}
        title={t('devices.title')}
        footer={null}
        width="27rem"
        destroyOnHidden
        onCancel={() => setDevicesShown(false)}
      >
        <DeviceCheck />
      </Modal>
    </header>
  );
}

/** Says whether the microphone is open, muted, or not usable. */
function MicrophoneLight() {
  const { t } = useWords();
  const { calls, microphoneFault } = usePhone();
  const { microphone } = useSoftphoneState();
  const muted = calls.some((call) => call.muted);
  const state = microphoneFault ? 'fault' : muted ? 'muted' : microphone ? 'open' : 'closed';
  const words = t(`microphone-light.${state}`);
  return (
    <Tooltip title={words}>
      <span className="microphone-light" data-state={state} role="img" aria-label={words}>
        {state === 'fault' || state === 'muted' ? <AudioMutedOutlined /> : <AudioOutlined />}
      </span>
    </Tooltip>
  );
}
