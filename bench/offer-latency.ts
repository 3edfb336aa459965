/**
 * How long a caller who needs no menu waits until a free agent's phone is invited: from the switch's CHANNEL_PARK, as any client of its
 * event socket hears it, to the INVITE at the phone. The whole server as `npm start` runs it: embedded switch, database, journal.
 *
 *     npm run -s bench:offer-latency [-- --database pglite|postgres|both] [--profile FOLDER]
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../config/clock.ts';
import { EventSocketConnection } from '../switch/event-socket/index.ts';
import { startCenter } from '../tests/e2e/center.ts';
import { configure } from '../tests/load/agents.ts';
import { type Person, STRAIGHT_NUMBER, seedPeople } from '../tests/load/people.ts';
import { Rest } from '../tests/load/rest.ts';
import { runSipp } from '../tests/load/sipp.ts';
import { startPostgres } from '../tests/services/postgres.ts';
import { PhoneFleet } from './offer-latency-phones.ts';

/** The steps, and what mod_callcenter 1.10.12 took on a like machine (longest-idle; its dispatcher sleeps 100 ms a pass). */
const STEPS = [
  { rate: 5, agents: 60, calls: 150, peer: { p50Ms: 60, p95Ms: 100, p99Ms: 100 } },
  { rate: 20, agents: 200, calls: 300, peer: { p50Ms: 60, p95Ms: 100, p99Ms: 120 } },
] as const;
/** Calls before the first step, so that compiled code is measured; a server is up for months. */
const WARM_UP_CALLS = 60;
const DATABASES = ['postgres', 'pglite'] as const;

const { values } = parseArgs({
  options: { database: { type: 'string', default: 'both' }, profile: { type: 'string' } },
});

interface Result {
  readonly rate: number;
  readonly calls: number;
  readonly lost: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

const at = (sorted: readonly number[], share: number) =>
  Number((sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0).toFixed(1));

async function measure(kind: (typeof DATABASES)[number]): Promise<readonly Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-'));
  const postgres = kind === 'postgres' ? await startPostgres() : undefined;
  const url = await postgres?.createDatabase();
  let people: readonly Person[] = [];
  let admin = '';
  const center = await startCenter(
    {
      SEED_DEMO: 'false',
      LOG_LEVEL: 'warn',
      ...(url === undefined ? {} : { DATABASE_URL: url }),
    },
    async (dataDir) => {
      ({ people, admin } = await seedPeople({ url, dataDir }, STEPS.at(-1)!.agents));
    },
    values.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${values.profile}`],
  );
  const fleet = await PhoneFleet.open(center.agents);
  const parked = new Map<string, number>();
  const state = JSON.parse(readFileSync(join(center.dataDir, 'switch.json'), 'utf8'));
  const events = await EventSocketConnection.open({
    host: '127.0.0.1',
    port: state.eventPort,
    password: state.password,
    clock: systemClock,
    openDeadlineMs: 5_000,
    onClosed: () => undefined,
    onEvent(event) {
      const number = event.get('Caller-Caller-ID-Number') ?? '';
      if (event.get('Call-Direction') === 'inbound' && !parked.has(number)) parked.set(number, performance.now());
    },
  });
  let staffed = 0;
  const results: Result[] = [];
  try {
    await events.command('event plain CHANNEL_PARK', 5_000);
    await configure(center.url, admin, people, 0);
    for (const step of STEPS) {
      for (; staffed < step.agents; staffed++) await begin(center.url, fleet, people[staffed]!);
      if (results.length === 0) await callIn(`warm${step.rate}`, WARM_UP_CALLS, 20);
      parked.clear();
      fleet.invited.clear();
      const numbers = await callIn(`1${step.rate}`, step.calls, step.rate);
      const waits = numbers.flatMap((number) => {
        const [from, to] = [parked.get(number), fleet.invited.get(number)];
        return from === undefined || to === undefined ? [] : [to - from];
      });
      waits.sort((a, b) => a - b);
      const [p50Ms, p95Ms, p99Ms] = [at(waits, 0.5), at(waits, 0.95), at(waits, 0.99)];
      results.push({ rate: step.rate, calls: step.calls, lost: step.calls - waits.length, p50Ms, p95Ms, p99Ms });
      const { peer } = step;
      console.log(
        `${kind.padEnd(8)} ${String(step.rate).padStart(2)} calls/s, ${String(step.agents).padStart(3)} agents: ` +
          `p50 ${p50Ms}, p95 ${p95Ms}, p99 ${p99Ms}, longest ${at(waits, 1)} ms, lost ${step.calls - waits.length}` +
          `   (mod_callcenter: p50 ${peer.p50Ms}, p95 ${peer.p95Ms}, p99 ${peer.p99Ms} ms)`,
      );
    }
  } finally {
    events.close();
    await center.close();
    fleet.close();
    await postgres?.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return results;

  /** Lets sipp call; answers the numbers that called. */
  async function callIn(prefix: string, calls: number, perSecond: number): Promise<readonly string[]> {
    const numbers = Array.from({ length: calls }, (_, i) => `${prefix}${String(i).padStart(6, '0')}`);
    const file = join(folder, `${prefix}.csv`);
    writeFileSync(file, `SEQUENTIAL\n${numbers.join('\n')}\n`);
    const run = await runSipp({
      scenario: join(import.meta.dirname, 'offer-latency-caller.xml'),
      server: center.trunk,
      number: STRAIGHT_NUMBER,
      calls,
      perSecond,
      timeoutS: Math.ceil(calls / perSecond) + 30,
      more: ['-inf', file],
    });
    if (!run.ok) console.log(run.detail);
    return numbers;
  }
}

async function begin(url: string, fleet: PhoneFleet, person: Person): Promise<void> {
  const rest = new Rest(url, person.token);
  const { body } = await rest.post('/shift');
  await fleet.register(body);
  await rest.put('/status', { status: 'available' });
}

const chosen = DATABASES.filter((kind) => values.database === 'both' || values.database === kind);
const all: { readonly kind: string; readonly results: readonly Result[] }[] = [];
for (const kind of chosen) all.push({ kind, results: await measure(kind) });
const last = all[0]!.results.at(-1)!;
console.log(JSON.stringify({ bench: 'offer-latency', ...last, database: all[0]!.kind }));
