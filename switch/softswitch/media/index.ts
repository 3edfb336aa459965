/** The door of the media part of the embedded switch. */
export * from './leg-media.ts';
export { createMediaHost } from './media-host.ts';
export { mediaKindOf } from './sdp.ts';
export { parseToneStream } from './tone-stream.ts';
