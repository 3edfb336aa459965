export { SoftphoneProvider, usePhone, usePhoneCall, useSoftphone, useSoftphoneState } from './context.tsx';
export { DeviceCheck } from './device-check.tsx';
export { deviceSettings, useDeviceSettings } from './settings.ts';
