import { type Database, oldestSnapshot, readJournal } from '../store/index.ts';
import type { Read } from './input.ts';
import { headLine } from './journal.ts';

const PAGE = 2_000;

/**
 * Writes a domain's journal as a journal file, line by line; gives the number of events. When the older part is gone it begins with the oldest
 * snapshot that the rest still follows.
 */
export async function exportJournal(
  db: Database,
  domain: string,
  write: (text: string) => void,
): Promise<Read<{ readonly events: number }>> {
  const first = (await readJournal(db, domain, 0, 1))[0];
  if (!first) return { ok: false, problems: [`there is no journal of the routing domain "${domain}"`] };
  let seq = 0;
  if (first.seq === 1) {
    write(headLine({ journal: 1, from: 'domain', domain }));
  } else {
    const snapshot = await oldestSnapshot(db, domain, first.seq - 1);
    if (!snapshot)
      return { ok: false, problems: [`the journal begins with ${first.seq} and there is no snapshot before it`] };
    write(headLine({ journal: 1, from: 'snapshot', domain, snapshot: JSON.parse(snapshot.state) }));
    seq = snapshot.seq;
  }
  let events = 0;
  for (;;) {
    const page = await readJournal(db, domain, seq, PAGE);
    for (const entry of page) {
      // The event goes in as the text that was kept, so that not a byte is other.
      write(`{"seq":${entry.seq},"at":${entry.atMs},"event":${entry.event}}\n`);
      seq = entry.seq;
    }
    events += page.length;
    if (page.length < PAGE) return { ok: true, value: { events } };
  }
}
