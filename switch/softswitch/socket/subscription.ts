import { type EventName, findEventName, headerOf, type SwitchEvent } from '../core/event.ts';
import type { EventFormat } from './event-text.ts';

/** Most filters and subclasses that one client may set. */
const MAX_ENTRIES = 1000;

/** What one client wants to hear. */
export class Subscription {
  format: EventFormat = 'plain';
  /** True after the first `event`, until `noevents`. */
  listening = false;
  readonly #names = new Set<EventName>();
  readonly #subclasses = new Set<string>();
  #filters: { readonly name: string; readonly value: string }[] = [];

  /** Takes the words of an `event` command after the format. Gives how many were names of events. */
  add(words: readonly string[]): number {
    let found = 0;
    let custom = false;
    for (const word of words) {
      if (custom) {
        if (this.#subclasses.size < MAX_ENTRIES) this.#subclasses.add(word);
        continue;
      }
      const name = findEventName(word);
      if (!name) continue;
      found++;
      this.#names.add(name);
      if (name === 'CUSTOM') custom = true;
    }
    return found;
  }

  /** Takes the words of a `nixevent` command. Gives how many were names of events. */
  remove(words: readonly string[]): number {
    let found = 0;
    let custom = false;
    for (const word of words) {
      if (custom) {
        this.#subclasses.delete(word);
        continue;
      }
      const name = findEventName(word);
      if (!name) continue;
      found++;
      if (name === 'CUSTOM') custom = true;
      else if (name === 'ALL') this.#names.clear();
      else this.#names.delete(name);
    }
    return found;
  }

  clear(): void {
    this.listening = false;
    this.#names.clear();
    this.#subclasses.clear();
  }

  addFilter(name: string, value: string): void {
    if (this.#filters.length < MAX_ENTRIES) this.#filters.push({ name, value });
  }

  /** Takes filters away: all (`name` is `all`), those of a header, or one. */
  removeFilter(name: string, value: string | undefined): void {
    if (name.toLowerCase() === 'all') this.#filters = [];
    else {
      this.#filters = this.#filters.filter(
        (one) => one.name.toLowerCase() !== name.toLowerCase() || (value !== undefined && one.value !== value),
      );
    }
  }

  wants(event: SwitchEvent): boolean {
    if (!this.listening) return false;
    if (!this.#names.has('ALL')) {
      if (!this.#names.has(event.name)) return false;
      if (event.subclass !== undefined && !this.#subclasses.has(event.subclass)) return false;
    }
    return this.#passesFilters(event);
  }

  /** With filters, one that fits lets the event through; one that starts with `-` and fits keeps it back whatever else. */
  #passesFilters(event: SwitchEvent): boolean {
    if (this.#filters.length === 0) return true;
    let send = false;
    for (const filter of this.#filters) {
      const value = headerOf(event, filter.name);
      if (value === undefined) continue;
      const sign = /^[\s+-]*/.exec(filter.value)?.[0] ?? '';
      const keepsBack = sign.trimEnd().endsWith('-');
      const wanted = filter.value.slice(sign.length);
      if (value.toLowerCase() !== wanted.toLowerCase()) continue;
      if (keepsBack) return false;
      send = true;
    }
    return send;
  }
}
