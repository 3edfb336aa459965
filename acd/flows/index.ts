/** The door of the flows room: what a caller meets before a person. */
export * from './announce.ts';
export * from './calendar.ts';
export * from './check.ts';
export * from './flow.ts';
export * from './line.ts';
export * from './load.ts';
export * from './lookup-client.ts';
export type { AnyNode, NodeEnd, NodeKind } from './node.ts';
export * from './prompts.ts';
export { NODE_KINDS, nodeKind } from './registry.ts';
export * from './run.ts';
export * from './sentence.ts';
export * from './waiting-flow.ts';
