import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createEngine, type Effect, type Engine, type EngineEvent } from '../acd/engine/index.ts';
import { redisMatcher } from './engine-redis.ts';
import { scanMatcher } from './engine-scan.ts';
import {
  agentOf,
  type BenchAgent,
  configurationOf,
  contactOf,
  generator,
  percentile,
  requirementOf,
} from './engine-work.ts';

const QUEUES = 500;

export interface Result {
  readonly agents: number;
  readonly waiting: number;
  readonly events: number;
  readonly eventsPerSecond: number;
  /** The same over the processor time that was really given to the process: what an otherwise idle core does. */
  readonly eventsPerCpuSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly bytesPerContact: number;
}

function heapBytes(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/** Keeps what the host would know: open offers and running assignments, and the contacts that may hang up. */
class Host {
  readonly offers: string[] = [];
  readonly running: { contactId: string; agentId: string }[] = [];
  readonly wrapUps: { contactId: string; agentId: string }[] = [];

  take(effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.type === 'offer') this.offers.push(effect.offerId);
      else if (effect.type === 'assign') this.running.push({ contactId: effect.contactId, agentId: effect.agentId });
      else if (effect.type === 'wrap-up-started')
        this.wrapUps.push({ contactId: effect.contactId, agentId: effect.agentId });
    }
  }
}

function swapOut<T>(list: T[], index: number): T {
  const taken = list[index]!;
  const last = list.pop()!;
  if (index < list.length) list[index] = last;
  return taken;
}

/** Fills the centre until every agent is busy and `waiting` wait, then keeps it so under a mix of everything. */
function run(agentCount: number, waiting: number, events: number): Result {
  const draw = generator(7);
  const agents: BenchAgent[] = Array.from({ length: agentCount }, (_, index) => agentOf(draw, index, QUEUES));
  const made = createEngine(configurationOf(QUEUES, agents), { seed: 1 });
  if (!made.ok) {
    console.error(made.problems);
    process.exit(1);
  }
  const engine: Engine = made.engine;
  const host = new Host();
  let nowMs = 1_790_000_000_000;
  const apply = (event: EngineEvent): void => host.take(engine.apply(event, nowMs));
  const settle = (): void => {
    while (host.offers.length > 0) apply({ type: 'offer-accepted', offerId: host.offers.pop()! });
  };
  for (const { id } of agents) apply({ type: 'agent-signed-in', agentId: id, status: 'available' });
  let number = 0;
  const enqueue = (): EngineEvent => {
    const contact = contactOf(draw, number++, QUEUES);
    const requirement = requirementOf(contact);
    return {
      type: 'contact-enqueued',
      contactId: contact.id,
      queueId: contact.queueId,
      channel: contact.channel,
      priority: contact.priority,
      ...(requirement ? { requirement } : {}),
    };
  };
  const waitingNow = (): number => engine.contactIds().length - host.running.length - host.offers.length;
  for (let busy = 0; busy < agentCount * 40; busy++) {
    apply(enqueue());
    settle();
    nowMs += 1;
    if (busy % 5_000 === 0 && waitingNow() > waiting / 2) break;
  }
  let missing = waiting - waitingNow();
  const baseline = heapBytes();
  const filled = Math.max(0, missing);
  for (; missing > 0; missing--) {
    apply(enqueue());
    settle();
    nowMs += 1;
  }
  const bytesPerContact = filled > 1_000 ? Math.round((heapBytes() - baseline) / filled) : 0;
  const recent: string[] = [];
  const times = new Float64Array(events);
  const measure = (event: EngineEvent, index: number): void => {
    const before = process.hrtime.bigint();
    const effects = engine.apply(event, nowMs);
    times[index] = Number(process.hrtime.bigint() - before) / 1e6;
    host.take(effects);
  };
  const usedBefore = process.cpuUsage();
  const startedAt = process.hrtime.bigint();
  for (let index = 0; index < events; index++) {
    nowMs += draw(3);
    measure(nextEvent(), index);
  }
  const seconds = Number(process.hrtime.bigint() - startedAt) / 1e9;
  const used = process.cpuUsage(usedBefore);
  times.sort();
  return {
    agents: agentCount,
    waiting,
    events,
    eventsPerSecond: Math.round(events / seconds),
    eventsPerCpuSecond: Math.round((events * 1e6) / (used.user + used.system)),
    p50Ms: percentile(times, 50),
    p99Ms: percentile(times, 99),
    maxMs: times[events - 1] ?? 0,
    bytesPerContact,
  };

  function nextEvent(): EngineEvent {
    const due = engine.nextDeadline();
    if (due !== undefined && due <= nowMs) return { type: 'tick' };
    if (host.offers.length > 0) {
      const offerId = host.offers.pop()!;
      if (draw(50) === 0) return { type: 'offer-declined', offerId };
      return { type: 'offer-accepted', offerId };
    }
    const kind = draw(100);
    if (kind < 40 && host.running.length > 0)
      return { type: 'assignment-ended', ...swapOut(host.running, draw(host.running.length)) };
    if (kind < 55 && host.wrapUps.length > 0)
      return { type: 'wrap-up-ended', ...swapOut(host.wrapUps, draw(host.wrapUps.length)) };
    if (kind < 58 && recent.length > 0)
      return { type: 'contact-abandoned', contactId: swapOut(recent, draw(recent.length)) };
    if (kind < 60)
      return {
        type: 'agent-status-changed',
        agentId: agents[draw(agentCount)]!.id,
        status: draw(3) ? 'available' : 'break',
      };
    const event = enqueue();
    if (recent.length < 10_000) recent.push((event as { contactId: string }).contactId);
    return event;
  }
}

const scenarios: readonly (readonly [agents: number, waiting: number, events: number])[] = [
  [1_000, 10_000, 200_000],
  [1_000, 100_000, 200_000],
  [10_000, 10_000, 200_000],
  [10_000, 100_000, 400_000],
];

/** In a process of its own, so that one scenario's memory and compiled code do not weigh on the next. */
async function runAlone(agents: number, waiting: number, events: number): Promise<Result> {
  const given = [
    '--expose-gc',
    '--import',
    'tsx',
    fileURLToPath(import.meta.url),
    String(agents),
    String(waiting),
    String(events),
  ];
  const { stdout } = await promisify(execFile)(process.execPath, given, { timeout: 300_000 });
  return JSON.parse(stdout) as Result;
}

const [agentsGiven, waitingGiven, eventsGiven] = process.argv.slice(2).map(Number);
if (agentsGiven && waitingGiven && eventsGiven) {
  run(200, 1_000, 30_000);
  console.log(JSON.stringify(run(agentsGiven, waitingGiven, eventsGiven)));
  process.exit(0);
}

console.log(`Tandem engine, ${QUEUES} queues, 30 skills (skewed), voice/chat/email, one core`);
console.log('agents  waiting  events/s  /cpu s  p50 ms  p99 ms  max ms  bytes/contact');
let last: Result | undefined;
for (const [agents, waiting, events] of scenarios) {
  last = await runAlone(agents, waiting, events);
  console.log(row(last));
}

console.log('\nThe same work (arrive, agent freed → best contact), by other means:');
for (const [name, matcher] of [
  ['scan everything', scanMatcher],
  ['Redis function', redisMatcher],
] as const) {
  for (const [agents, waiting] of [
    [1_000, 10_000],
    [10_000, 100_000],
  ] as const) {
    const result = await matcher(agents, waiting, QUEUES);
    console.log(`${name.padEnd(16)} ${agents} agents, ${waiting} waiting: ${result}`);
  }
}

function row(result: Result): string {
  return [
    String(result.agents).padStart(6),
    String(result.waiting).padStart(8),
    String(result.eventsPerSecond).padStart(9),
    String(result.eventsPerCpuSecond).padStart(7),
    result.p50Ms.toFixed(4).padStart(7),
    result.p99Ms.toFixed(4).padStart(7),
    result.maxMs.toFixed(2).padStart(7),
    String(result.bytesPerContact).padStart(14),
  ].join(' ');
}

console.log(
  JSON.stringify({
    bench: 'engine',
    agents: last!.agents,
    waiting: last!.waiting,
    queues: QUEUES,
    eventsPerSecond: last!.eventsPerSecond,
    eventsPerCpuSecond: last!.eventsPerCpuSecond,
    p99Ms: Number(last!.p99Ms.toFixed(4)),
    bytesPerContact: last!.bytesPerContact,
  }),
);
