import type { Logger } from '../../config/logger.ts';

/** Tells who listens that something about a contact changed. Many changes in one turn are told once. */
export interface ChangeFeed {
  changed(contactId: string, agentIds?: readonly string[]): void;
  /** Hears of changes: which contact, and the agents who have, had, or are offered it. Returns how to stop. */
  onChange(listener: (contactId: string, agentIds: readonly string[]) => void): () => void;
}

export function createChangeFeed(log: Logger): ChangeFeed {
  const listeners = new Set<(contactId: string, agentIds: readonly string[]) => void>();
  const pending = new Map<string, Set<string>>();
  let planned = false;
  const flush = () => {
    planned = false;
    const changes = [...pending];
    pending.clear();
    for (const [contactId, agentIds] of changes) {
      for (const listener of listeners) {
        try {
          listener(contactId, [...agentIds]);
        } catch (error) {
          log.error({ contactId, err: error }, 'a listener to changes of calls failed');
        }
      }
    }
  };
  return {
    changed(contactId, agentIds = []) {
      const known = pending.get(contactId) ?? new Set<string>();
      for (const agentId of agentIds) known.add(agentId);
      pending.set(contactId, known);
      if (planned) return;
      planned = true;
      queueMicrotask(flush);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
