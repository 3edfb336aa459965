import type { Engine } from '../engine/index.ts';

/** How a domain gets its engine. `create` and `restore` throw for something that cannot be used. */
export interface EngineFactory {
  /** An engine without queues; its first event brings the configuration. The same domain gives the same engine. */
  create(domain: string): Engine;
  /** What `snapshot()` gave, as plain JSON. */
  restore(snapshot: unknown): Engine;
  /** Everything that is wrong with a configuration, as `place: what is right`. */
  check(configuration: unknown): readonly string[];
}
