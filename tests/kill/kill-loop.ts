import { setTimeout as sleep } from 'node:timers/promises';
import { faultsOf, readAccounts } from '../load/accounts.ts';
import { Desk, type Served } from '../load/agents.ts';
import { Customers, type Visit } from './customers.ts';
import type { Rig } from './rig.ts';

const DESK_TONE_HZ = 400;
export const DESKS = 5;
/** More than desks, so that somebody always waits. */
const CUSTOMERS = 8;
/** Phones that are rung at the same time may be reached in any order, ms. */
const ORDER_MARGIN_MS = 500;
const SETTLE_MS = 30_000;

export interface KillResult {
  readonly kills: number;
  readonly calls: number;
  /** Callers of whom nobody knows, or who were never served, or whose contact has no end. */
  readonly lost: number;
  /** Calls with two contacts, or with two agents at once. */
  readonly doubled: number;
  /** Conversations that ended or fell silent without anybody hanging up. */
  readonly dropped: number;
  readonly outOfOrder: number;
  /** From the kill to the journal's next caller. */
  readonly maxRoutingGapMs: number;
  readonly p50RoutingGapMs: number;
  /** Each fault in a sentence. */
  readonly faults: readonly string[];
}

/** Kills the center that routes, again and again at random moments under load, and holds the books against what people saw. */
export async function killLoop(rig: Rig, kills: number, say: (line: string) => void): Promise<KillResult> {
  const served: Served[] = [];
  const desks: Desk[] = [];
  for (const person of rig.people) {
    const answerAfterMs = 100 + Math.round(Math.random() * 300);
    const onServed = (one: Served) => served.push(one);
    const place = { url: rig.url, agents: rig.agents, person, toneHz: DESK_TONE_HZ };
    desks.push(await Desk.open({ ...place, answerAfterMs, onServed }));
  }
  const customers = new Customers(rig.trunk, DESK_TONE_HZ);
  customers.begin(CUSTOMERS);
  await sleep(4_000);
  const gaps: number[] = [];
  for (let kill = 1; kill <= kills; kill++) {
    await sleep(Math.random() * 1_500);
    const { atMs, epoch } = await rig.kill();
    customers.callOnce();
    const gapMs = await routedAgain(rig, atMs, epoch);
    gaps.push(gapMs);
    await customers.listenToAll();
    await rig.repair();
    const bad = customers.visits.filter((visit) => visit.complaint).length;
    say(`kill ${kill}: routing again after ${gapMs} ms, ${customers.visits.length} calls, ${bad} complaints`);
  }
  await sleep(1_000);
  await customers.stop();
  await settle(rig);
  for (const desk of desks) await desk.close();
  const { visits } = customers;
  const accounts = await readAccounts(rig.db);
  const { lost, doubled } = await againstTheBooks(visits, accounts, served);
  const dropped = visits.filter((visit) => visit.complaint === 'cut off' || visit.complaint === 'silence');
  const outOfOrder = inversions(await readQueue(rig), served);
  gaps.sort((a, b) => a - b);
  return {
    kills,
    calls: visits.length,
    lost: lost.length,
    doubled: doubled.length,
    dropped: dropped.length,
    outOfOrder: outOfOrder.length,
    maxRoutingGapMs: gaps.at(-1) ?? 0,
    p50RoutingGapMs: gaps[Math.floor(gaps.length / 2)] ?? 0,
    faults: [...lost, ...doubled, ...dropped.map((visit) => `${visit.number}: ${visit.complaint}`), ...outOfOrder],
  };
}

/** From the kill until the next owner has taken a caller into its journal, ms. */
async function routedAgain(rig: Rig, atMs: number, epoch: number): Promise<number> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const { rows } = await rig.db.query<{ atMs: number }>(
      `select at as "atMs" from engine_journal where epoch > $1 and event->>'type' = 'contact-enqueued' order by seq limit 1`,
      [epoch],
    );
    if (rows[0]) return Math.round(rows[0].atMs - atMs);
    await sleep(25);
  }
  throw new Error('nobody routes any more');
}

async function settle(rig: Rig): Promise<void> {
  const deadline = Date.now() + SETTLE_MS;
  while (Date.now() < deadline) {
    if ((await readAccounts(rig.db)).every((account) => account.closed)) return;
    await sleep(250);
  }
}

type Accounts = Awaited<ReturnType<typeof readAccounts>>;

async function againstTheBooks(visits: readonly Visit[], accounts: Accounts, served: readonly Served[]) {
  const lost: string[] = [];
  const doubled: string[] = [];
  const known = grouped(accounts, (account) => account.number);
  for (const visit of visits) {
    const own = known.get(visit.number) ?? [];
    if (own.length === 0) lost.push(`${visit.number}: nobody knows this caller`);
    if (own.length > 1)
      doubled.push(`${visit.number}: ${own.length} contacts (${own.map((one) => one.id).join(', ')})`);
    if (visit.complaint === 'never served') lost.push(`${visit.number}: never served`);
  }
  lost.push(...accounts.flatMap(faultsOf));
  for (const account of accounts) {
    if (account.outcome !== null && account.outcome !== 'answered' && known.get(account.number)?.length === 1)
      lost.push(`${account.id} (${account.number}) ended as ${account.outcome}`);
  }
  const talks = served.filter((one) => one.call.state === 'up');
  const busy = grouped(talks, (one) => one.contactId);
  for (const [contactId, both] of busy) if (both.length > 1) doubled.push(`${contactId}: with two agents at once`);
  return { lost, doubled };
}

function grouped<T>(things: readonly T[], keyOf: (thing: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const group = groups.get(keyOf(thing));
    if (group) group.push(thing);
    else groups.set(keyOf(thing), [thing]);
  }
  return groups;
}

/** When each contact was taken into the queue, by the journal. */
async function readQueue(rig: Rig): Promise<ReadonlyMap<string, number>> {
  const { rows } = await rig.db.query<{ contactId: string; atMs: number }>(
    `select event->>'contactId' as "contactId", min(at) as "atMs" from engine_journal
      where event->>'type' = 'contact-enqueued' group by 1`,
  );
  return new Map(rows.map(({ contactId, atMs }) => [contactId, atMs]));
}

/** Who was overtaken by somebody who came into the queue later, by the first ring of an agent's phone. */
function inversions(queuedAt: ReadonlyMap<string, number>, served: readonly Served[]): readonly string[] {
  const rungAt = new Map<string, number>();
  for (const { contactId, invitedAtMs } of served) {
    if (!rungAt.has(contactId)) rungAt.set(contactId, invitedAtMs);
  }
  const line = [...queuedAt].filter(([contactId]) => rungAt.has(contactId)).sort((a, b) => a[1] - b[1]);
  const found: string[] = [];
  for (const [index, [early, earlyMs]] of line.entries()) {
    for (const [late, lateMs] of line.slice(index + 1)) {
      const byMs = rungAt.get(early)! - rungAt.get(late)!;
      if (lateMs > earlyMs && byMs > ORDER_MARGIN_MS)
        found.push(`${early} was overtaken by ${late}, ${lateMs - earlyMs} ms behind it, by ${byMs} ms`);
    }
  }
  return found;
}
