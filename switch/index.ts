export * from './call-control/index.ts';
export * from './event-socket/index.ts';
export type { SoftswitchSettingsInput } from './softswitch/index.ts';
