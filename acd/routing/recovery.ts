import { CodedError } from '../../config/errors.ts';
import type { Logger } from '../../config/logger.ts';
import type { Effect, Engine, EngineEvent } from '../engine/index.ts';
import { type Database, listMarkedEffects, newestSnapshot, readJournal, type StoredSnapshot } from '../store/index.ts';
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

/**
 * Newest snapshot, then every journal entry behind it; nothing is carried out. Throws `store.migration` when neither a usable snapshot nor
 * the whole journal is there.
 */
export async function recover(options: {
  readonly database: Database;
  readonly domain: string;
  readonly engines: EngineFactory;
  readonly logger: Logger;
}): Promise<Recovered> {
  const { database, domain, engines, logger } = options;
  const snapshot = await newestSnapshot(database, domain);
  const restored = snapshot && restoreSafely(snapshot, engines, logger);
  const engine = restored ?? engines.create(domain);
  const outstanding: DecidedEffect[] = snapshot ? JSON.parse(snapshot.outstanding) : [];
  const decided: DecidedEffect[] = restored ? [...outstanding] : [];
  let lastSeq = restored ? snapshot.seq : 0;
  let lastAtMs = 0;
  let replayed = 0;
  for (;;) {
    const page = await readJournal(database, domain, lastSeq, PAGE);
    if (page[0] && page[0].seq !== lastSeq + 1) throw new CodedError('store.migration', { missingEntry: lastSeq + 1 });
    for (const { seq, atMs, event } of page) {
      for (const effect of applySafely(engine, JSON.parse(event), atMs, logger)) decided.push({ seq, effect });
      lastSeq = seq;
      lastAtMs = atMs;
    }
    replayed += page.length;
    if (page.length < PAGE) break;
  }
  const marked = await listMarkedEffects(database, domain);
  // A snapshot's marks are gone with it: of what it covers, only what it names as outstanding was not carried out.
  const open = new Set(outstanding.map(({ effect }) => effect.id));
  const isPending = ({ seq, effect }: DecidedEffect) =>
    !marked.has(effect.id) && (seq > (snapshot?.seq ?? 0) || open.has(effect.id));
  return { engine, lastSeq, lastAtMs, replayed, pending: decided.filter(isPending) };
}

/** A snapshot that this program does not understand (it was updated) is passed over: the whole journal gives the same state. */
function restoreSafely(snapshot: StoredSnapshot, engines: EngineFactory, logger: Logger): Engine | undefined {
  try {
    return engines.restore(JSON.parse(snapshot.state));
  } catch (fault) {
    logger.warn({ seq: snapshot.seq, err: fault }, 'the snapshot cannot be used; replaying the whole journal');
    return undefined;
  }
}

/**
 * The engine promises not to throw. Should it do so all the same, the event counts as without effects, live and in every replay alike:
 * stopping would stop each next owner at the same entry.
 */
export function applySafely(engine: Engine, event: EngineEvent, atMs: number, logger: Logger): readonly Effect[] {
  try {
    return engine.apply(event, atMs);
  } catch (fault) {
    logger.fatal({ event: event.type, err: fault }, 'the routing engine failed on an event; it is passed over');
    return [];
  }
}
