import { createStore, useStore } from 'zustand';
import { isRingSound, type RingSound } from '../phone/index.ts';

const STORED_AS = 'tandem.devices';

/** The user's own choice of devices and ring, kept in this browser. */
export interface DeviceSettings {
  readonly microphoneId: string | undefined;
  readonly speakerId: string | undefined;
  readonly ringSound: RingSound;
  readonly noiseSuppression: boolean;
}

function stored(): DeviceSettings {
  let read: Record<string, unknown> = {};
  try {
    const value: unknown = JSON.parse(localStorage.getItem(STORED_AS) ?? '{}');
    if (typeof value === 'object' && value !== null) read = value as Record<string, unknown>;
  } catch {
    // Something else wrote there: the defaults are good.
  }
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  return {
    microphoneId: text(read.microphoneId),
    speakerId: text(read.speakerId),
    ringSound: isRingSound(read.ringSound) ? read.ringSound : 'classic',
    noiseSuppression: read.noiseSuppression === true,
  };
}

export const deviceSettings = createStore<DeviceSettings>(stored);
deviceSettings.subscribe((now) => localStorage.setItem(STORED_AS, JSON.stringify(now)));
export const useDeviceSettings = () => useStore(deviceSettings);
