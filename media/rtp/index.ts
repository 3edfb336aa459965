export * from './outbound-stream.ts';
export * from './reception.ts';
export * from './rtcp.ts';
export * from './rtp-packet.ts';
export * from './telephone-event.ts';
export * from './ticker.ts';
