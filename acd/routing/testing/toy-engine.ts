import type { Effect, Engine, EngineEvent } from '../../engine/index.ts';
import type { EngineFactory } from '../engine-factory.ts';

/** What the toy engine knows, all of it, so that tests can compare states. */
export interface ToyState {
  events: number;
  /** Contacts in the order of their arrival, with when they arrived. */
  waiting: [string, number][];
  ended: string[];
  /** Contacts that were enqueued twice. */
  doubled: string[];
  lastMs: number;
}

/** Contacts leave the toy engine by themselves after this, ms. */
export const TOY_PATIENCE_MS = 100_000;

/**
 * A tiny deterministic engine with the real port: contacts wait, are abandoned or withdrawn, and time out. It keeps whatever a test of the
 * host has to see, so a lost, doubled or reordered event shows.
 */
export function toyEngine(state: ToyState, patienceMs = TOY_PATIENCE_MS): Engine {
  const leave = (contactId: string, atMs: number, why: string): Omit<Effect, 'id'>[] => {
    if (!state.waiting.some(([id]) => id === contactId)) return [];
    state.waiting = state.waiting.filter(([id]) => id !== contactId);
    state.ended.push(contactId);
    const left = { contactId, queueId: 'q', outcome: 'withdrawn', waitedMs: 0, why, atMs } as const;
    return [
      { type: 'contact-left', ...left },
      { type: 'contact-ended', contactId, outcome: 'withdrawn', answered: false, spanMs: 0, atMs },
    ] as Omit<Effect, 'id'>[];
  };
  function decide(event: EngineEvent, nowMs: number): Omit<Effect, 'id'>[] {
    switch (event.type) {
      case 'contact-enqueued': {
        const isKnown = state.waiting.some(([id]) => id === event.contactId) || state.ended.includes(event.contactId);
        if (isKnown) state.doubled.push(event.contactId);
        else state.waiting.push([event.contactId, nowMs]);
        const { contactId, queueId } = event;
        return [{ type: 'contact-joined', contactId, queueId, why: 'new', atMs: nowMs } as Omit<Effect, 'id'>];
      }
      case 'contact-abandoned':
        return leave(event.contactId, nowMs, 'abandoned');
      case 'contact-withdrawn':
        return leave(event.contactId, nowMs, event.why ?? 'withdrawn');
      case 'tick':
        return state.waiting
          .filter(([, sinceMs]) => sinceMs + patienceMs <= nowMs)
          .flatMap(([contactId]) => leave(contactId, nowMs, 'timed-out'));
      default:
        return [];
    }
  }
  const engine = {
    apply(event: EngineEvent, nowMs: number): Effect[] {
      state.events++;
      state.lastMs = Math.max(state.lastMs, nowMs);
      const effects = decide(event, state.lastMs);
      return effects.map((effect, index) => ({ ...effect, id: `${state.events}.${index}` }) as Effect);
    },
    nextDeadline: () => (state.waiting[0] ? state.waiting[0][1] + patienceMs : undefined),
    snapshot: () => ({ format: 1, state: structuredClone(state) }) as const,
    contactIds: () => state.waiting.map(([id]) => id),
    contact: () => undefined,
  };
  return engine as unknown as Engine;
}

export function toyEngines(patienceMs?: number): EngineFactory {
  return {
    create: () => toyEngine({ events: 0, waiting: [], ended: [], doubled: [], lastMs: 0 }, patienceMs),
    check: () => [],
    restore: (snapshot) => toyEngine((snapshot as { state: ToyState }).state, patienceMs),
  };
}

/** The whole state of a toy engine. */
export function stateOf(engine: Engine): ToyState {
  return engine.snapshot().state as ToyState;
}
