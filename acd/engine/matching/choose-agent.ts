import { dayOf } from '../hours/local-time.ts';
import type { Agent, Contact, ReadySet } from '../model.ts';
import { fitHolds } from '../needs/fit.ts';
import { nextRandom } from '../random.ts';
import { ruleOf } from '../strategies/rule-of.ts';
import type { Candidate, StrategyRule } from '../strategies/strategy.ts';
import type { World } from '../world.ts';

interface Choice {
  readonly agent: Agent;
  readonly tier: number;
  readonly key: number;
}

function better(a: Choice, b: Choice): boolean {
  if (a.tier !== b.tier) return a.tier < b.tier;
  if (a.key !== b.key) return a.key < b.key;
  if (a.agent.lastEndMs !== b.agent.lastEndMs) return a.agent.lastEndMs < b.agent.lastEndMs;
  return a.agent.order < b.agent.order;
}

/** The agent whom the queue's strategy puts first among those who are ready and eligible. */
export function chooseAgent(world: World, contact: Contact): Agent | undefined {
  const need = contact.need!;
  const rule = ruleOf(contact.queue.settings.strategy);
  let best: Choice | undefined;
  const candidate: Mutable<Candidate> = {
    agent: undefined as unknown as Agent,
    queueId: contact.queue.id,
    day: dayOf(world, world.nowMs),
    draw: 0,
    need,
  };
  for (const pool of need.pools) {
    for (const agents of pool.ready[need.class]) {
      const fit = need.fits.get(agents);
      if (!fit || !fitHolds(need, agents, fit)) continue;
      if (best && fit.tier > best.tier) continue;
      if (rule.reads === 'draw' && candidate.draw === 0) candidate.draw = drawOnce(world);
      const found = bestOfClass(agents.ready[need.class], contact, rule, fit.tier, candidate);
      if (found && (!best || better(found, best))) best = found;
    }
  }
  return best?.agent;
}

function drawOnce(world: World): number {
  world.random = nextRandom(world.random);
  return world.random || 1;
}

/** In a class with few ready agents looking at each is cheaper than keeping them in order. */
const FEW = 8;

function bestOfClass(
  ready: ReadySet,
  contact: Contact,
  rule: StrategyRule,
  tier: number,
  candidate: Mutable<Candidate>,
): Choice | undefined {
  if (rule.reads === 'draw' || ready.agents.size <= FEW) {
    let best: Choice | undefined;
    for (const agent of ready.agents) {
      candidate.agent = agent;
      const choice = { agent, tier, key: rule.numberOf(candidate) };
      if (!best || better(choice, best)) best = choice;
    }
    return best;
  }
  const { queueId, day, need } = candidate;
  if (rule.reads === 'agent') {
    const name = orderingName(contact.queue.settings.strategy, queueId);
    const found = ready.best(name, day, (agent) => rule.numberOf({ agent, queueId, day, draw: 0, need }));
    return found && { agent: found.agent, tier, key: found.key };
  }
  const found = ready.best('idle', 0, () => 0);
  return found && { agent: found.agent, tier, key: rule.numberOf({ agent: found.agent, queueId, day, draw: 0, need }) };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Readings that do not look at the queue share one ordering. */
function orderingName(strategy: Contact['queue']['settings']['strategy'], queueId: string): string {
  switch (strategy.kind) {
    case 'longest-idle':
      return strategy.since === 'queue' ? `idle:${queueId}` : `idle-${strategy.since}`;
    case 'fewest-handled':
    case 'least-talk':
      return strategy.scope === 'queue' ? `${strategy.kind}:${queueId}` : strategy.kind;
    case 'round-robin':
      return strategy.scope === 'all' ? strategy.kind : `${strategy.kind}:${queueId}`;
    case 'top-down':
      return `${strategy.kind}:${queueId}`;
    case 'ring-all':
    case 'ring-progressive':
      return 'idle-any';
    default:
      return strategy.kind;
  }
}

/** Ready and eligible agents for parallel ringing, longest idle first within a tier, without those whom it rings already. */
export function chooseSeveral(contact: Contact, most: number): Agent[] {
  const need = contact.need!;
  const found: Choice[] = [];
  const seen = new Set<Agent>(contact.offers.map((offer) => offer.agent));
  for (const pool of need.pools) {
    for (const agents of pool.ready[need.class]) {
      const fit = need.fits.get(agents);
      if (!fit || !fitHolds(need, agents, fit)) continue;
      for (const agent of agents.ready[need.class].agents) {
        if (seen.has(agent)) continue;
        seen.add(agent);
        found.push({ agent, tier: fit.tier, key: 0 });
      }
    }
  }
  found.sort((a, b) => (better(a, b) ? -1 : 1));
  return found.slice(0, most).map((choice) => choice.agent);
}
