export * from './call-control/index.ts';
export * from './event-socket/index.ts';
