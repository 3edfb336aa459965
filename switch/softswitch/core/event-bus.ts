import type { SwitchEvent } from './event.ts';

/** Hears every event of the switch, in order. */
export type EventListener = (event: SwitchEvent) => void;

/** Hands events to everybody who listens, at once and in the order in which they happened. */
export class EventBus {
  readonly #listeners = new Set<EventListener>();

  /** Returns how to stop. */
  listen(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  publish(event: SwitchEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
