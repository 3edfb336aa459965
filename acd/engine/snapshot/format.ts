import type { Configuration, QueueConfiguration } from '../configuration.ts';
import type { Agent, Contact, ContactTimer, Offer, QueueRecord, QueueStatistics, Work } from '../model.ts';

/** When something is due, and its place among those of the same millisecond. */
export type SavedTimer = readonly [atMs: number, order: number];

export type SavedContact = Omit<
  Contact,
  | 'queue'
  | 'need'
  | 'inNeed'
  | 'offers'
  | 'agent'
  | 'timers'
  | 'callback'
  | 'base'
  | 'gain'
  | 'cap'
  | 'key'
  | 'hopEvent'
  | 'hops'
> & {
  readonly queueId: string;
  /** `need`: stands with its need; `held`: kept for preferred agents; `no`: neither. */
  readonly standing: 'need' | 'held' | 'no';
  readonly agentId: string | undefined;
  readonly timers: Partial<Record<ContactTimer, SavedTimer>>;
  readonly callback:
    | {
        readonly number: string;
        readonly mode: 'agent-first' | 'customer-first';
        readonly attempt: number;
        readonly dueMs: number;
        readonly queueId: string;
        readonly booked: boolean;
      }
    | undefined;
};

export type SavedWork = Omit<Work, 'agent' | 'queue' | 'timer'> & {
  readonly queueId: string;
  readonly timer: SavedTimer | undefined;
};

export type SavedAgent = Omit<
  Agent,
  'class' | 'work' | 'used' | 'ready' | 'fresh' | 'listed' | 'live' | 'stamp' | 'records' | 'pauseTimer'
> & {
  readonly work: readonly SavedWork[];
  readonly records: readonly (readonly [string, QueueRecord])[];
  readonly pauseTimer: SavedTimer | undefined;
};

export type SavedOffer = Pick<Offer, 'id' | 'origin' | 'madeMs' | 'expiresMs' | 'attended'> & {
  readonly contactId: string;
  readonly agentId: string;
  readonly queueId: string;
  readonly timer: SavedTimer;
};

export interface SavedQueue {
  readonly configuration: QueueConfiguration;
  readonly retired: boolean;
  readonly removedThen: unknown;
  readonly statistics: QueueStatistics;
  readonly reserveOn: boolean;
  readonly reserveTimer: SavedTimer | undefined;
}

export interface SavedWorld {
  readonly configuration: Configuration;
  readonly nowMs: number;
  readonly event: number;
  readonly random: number;
  readonly contactOrder: number;
  readonly offerOrder: number;
  readonly deadlineOrder: number;
  readonly queues: readonly SavedQueue[];
  readonly agents: readonly SavedAgent[];
  readonly contacts: readonly SavedContact[];
  readonly offers: readonly SavedOffer[];
}
