import type { Configuration } from './configuration.ts';
import type { Effect } from './effects.ts';
import type { EngineEvent } from './events.ts';
import type {
  AgentExplanation,
  AgentView,
  ContactExplanation,
  ContactView,
  QueueView,
  WaitEstimate,
  WallboardView,
} from './state.ts';

export interface EngineOptions {
  /** Seed of the `random` strategies, 0 to 2^32−1. */
  readonly seed: number;
}

/** Versioned plain JSON. `restore` takes what `snapshot` gave, of the same `format`. */
export interface EngineSnapshot {
  readonly format: 1;
  readonly state: unknown;
}

/**
 * One writer decides everything. Time passes only by `apply`; a time before the last one counts as the last one.
 * Reading functions never change state.
 */
export interface Engine {
  /** Takes an event in and says what must be done. Never throws for what an event says: see the `rejected` effect. */
  apply(event: EngineEvent, nowMs: number): Effect[];
  /** When a `tick` is wanted at the latest, ms since 1970; undefined when nothing is due. */
  nextDeadline(): number | undefined;
  snapshot(): EngineSnapshot;
  contact(contactId: string, nowMs: number): ContactView | undefined;
  agent(agentId: string, nowMs: number): AgentView | undefined;
  queue(queueId: string, nowMs: number): QueueView | undefined;
  wallboard(nowMs: number): WallboardView;
  contactIds(): string[];
  agentIds(): string[];
  /** 1 is next; undefined when it does not wait. */
  position(contactId: string, nowMs: number): number | undefined;
  /** Of a waiting contact, or of a queue for somebody who would join now. */
  estimateWait(id: { readonly contactId: string } | { readonly queueId: string }, nowMs: number): WaitEstimate;
  explainContact(contactId: string, nowMs: number): ContactExplanation | undefined;
  explainAgent(agentId: string, nowMs: number): AgentExplanation | undefined;
  configuration(): Configuration;
}

export type EngineResult =
  | { readonly ok: true; readonly engine: Engine }
  | { readonly ok: false; readonly problems: readonly string[] };
