import type { z } from 'zod';
import type { Clock } from '../../config/clock.ts';
import type { Logger } from '../../config/logger.ts';
import type { LocalName, Outcome } from '../api/contract/index.ts';
import type { Calendar } from './calendar.ts';
import type { FlowLine } from './line.ts';
import type { LookupClient } from './lookup-client.ts';
import type { Saying } from './sentence.ts';

/** A way out of a node. `path` is where it is written, from the node down. */
export interface Way {
  readonly path: readonly (string | number)[];
  readonly to: string;
  /** True when the caller did something, or time went by, before this way is taken. A circle without such a way never ends. */
  readonly paced: boolean;
}

/** A saying and where it is written, from the node down. */
export interface PlacedSaying {
  readonly path: readonly (string | number)[];
  readonly saying: Saying;
}

/** What became of a node. */
export type NodeEnd =
  | { readonly kind: 'next'; readonly nodeId: string }
  /** An agent has the call. */
  | { readonly kind: 'answered' }
  | { readonly kind: 'ended'; readonly outcome: Outcome }
  | { readonly kind: 'gone' };

/** What a node needs while it runs. */
export interface NodeRun {
  readonly line: FlowLine;
  readonly variables: Map<string, string>;
  /** Names of variables that are never kept nor logged. */
  readonly secrets: Set<string>;
  readonly calendars: Readonly<Record<string, Calendar>>;
  readonly lookup: LookupClient;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What every node in a flow has. */
export interface AnyNode {
  readonly kind: string;
}

/** One kind of node: how it is written, where it leads, what it says, and how it runs. A new kind adds one file. */
export interface NodeKind<Node extends AnyNode = AnyNode> {
  readonly kind: string;
  readonly schema: z.ZodType<Node>;
  ways(node: Node): readonly Way[];
  sayings(node: Node): readonly PlacedSaying[];
  /** The calendar that it asks, if any. */
  calendar?(node: Node): string | undefined;
  run(node: Node, run: NodeRun): Promise<NodeEnd>;
  /** How a step of this kind is called on the agent's page. */
  readonly label: LocalName;
}

/** Names a node's next node as outcome. */
export function next(nodeId: string): NodeEnd {
  return { kind: 'next', nodeId };
}
