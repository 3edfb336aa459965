import type { Locale } from '../api/contract/index.ts';
import type { Flow } from './flow.ts';
import { hangUpNode } from './nodes/hang-up.ts';
import { queueNode } from './nodes/queue.ts';

/** Name of the flow that {@link waitingFlow} makes, followed by the queue's. */
export const WAITING_FLOW_PREFIX = 'waiting:';

/**
 * How a contact waits in a queue that no flow of its own speaks for: after a transfer, an overflow, or when its agent was lost.
 * Music, position and estimate; when the queue lets it go, a sentence and the end.
 */
export function waitingFlow(queueId: string, language: Locale): Flow {
  return {
    flowId: `${WAITING_FLOW_PREFIX}${queueId}`,
    name: { 'zh-CN': '排队等待', en: 'Waiting' },
    numbers: [],
    languages: [language],
    language,
    calendars: {},
    start: 'queue',
    nodes: {
      queue: queueNode.schema.parse({ kind: 'queue', queueId, say: [{ prompt: 'please-wait' }], otherwise: 'end' }),
      end: hangUpNode.schema.parse({ kind: 'hang-up', say: [{ prompt: 'all-busy' }], outcome: 'timed-out' }),
    },
  };
}
