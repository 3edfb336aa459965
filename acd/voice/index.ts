/** The door of the voice room: phone calls as contacts. */
export type { CommandOutcome } from './command.ts';
export { CONTACT_HEADER, REATTACH_HEADER } from './effects/offer.ts';
export type { LiveCalls } from './live.ts';
export * from './ports.ts';
export { recordingKindOf, recordingPath } from './recording.ts';
export type { RecordingLook } from './room.ts';
export { routingOf } from './routing-port.ts';
export { DEFAULT_TIMINGS, type VoiceSettings } from './settings.ts';
export { type StoreRecords, storeRecords } from './store-records.ts';
export { CONSULT_HEADER } from './verbs/consult.ts';
export type { VoiceCommand } from './verbs/registry.ts';
export { SUPERVISE_HEADER } from './verbs/supervise.ts';
export { WRAP_UP_EXTENSION_MS, WRAP_UP_EXTENSIONS } from './verbs/wrap-up.ts';
export { createVoice, type Voice, type VoiceOptions } from './voice.ts';
