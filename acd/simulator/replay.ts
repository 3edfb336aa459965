import { createHash } from 'node:crypto';
import { createEngine, type Effect, type Engine, restoreEngine } from '../engine/index.ts';
import { pureEngines } from '../routing/index.ts';
import type { Read } from './input.ts';
import type { Journal, JournalHead } from './journal.ts';
import type { Watcher } from './play.ts';

export interface Replayed {
  readonly engine: Engine;
  readonly events: number;
  /** Events whose effects were kept and are the same now, byte for byte. */
  readonly compared: number;
  /** The first event that gives other effects than were kept. */
  readonly difference?: { readonly seq: number; readonly kept: readonly Effect[]; readonly now: readonly Effect[] };
  /** SHA-256 over all effects: two replays, on two machines or versions, are the same when these are. */
  readonly digest: string;
}

/** The engine with which a journal begins. */
export function engineOf(head: JournalHead): Read<Engine> {
  if (head.from === 'domain') return { ok: true, value: pureEngines.create(head.domain) };
  const made =
    head.from === 'snapshot' ? restoreEngine(head.snapshot) : createEngine(head.configuration, { seed: head.seed });
  return made.ok ? { ok: true, value: made.engine } : made;
}

/** Feeds a recorded journal to the engine, unchanged. */
export function replay(journal: Journal, watch?: Watcher): Read<Replayed> {
  const made = engineOf(journal.head);
  if (!made.ok) return made;
  const engine = made.value;
  const hash = createHash('sha256');
  let compared = 0;
  let difference: Replayed['difference'];
  for (const { seq, atMs, event, effects: kept } of journal.lines) {
    const now = engine.apply(event, atMs);
    const text = JSON.stringify(now);
    hash.update(text).update('\n');
    watch?.(event, atMs, now);
    if (!kept || difference) continue;
    if (JSON.stringify(kept) === text) compared++;
    else difference = { seq, kept, now };
  }
  const digest = hash.digest('hex');
  const result = { engine, events: journal.lines.length, compared, digest };
  return { ok: true, value: difference ? { ...result, difference } : result };
}
