import type { Logger } from '../../config/logger.ts';
import type { Effect, Engine, EngineEvent } from '../engine/index.ts';
import { type Database, listMarkedEffects, newestSnapshot, readJournal } from '../store/index.ts';
import type { DecidedEffect } from './effect-runner.ts';
import type { EngineFactory } from './engine-factory.ts';

/** What a server finds when it takes a domain over. */
export interface Recovered {
  readonly engine: Engine;
  readonly lastSeq: number;
  readonly lastAtMs: number;
  /** Events that were replayed. */
  readonly replayed: number;
  /** Decided, and not known to have been carried out, in order. */
  readonly pending: readonly DecidedEffect[];
}

const PAGE = 2_000;

/** Newest snapshot, then every journal entry behind it; nothing is carried out. */
export async function recover(options: {
  readonly database: Database;
  readonly domain: string;
  readonly engines: EngineFactory;
  readonly logger: Logger;
}): Promise<Recovered> {
  const { database, domain, engines, logger } = options;
  const snapshot = await newestSnapshot(database, domain);
  const engine = snapshot ? engines.restore(JSON.parse(snapshot.state)) : engines.create(domain);
  const decided: DecidedEffect[] = snapshot ? JSON.parse(snapshot.outstanding) : [];
  let lastSeq = snapshot?.seq ?? 0;
  let lastAtMs = 0;
  let replayed = 0;
  for (;;) {
    const page = await readJournal(database, domain, lastSeq, PAGE);
    for (const { seq, atMs, event } of page) {
      for (const effect of applySafely(engine, JSON.parse(event), atMs, logger)) decided.push({ seq, effect });
      lastSeq = seq;
      lastAtMs = atMs;
    }
    replayed += page.length;
    if (page.length < PAGE) break;
  }
  const marked = await listMarkedEffects(database, domain);
  return { engine, lastSeq, lastAtMs, replayed, pending: decided.filter(({ effect }) => !marked.has(effect.id)) };
}

/**
 * The engine promises not to throw. Should it do so all the same, the event counts as without effects, live and in every replay alike:
 * stopping would stop each next owner at the same entry.
 */
export function applySafely(engine: Engine, event: EngineEvent, atMs: number, logger: Logger): readonly Effect[] {
  try {
    return engine.apply(event, atMs);
  } catch (fault) {
    logger.fatal({ event: event.type, fault }, 'the routing engine failed on an event; it is passed over');
    return [];
  }
}
