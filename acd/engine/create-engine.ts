import { publishAgents } from './agents/publish.ts';
import { configurationProblems } from './check/configuration-check.ts';
import { eventProblems } from './check/event-check.ts';
import type { Configuration } from './configuration.ts';
import { takeConfiguration } from './configure/configure.ts';
import type { Effect } from './effects.ts';
import type { Engine, EngineOptions, EngineResult } from './engine.ts';
import { estimateOf, estimateToJoin } from './estimates/estimate.ts';
import type { EngineEvent, EventType } from './events.ts';
import { explainAgent, explainContact } from './explain/explain.ts';
import { settle } from './matching/settle.ts';
import { restoreWorld } from './snapshot/restore.ts';
import { snapshotOf } from './snapshot/snapshot.ts';
import type { Verb } from './verbs/verb.ts';
import { VERBS } from './verbs/verbs.ts';
import { agentView, contactView, queueView } from './views/views.ts';
import { createWorld, reject, type World } from './world.ts';

/** A new engine with nobody in it; or everything that is wrong with the configuration. */
export function createEngine(configuration: Configuration, options: EngineOptions): EngineResult {
  const problems = configurationProblems(configuration);
  if (problems.length > 0) return { ok: false, problems };
  const world = createWorld(configuration, options.seed);
  takeConfiguration(world, configuration);
  return { ok: true, engine: engineOf(world) };
}

/** The engine of which `snapshot()` was taken: the same state, and the same effects for the same events from there on. */
export function restoreEngine(snapshot: unknown): EngineResult {
  const restored = restoreWorld(snapshot);
  return restored.ok ? { ok: true, engine: engineOf(restored.world) } : restored;
}

function applyEvent(world: World, event: EngineEvent, nowMs: number): Effect[] {
  if (Number.isFinite(nowMs)) world.nowMs = Math.max(world.nowMs, Math.floor(nowMs));
  world.event++;
  world.effects = [];
  const problems = eventProblems(event);
  if (problems.length > 0) {
    reject(world, String((event as { type?: unknown } | null)?.type).slice(0, 64), 'invalid', problems);
  } else {
    (VERBS[event.type] as Verb<EventType>)(world, event);
    settle(world);
    publishAgents(world);
  }
  const effects = world.effects;
  world.effects = [];
  return effects;
}

function engineOf(world: World): Engine {
  return {
    apply: (event, nowMs) => applyEvent(world, event, nowMs),
    nextDeadline: () => world.deadlines.next()?.atMs,
    snapshot: () => snapshotOf(world),
    contact(contactId, nowMs) {
      const contact = world.contacts.get(contactId);
      return contact && contactView(contact, nowMs);
    },
    agent(agentId, nowMs) {
      const agent = world.agents.get(agentId);
      return agent && agentView(world, agent, nowMs);
    },
    queue(queueId, nowMs) {
      const queue = world.queues.get(queueId);
      return queue && queueView(world, queue, nowMs);
    },
    wallboard: (nowMs) => ({
      atMs: nowMs,
      queues: [...world.queues.values()]
        .filter((queue) => !queue.retired)
        .map((queue) => queueView(world, queue, nowMs)),
      contacts: world.contacts.size,
      agents: [...world.agents.values()].filter((agent) => agent.signedIn).length,
    }),
    contactIds: () => [...world.contacts.keys()],
    agentIds: () => [...world.agents.keys()],
    position(contactId, nowMs) {
      const contact = world.contacts.get(contactId);
      return contact?.inLine ? contact.queue.line.countBefore(contact, nowMs) + 1 : undefined;
    },
    estimateWait(id, nowMs) {
      if ('queueId' in id) {
        const queue = world.queues.get(id.queueId);
        return queue ? estimateToJoin(queue, nowMs) : { known: false, why: 'unknown' };
      }
      const contact = world.contacts.get(id.contactId);
      return contact ? estimateOf(contact, nowMs) : { known: false, why: 'unknown' };
    },
    explainContact(contactId, nowMs) {
      const contact = world.contacts.get(contactId);
      return contact && explainContact(world, contact, nowMs);
    },
    explainAgent(agentId, nowMs) {
      const agent = world.agents.get(agentId);
      return agent && explainAgent(world, agent, nowMs);
    },
    configuration: () => world.configuration,
  };
}
