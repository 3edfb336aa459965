/** What is kept of contacts, written beside the calls and never in their way. */
export { voiceRecords } from './voice-records.ts';
export { WriteLine } from './write-line.ts';
