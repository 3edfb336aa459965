export { type CallEnd, PhoneCall } from './phone-call.ts';
export { type IncomingScript, ScriptedPhone, type ScriptedPhoneOptions } from './scripted-phone.ts';
export { toneLevel } from './tone.ts';
