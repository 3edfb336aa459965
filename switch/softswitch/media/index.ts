/** The door of the media part of the embedded switch. */
export * from './leg-media.ts';
