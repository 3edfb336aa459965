/** The door of the media room: sound, and what is made of it. Knows no calls. */
export * from './audio/index.ts';
export * from './recording/index.ts';
export * from './rtp/index.ts';
export * from './speech/index.ts';
