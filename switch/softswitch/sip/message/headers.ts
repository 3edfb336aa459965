import type { HeaderReader } from '../stack.ts';
import { headerKey, headerWritten } from './header-names.ts';
import { splitOutside } from './split-outside.ts';

/** The headers of a message in their order. Values are unfolded text; nothing is parsed before it is asked for. */
export class Headers implements HeaderReader {
  readonly keys: string[] = [];
  readonly shown: string[] = [];
  readonly values: string[] = [];

  get size(): number {
    return this.keys.length;
  }

  add(name: string, value: string): this {
    const key = headerKey(name);
    this.keys.push(key);
    this.shown.push(headerWritten(key, name));
    this.values.push(value);
    return this;
  }

  /** Puts a header before all others (Via). */
  addFirst(name: string, value: string): this {
    const key = headerKey(name);
    this.keys.unshift(key);
    this.shown.unshift(headerWritten(key, name));
    this.values.unshift(value);
    return this;
  }

  get(name: string): string | undefined {
    const at = this.keys.indexOf(headerKey(name));
    return at < 0 ? undefined : this.values[at];
  }

  getAll(name: string): readonly string[] {
    const key = headerKey(name);
    return this.values.filter((_value, at) => this.keys[at] === key);
  }

  /** Values of a list header, over all its lines, split at commas outside quotes and angle brackets. */
  list(name: string): readonly string[] {
    return this.getAll(name).flatMap((value) => splitOutside(value, ','));
  }

  count(name: string): number {
    const key = headerKey(name);
    let count = 0;
    for (const other of this.keys) if (other === key) count++;
    return count;
  }

  /** True when the list header holds `token`, compared without case (option tags, methods). */
  holds(name: string, token: string): boolean {
    return this.list(name).some((item) => item.toLowerCase() === token.toLowerCase());
  }

  names(): readonly string[] {
    return [...new Set(this.shown)];
  }
}
