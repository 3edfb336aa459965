/** The door of the embedded switch. It usually runs as a process of its own: see `main.ts`. */
export { type SoftswitchSettings, type SoftswitchSettingsInput, softswitchSettings } from './settings.ts';
export { type Softswitch, type SoftswitchPorts, startSoftswitch } from './softswitch.ts';
