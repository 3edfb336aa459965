import type { ViewChange } from '../api/index.ts';
import type { EffectConsumer } from '../routing/index.ts';

/** Who is told that views are old, and the engine's effects that make them so. */
export interface ViewChanges {
  readonly consumer: EffectConsumer;
  tell(change: ViewChange): void;
  on(listener: (change: ViewChange) => void): () => void;
}

export function createViewChanges(): ViewChanges {
  const listeners = new Set<(change: ViewChange) => void>();
  const tell = (change: ViewChange) => {
    for (const listener of listeners) listener(change);
  };
  const queuesChanged = () => {
    tell({ kind: 'queues' });
    tell({ kind: 'floor' });
  };
  const agentChanged = ({ agentId }: { readonly agentId: string }) => {
    tell({ kind: 'desk', agentId });
    tell({ kind: 'floor' });
  };
  return {
    consumer: {
      name: 'views',
      handlers: {
        'agent-state': agentChanged,
        'contact-joined': queuesChanged,
        'contact-left': queuesChanged,
        'wrap-up-changed': agentChanged,
        relaxed: () => tell({ kind: 'floor' }),
        configured: queuesChanged,
      },
    },
    tell,
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
