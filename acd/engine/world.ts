import {
  type AgentConfiguration,
  type Calendar,
  type Configuration,
  DEFAULT_REFUSAL_DELAYS,
  type RefusalDelays,
} from './configuration.ts';
import { DeadlineHeap } from './deadlines/deadline-heap.ts';
import type { Effect, EffectBody, Rejection } from './effects.ts';
import type { Agent, AgentClass, Contact, Due, Need, Offer, Pool, Queue, Timer } from './model.ts';
import { LineHeads } from './order/line-heads.ts';

/** Everything the engine knows. One object, so that a snapshot is one walk over it. */
export interface World {
  configuration: Configuration;
  calendars: Map<string, Calendar>;
  breakReasons: ReadonlySet<string>;
  refusalDelays: RefusalDelays;
  agentConfigurations: ReadonlyMap<string, AgentConfiguration>;
  nowMs: number;
  /** Number of the event being applied; part of every effect's id. */
  event: number;
  random: number;
  contactOrder: number;
  offerOrder: number;
  readonly queues: Map<string, Queue>;
  readonly agents: Map<string, Agent>;
  readonly contacts: Map<string, Contact>;
  readonly offers: Map<string, Offer>;
  readonly deadlines: DeadlineHeap<Due>;
  /** Pending callbacks by queue and number. */
  readonly callbackNumbers: Map<string, Contact>;
  /** Contacts held for a preferred agent, by agent id. */
  readonly held: Map<string, Set<Contact>>;
  readonly needs: Map<string, Need>;
  readonly idleNeeds: Set<Need>;
  /** The first of every need's line. */
  heads: LineHeads;
  readonly classes: Map<string, AgentClass>;
  readonly pools: Map<string, Pool>;
  /** What this event has touched and matching must look at. */
  readonly freed: Set<Agent>;
  readonly placed: Set<Contact>;
  readonly stranded: Set<Need>;
  /** Placed where nobody signed in could take them. */
  readonly hopeless: Set<Contact>;
  /** Agents whose state must be told once this event is done. */
  readonly changed: Set<Agent>;
  effects: Effect[];
}

export function createWorld(configuration: Configuration, seed: number): World {
  return {
    configuration,
    calendars: new Map(),
    breakReasons: new Set(),
    refusalDelays: DEFAULT_REFUSAL_DELAYS,
    agentConfigurations: new Map(),
    nowMs: 0,
    event: 0,
    random: seed >>> 0,
    contactOrder: 0,
    offerOrder: 0,
    queues: new Map(),
    agents: new Map(),
    contacts: new Map(),
    offers: new Map(),
    deadlines: new DeadlineHeap(),
    callbackNumbers: new Map(),
    held: new Map(),
    needs: new Map(),
    idleNeeds: new Set(),
    heads: new LineHeads(),
    classes: new Map(),
    pools: new Map(),
    freed: new Set(),
    placed: new Set(),
    stranded: new Set(),
    hopeless: new Set(),
    changed: new Set(),
    effects: [],
  };
}

export function emit(world: World, body: EffectBody): void {
  const effect = body as EffectBody & { id: string; atMs: number };
  effect.id = `${world.event}.${world.effects.length}`;
  effect.atMs = world.nowMs;
  world.effects.push(effect);
}

/** Says that the event changed nothing, and why. Called before anything is changed. */
export function reject(world: World, event: string, reason: Rejection, details?: readonly string[]): void {
  emit(world, { type: 'rejected', event, reason, ...(details ? { details } : {}) });
}

export function startTimer(world: World, atMs: number, what: Due): Timer {
  return world.deadlines.add(Math.max(atMs, world.nowMs), what);
}

export function stopTimer(world: World, timer: Timer | undefined): undefined {
  if (timer) world.deadlines.remove(timer);
  return undefined;
}
