import type { Clock } from '../../config/clock.ts';
import type { Logger } from '../../config/logger.ts';
import type { Outcome } from '../api/contract/index.ts';
import type { Flow } from './flow.ts';
import type { FlowLine } from './line.ts';
import type { LookupClient } from './lookup-client.ts';
import type { NodeEnd } from './node.ts';
import { kindOf } from './registry.ts';

/** Where a call stands in its flow: enough to go on after a restart. */
export interface FlowPosition {
  readonly flowId: string;
  readonly nodeId: string;
  readonly variables: Readonly<Record<string, string>>;
}

export interface FlowSurround {
  readonly lookup: LookupClient;
  readonly clock: Clock;
  readonly log: Logger;
  /** Hears of each node before it runs. */
  onPosition(position: FlowPosition): void;
}

export type FlowEnd =
  | { readonly kind: 'answered' }
  | { readonly kind: 'ended'; readonly outcome: Outcome }
  | { readonly kind: 'gone' };

/** Most nodes that one call may pass. A caller who keeps pressing keys in a circle is let go after these. */
export const MOST_STEPS = 1_000;

/**
 * Runs a flow from a node until an agent has the call or it ended. It holds nothing of its own: it ends with its call. A node that
 * fails ends the call with the sentence `system-busy` instead of leaving the caller in silence.
 */
export async function runFlow(
  flow: Flow,
  from: FlowPosition,
  line: FlowLine,
  surround: FlowSurround,
): Promise<FlowEnd> {
  const variables = new Map(Object.entries(from.variables));
  variables.set('callerNumber', line.callerNumber);
  variables.set('dialedNumber', line.dialedNumber);
  const secrets = new Set<string>();
  let nodeId = from.nodeId;
  for (let step = 0; step < MOST_STEPS; step++) {
    const node = flow.nodes[nodeId];
    if (!node) {
      surround.log.error({ contactId: line.contactId, flowId: flow.flowId, nodeId }, 'flow has no such node any more');
      return letGo(line);
    }
    surround.onPosition({ flowId: flow.flowId, nodeId, variables: openOnes(variables, secrets) });
    const kind = kindOf(node);
    line.showChoices([]);
    let end: NodeEnd;
    try {
      end = await kind.run(node, { line, variables, secrets, calendars: flow.calendars, ...surround });
    } catch (error) {
      surround.log.error(
        { contactId: line.contactId, flowId: flow.flowId, nodeId, err: error },
        'node of the flow failed',
      );
      return letGo(line);
    }
    if (end.kind !== 'next') {
      line.showChoices([]);
      return end;
    }
    nodeId = end.nodeId;
  }
  surround.log.warn({ contactId: line.contactId, flowId: flow.flowId }, 'caller went round the flow too often, let go');
  return letGo(line);
}

function openOnes(variables: ReadonlyMap<string, string>, secrets: ReadonlySet<string>): Record<string, string> {
  return Object.fromEntries([...variables].filter(([name]) => !secrets.has(name)));
}

async function letGo(line: FlowLine): Promise<FlowEnd> {
  line.showChoices([]);
  try {
    const said = await line.say([{ prompt: 'system-busy' }]);
    if (said.kind === 'gone') return said;
    await line.hangUp('withdrawn');
  } catch {
    // The link to the switch is down: what became of the caller is found out when it returns.
  }
  return { kind: 'ended', outcome: 'withdrawn' };
}
