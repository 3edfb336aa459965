import type {
  Capacity,
  Channel,
  ChannelClass,
  Configuration,
  Effect,
  EngineEvent,
  Membership,
  QueueConfiguration,
  RelaxationStep,
  Requirement,
} from '../index.ts';
import { CLASS_OF_CHANNEL, DEFAULT_CAPACITY } from '../index.ts';

/** What a contact is, told only by events and effects. */
export interface ShadowContact {
  readonly id: string;
  order: number;
  channel: Channel;
  queueId: string;
  also: string[];
  groups: string[];
  asked: Requirement | undefined;
  requirement: Requirement | undefined;
  awayUntilMs: number;
  agentFirst: boolean;
  planned: boolean;
  dialAgentId: string | undefined;
  priority: number;
  raised: number;
  segment: string | undefined;
  firstMs: number;
  preferred: { agentIds: readonly string[]; untilMs: number; ignoreSkills: boolean } | undefined;
  state: 'waiting' | 'away' | 'handling';
  agentId: string | undefined;
  offers: Set<string>;
  ended: number;
  joins: number;
  leaves: number;
  startedMs: number;
  segmentsMs: number;
  lastEdgeMs: number;
  openSegment: boolean;
  lastOutcome: string;
}

export interface ShadowAgent {
  readonly id: string;
  signedIn: boolean;
  status: string;
  draining: boolean;
  pausedUntilMs: number;
  skills: Readonly<Record<string, number>>;
  queues: readonly Membership[];
  groups: readonly string[];
  capacity: Capacity;
  own: Set<string>;
  used: Record<ChannelClass, number>;
}

/** A plain second opinion: loops over everything, knows no indexes, shares no code with the engine. */
export class Shadow {
  configuration: Configuration;
  readonly contacts = new Map<string, ShadowContact>();
  readonly agents = new Map<string, ShadowAgent>();
  readonly offers = new Map<
    string,
    { contactId: string; agentId: string; class: ChannelClass; attended: boolean; expiresMs: number }
  >();
  readonly reserve = new Set<string>();
  readonly pastOffers: string[] = [];
  violation: string | undefined;
  readonly wrapUps: [contactId: string, agentId: string, channelClass: ChannelClass][] = [];
  #order = 0;

  constructor(configuration: Configuration) {
    this.configuration = configuration;
  }

  queue(id: string): QueueConfiguration | undefined {
    return this.configuration.queues.find((queue) => queue.id === id);
  }

  /** What an accepted event says by itself; its effects say the rest. */
  take(event: EngineEvent, nowMs: number): void {
    switch (event.type) {
      case 'contact-enqueued':
        this.contacts.set(event.contactId, {
          id: event.contactId,
          order: ++this.#order,
          channel: event.channel,
          queueId: event.queueId,
          also: [...(event.alsoQueues ?? [])],
          groups: [],
          asked: event.requirement,
          requirement: event.requirement,
          awayUntilMs: 0,
          agentFirst: false,
          planned: false,
          dialAgentId: undefined,
          priority: event.priority ?? 0,
          raised: 0,
          segment: event.segment,
          firstMs: Math.min(event.firstEnqueuedMs ?? nowMs, nowMs),
          preferred: event.preferred && {
            agentIds: event.preferred.agentIds,
            untilMs: nowMs + event.preferred.waitMs,
            ignoreSkills: event.preferred.ignoreSkills ?? false,
          },
          state: 'waiting',
          agentId: undefined,
          offers: new Set(),
          ended: 0,
          joins: 0,
          leaves: 0,
          startedMs: nowMs,
          segmentsMs: 0,
          lastEdgeMs: nowMs,
          openSegment: false,
          lastOutcome: '',
        });
        break;
      case 'contact-reprioritised':
        this.contacts.get(event.contactId)!.priority = event.priority;
        break;
      case 'transferred-to-queue': {
        const contact = this.contacts.get(event.contactId)!;
        contact.asked = event.requirement;
        if (event.priority !== undefined) contact.priority = event.priority;
        break;
      }
      case 'transferred-to-agent':
        if (!event.attended) {
          this.contacts.get(event.contactId)!.preferred = {
            agentIds: [event.toAgentId],
            untilMs: nowMs + (event.waitMs ?? 20_000),
            ignoreSkills: true,
          };
        }
        break;
      case 'agent-signed-in':
      case 'agent-changed': {
        const signsIn = event.type === 'agent-signed-in';
        const agent = this.agents.get(event.agentId) ?? this.#newAgent(event.agentId);
        if (signsIn) {
          agent.own.clear();
          agent.pausedUntilMs = 0;
          agent.signedIn = true;
          agent.draining = false;
          agent.status = event.status ?? 'break';
        }
        if (event.skills) agent.skills = event.skills;
        if (event.queues) agent.queues = event.queues;
        if (event.groups) agent.groups = event.groups;
        if (event.capacity) agent.capacity = event.capacity;
        for (const name of ['skills', 'queues', 'groups', 'capacity'] as const) if (event[name]) agent.own.add(name);
        if (signsIn) this.#equip(agent);
        break;
      }
      case 'agent-drained':
        this.agents.get(event.agentId)!.draining = event.on;
        break;
      case 'agent-signed-out':
        this.agents.get(event.agentId)!.draining = true;
        break;
      case 'agent-status-changed':
        this.agents.get(event.agentId)!.status = event.status;
        if (event.status === 'available') this.agents.get(event.agentId)!.pausedUntilMs = 0;
        break;
      case 'agent-lost':
        this.agents.get(event.agentId)!.signedIn = false;
        this.#stopDials(event.agentId);
        break;
      case 'callback-accepted':
        this.contacts.get(event.contactId)!.agentFirst = event.mode === 'agent-first';
        break;
      case 'callback-attempted': {
        const contact = this.contacts.get(event.contactId)!;
        if (event.result === 'answered') contact.planned = false;
        if (event.result === 'answered' && contact.dialAgentId === undefined) contact.state = 'waiting';
        break;
      }
      case 'agent-forced':
        this.agents.get(event.agentId)!.status = event.to;
        if (event.assignments !== 'keep') this.#stopDials(event.agentId);
        if (event.to === 'available') this.agents.get(event.agentId)!.pausedUntilMs = 0;
        break;
      case 'configuration-changed':
        this.configuration = event.configuration;
        for (const agent of this.agents.values()) if (agent.signedIn) this.#equip(agent);
        for (const id of this.reserve) if (!this.queue(id)?.reserve) this.reserve.delete(id);
        break;
      default:
    }
  }

  /** One effect, in order. */
  carryOut(effect: Effect): void {
    switch (effect.type) {
      case 'offer': {
        const slots = CLASS_OF_CHANNEL[effect.channel];
        this.agents.get(effect.agentId)!.used[slots]++;
        this.offers.set(effect.offerId, {
          contactId: effect.contactId,
          agentId: effect.agentId,
          class: slots,
          attended: effect.attended === true,
          expiresMs: effect.expiresMs,
        });
        this.contacts.get(effect.contactId)!.offers.add(effect.offerId);
        if (effect.origin === 'routed') this.contacts.get(effect.contactId)!.preferred = undefined;
        break;
      }
      case 'offer-ended':
        this.#dropOffer(effect.offerId);
        this.agents.get(effect.agentId)!.used[this.#class(effect.contactId)]--;
        if (effect.nextMs !== undefined) {
          const agent = this.agents.get(effect.agentId)!;
          agent.pausedUntilMs = Math.max(agent.pausedUntilMs, effect.nextMs);
        }
        break;
      case 'assign': {
        const contact = this.contacts.get(effect.contactId)!;
        this.#dropOffer(effect.offerId);
        contact.state = 'handling';
        contact.agentId = effect.agentId;
        contact.dialAgentId = undefined;
        break;
      }
      case 'assignment-ended':
        this.contacts.get(effect.contactId)!.agentId = undefined;
        this.agents.get(effect.agentId)!.used[this.#class(effect.contactId)]--;
        break;
      case 'wrap-up-started':
        this.agents.get(effect.agentId)!.used[this.#class(effect.contactId)]++;
        this.wrapUps.push([effect.contactId, effect.agentId, this.#class(effect.contactId)]);
        break;
      case 'wrap-up-ended': {
        const at = this.wrapUps.findIndex(
          ([contactId, agentId]) => contactId === effect.contactId && agentId === effect.agentId,
        );
        const [entry] = this.wrapUps.splice(at, 1);
        this.agents.get(effect.agentId)!.used[entry![2]]--;
        break;
      }
      case 'contact-joined': {
        const contact = this.contacts.get(effect.contactId)!;
        contact.queueId = effect.queueId;
        contact.state =
          contact.planned && (!contact.agentFirst || contact.awayUntilMs > effect.atMs) ? 'away' : 'waiting';
        contact.joins++;
        if (effect.why !== 'callback') contact.raised = 0;
        if (effect.why === 'callback') contact.channel = 'callback';
        else if (effect.why !== 'new') {
          contact.also = [];
          contact.groups = [];
        }
        if (effect.why !== 'callback') contact.requirement = contact.asked;
        break;
      }
      case 'contact-left': {
        const contact = this.contacts.get(effect.contactId)!;
        contact.leaves++;
        contact.lastOutcome = effect.outcome;
        contact.awayUntilMs = 0;
        contact.preferred = undefined;
        if (effect.outcome === 'answered') contact.dialAgentId = undefined;
        else this.#stopDial(contact);
        break;
      }
      case 'callback-reserved':
        {
          const contact = this.contacts.get(effect.contactId)!;
          contact.agentFirst = effect.mode === 'agent-first';
          contact.planned = true;
          contact.awayUntilMs = 0;
          if (!contact.agentFirst) contact.state = 'away';
        }
        break;
      case 'callback-waiting': {
        const contact = this.contacts.get(effect.contactId)!;
        this.#stopDial(contact);
        contact.state = 'away';
        contact.awayUntilMs = effect.nextMs;
        break;
      }
      case 'callback-dial': {
        const contact = this.contacts.get(effect.contactId)!;
        contact.state = 'away';
        contact.awayUntilMs = Number.POSITIVE_INFINITY;
        contact.dialAgentId = effect.agentId;
        if (effect.agentId !== undefined) for (const id of [...contact.offers]) this.#dropOffer(id);
        break;
      }
      case 'relaxed':
        this.contacts.get(effect.contactId)!.preferred = undefined;
        this.#relax(this.contacts.get(effect.contactId)!, effect.action);
        break;
      case 'reserve':
        if (effect.on) this.reserve.add(effect.queueId);
        else this.reserve.delete(effect.queueId);
        break;
      case 'contact-ended':
        this.contacts.get(effect.contactId)!.ended++;
        break;
      case 'agent-state': {
        const agent = this.agents.get(effect.agentId)!;
        agent.signedIn = effect.signedIn;
        agent.status = effect.status;
        agent.draining = effect.draining;
        for (const [name, { offered, handling, wrapUp }] of Object.entries(effect.slots)) {
          if (agent.used[name as ChannelClass] === offered + handling + wrapUp) continue;
          this.violation ??= `law 1: ${agent.id} says ${offered}+${handling}+${wrapUp} ${name}, effects say ${agent.used[name as ChannelClass]}`;
        }
        break;
      }
      case 'segment-opened':
      case 'segment-closed':
        this.#segment(effect);
        break;
      default:
    }
  }

  #segment(effect: Extract<Effect, { type: 'segment-opened' | 'segment-closed' }>): void {
    if (effect.kind === 'wrap-up') return;
    const contact = this.contacts.get(effect.contactId)!;
    const opens = effect.type === 'segment-opened';
    if (contact.openSegment === opens) this.violation ??= `law 4: segments of ${contact.id} overlap`;
    if (opens && contact.lastEdgeMs !== effect.atMs) this.violation ??= `law 4: gap before a segment of ${contact.id}`;
    if (!opens) contact.segmentsMs += effect.endedMs - effect.startedMs;
    contact.openSegment = opens;
    contact.lastEdgeMs = effect.atMs;
  }

  #stopDial(contact: ShadowContact): void {
    if (contact.dialAgentId === undefined) return;
    this.agents.get(contact.dialAgentId)!.used[this.#class(contact.id)]--;
    contact.dialAgentId = undefined;
  }

  /** The agent reserved for a callback is gone; the callback waits at its place again. */
  #stopDials(agentId: string): void {
    for (const contact of this.contacts.values()) {
      if (contact.dialAgentId !== agentId) continue;
      this.#stopDial(contact);
      contact.state = 'waiting';
    }
  }

  /** When an event is done and its time has come: contacts that stand in line again without an effect saying so. */
  passTime(nowMs: number): void {
    for (const contact of this.contacts.values()) {
      if (contact.state === 'away' && contact.agentFirst && contact.awayUntilMs <= nowMs) contact.state = 'waiting';
    }
  }

  #class(contactId: string): ChannelClass {
    return CLASS_OF_CHANNEL[this.contacts.get(contactId)!.channel];
  }

  #dropOffer(offerId: string): void {
    const offer = this.offers.get(offerId);
    if (!offer) return;
    this.offers.delete(offerId);
    this.pastOffers.push(offerId);
    this.contacts.get(offer.contactId)!.offers.delete(offerId);
  }

  #newAgent(id: string): ShadowAgent {
    const agent: ShadowAgent = {
      id,
      signedIn: false,
      status: 'offline',
      draining: false,
      pausedUntilMs: 0,
      skills: {},
      queues: [],
      groups: [],
      capacity: DEFAULT_CAPACITY,
      own: new Set(),
      used: { voice: 0, chat: 0, email: 0 },
    };
    this.agents.set(id, agent);
    return agent;
  }

  #equip(agent: ShadowAgent): void {
    const configured = this.configuration.agents?.find((entry) => entry.id === agent.id);
    if (!agent.own.has('skills')) agent.skills = configured?.skills ?? {};
    if (!agent.own.has('queues')) agent.queues = configured?.queues ?? [];
    if (!agent.own.has('groups')) agent.groups = configured?.groups ?? [];
    if (!agent.own.has('capacity'))
      agent.capacity = configured?.capacity ?? this.configuration.capacity ?? DEFAULT_CAPACITY;
  }

  #relax(contact: ShadowContact, action: RelaxationStep['action']): void {
    if (action.do === 'add-queue') contact.also.push(action.queueId);
    else if (action.do === 'add-group') contact.groups.push(action.group);
    else if (action.do === 'raise-priority') contact.raised += action.by;
    else contact.requirement = relaxed(contact.requirement, action);
  }
}

function relaxed(requirement: Requirement | undefined, action: RelaxationStep['action']): Requirement | undefined {
  if (!requirement || 'not' in requirement) return requirement;
  if ('skill' in requirement) {
    if (action.do === 'drop-skill' && requirement.skill === action.skill) return undefined;
    if (action.do === 'lower-level' && requirement.skill === action.skill) {
      return { skill: action.skill, min: Math.min(action.to, requirement.min ?? 1) };
    }
    return requirement;
  }
  const isAnd = 'and' in requirement;
  const parts = (isAnd ? requirement.and : requirement.or).map((part) => relaxed(part, action));
  const left = parts.filter((part) => part !== undefined);
  if (isAnd) return left.length === 0 ? undefined : { and: left };
  return left.length < parts.length ? undefined : { or: left };
}
