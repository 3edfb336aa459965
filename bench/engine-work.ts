import type { AgentConfiguration, Channel, Configuration, Requirement } from '../acd/engine/index.ts';

/** A seeded generator for the benches: the same work for every matcher. */
export function generator(seed: number): (most: number) => number {
  let state = seed >>> 0;
  return (most) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * most);
  };
}

/** Skewed choice: low numbers are far more frequent (about Zipf with exponent 1). */
export function skewed(draw: (most: number) => number, most: number): number {
  return Math.min(most - 1, Math.floor(most ** (draw(1_000_000) / 1_000_000)) - 1);
}

export interface BenchContact {
  readonly id: string;
  readonly queueId: string;
  readonly channel: Channel;
  readonly priority: number;
  readonly skill: string | undefined;
  readonly min: number;
}

export interface BenchAgent {
  readonly id: string;
  readonly queueIds: readonly string[];
  readonly skills: Readonly<Record<string, number>>;
}

export const SKILLS = 30;
const CHANNELS: readonly Channel[] = ['voice', 'voice', 'voice', 'chat', 'chat', 'email'];

/** Each queue asks for five of the thirty skills (a language, a product, …), the first of them most often. */
function skillOf(draw: (most: number) => number, queueId: string): string {
  return `s${(Number(queueId.slice(1)) * 7 + skewed(draw, 5)) % SKILLS}`;
}

export function agentOf(draw: (most: number) => number, number: number, queues: number): BenchAgent {
  const queueIds = new Set<string>();
  for (let count = 1 + draw(6); count > 0; count--) queueIds.add(`q${skewed(draw, queues)}`);
  queueIds.add(`q${number % queues}`);
  const skills: Record<string, number> = {};
  const ids = [...queueIds];
  for (let count = 1 + draw(4); count > 0; count--) skills[skillOf(draw, ids[draw(ids.length)]!)] = 1 + draw(5);
  return { id: `agent-${number}`, queueIds: ids, skills };
}

export function contactOf(draw: (most: number) => number, number: number, queues: number): BenchContact {
  const queueId = `q${skewed(draw, queues)}`;
  return {
    id: `contact-${number}`,
    queueId,
    channel: CHANNELS[draw(CHANNELS.length)]!,
    priority: draw(3),
    skill: draw(3) === 0 ? undefined : skillOf(draw, queueId),
    min: 1 + draw(3),
  };
}

export function requirementOf(contact: BenchContact): Requirement | undefined {
  return contact.skill === undefined ? undefined : { skill: contact.skill, min: contact.min };
}

export function configurationOf(queues: number, agents: readonly BenchAgent[]): Configuration {
  return {
    version: 1,
    queues: Array.from({ length: queues }, (_, index) => ({
      id: `q${index}`,
      priority: index % 3,
      strategy: (
        [
          { kind: 'longest-idle', since: 'any' },
          { kind: 'least-busy' },
          { kind: 'round-robin' },
          { kind: 'least-skilled' },
        ] as const
      )[index % 4]!,
      wrapUpMs: { voice: 10_000 },
      relaxation: [{ afterMs: 600_000, action: { do: 'raise-priority', by: 1 } }],
    })),
    agents: agents.map(
      ({ id, queueIds, skills }): AgentConfiguration => ({
        id,
        skills,
        queues: queueIds.map((queueId) => ({ queueId })),
      }),
    ),
  };
}

/** p in 0–100 of a sorted list. */
export function percentile(sorted: Float64Array, p: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * p) / 100))] ?? 0;
}
