import type { Clock } from '../../config/clock.ts';
import type {
  CallerView,
  Desk,
  DeskContact,
  Floor,
  LiveAgent,
  LiveContact,
  LiveQueue,
  LocalName,
  QueueSummary,
} from '../api/contract/index.ts';
import type { AgentView, Configuration, QueueView } from '../engine/index.ts';
import type { Agent } from '../store/index.ts';
import { cardInSight, type Sight, stepInSight } from './sight.ts';
import type { Today } from './today.ts';

/** What routing answers from memory. */
export interface FloorRouting {
  agent(agentId: string): AgentView | undefined;
  queue(queueId: string): QueueView | undefined;
  configuration(): Configuration;
  readonly isAvailable: boolean;
}

/** The calls as they are. */
export interface FloorCalls {
  deskContacts(agentId: string): readonly DeskContact[];
  callerView(contactId: string): CallerView | undefined;
  contactOfPhone(user: string): string | undefined;
  liveContacts(): readonly LiveContact[];
}

export interface FloorSources {
  readonly clock: Clock;
  readonly routing: FloorRouting;
  readonly calls: FloorCalls;
  readonly today: Today;
  readonly agents: () => readonly Agent[];
  readonly agent: (agentId: string) => Agent | undefined;
  readonly isRegistered: (agentId: string) => boolean;
  readonly switchUp: () => boolean;
}

/** Assembles what pages show, from memory, whole each time. Revisions rise with the server's clock, over restarts too. */
export class FloorViews {
  readonly #from: FloorSources;
  #revision = 0;

  constructor(sources: FloorSources) {
    this.#from = sources;
  }

  queueName(queueId: string): LocalName | undefined {
    const queue = this.#from.routing.configuration().queues.find((one) => one.id === queueId);
    return queue && (queue.name ?? { 'zh-CN': queueId, en: queueId });
  }

  /** Every queue with its length. */
  queueSummaries(): QueueSummary[] {
    const { routing } = this.#from;
    return routing.configuration().queues.flatMap(({ id, name }) => {
      const view = routing.queue(id);
      if (!view) return [];
      return [
        {
          queueId: id,
          name: name ?? { 'zh-CN': id, en: id },
          waiting: view.waiting + view.offered,
          longestWaitMs: view.longestWaitMs,
        },
      ];
    });
  }

  /** Every queue with its length, by id: made once for many desks. */
  summariesById(): ReadonlyMap<string, QueueSummary> {
    return new Map(this.queueSummaries().map((summary) => [summary.queueId, summary]));
  }

  desk(agentId: string, sight: Sight, summaries = this.summariesById()): Desk | undefined {
    const { clock, routing, calls, today } = this.#from;
    if (!this.#from.agent(agentId)) return undefined;
    const agent = routing.agent(agentId);
    const day = today.agent(agentId);
    return {
      revision: this.#nextRevision(),
      serverNowMs: clock.now(),
      agentId,
      onShift: agent !== undefined && agent.status !== 'offline',
      status: agent?.status ?? 'offline',
      ...(agent?.reason === undefined ? {} : { breakReasonId: agent.reason }),
      statusSinceMs: agent?.statusSinceMs ?? clock.now(),
      state: agent?.state ?? 'idle',
      phoneRegistered: this.#from.isRegistered(agentId),
      contacts: calls.deskContacts(agentId).map((contact) => ({
        ...contact,
        callerNumber: sight(contact.callerNumber),
        customer: cardInSight(contact.customer, sight),
        path: contact.path.map((step) => stepInSight(step, sight)),
      })),
      queues: (agent?.queues ?? []).flatMap((queueId) => summaries.get(queueId) ?? []),
      today: {
        handled: day.handled,
        averageHandleMs: day.handled === 0 ? 0 : Math.round(day.handledMs / day.handled),
        missed: day.missed,
      },
      limits: this.#limits(),
    };
  }

  floor(sight: Sight): Floor {
    const { clock, routing, calls } = this.#from;
    const configuration = routing.configuration();
    return {
      revision: this.#nextRevision(),
      serverNowMs: clock.now(),
      queues: configuration.queues.flatMap((queue) => {
        const view = routing.queue(queue.id);
        return view ? [this.#liveQueue(view, queue.name)] : [];
      }),
      agents: this.#from.agents().flatMap((agent) => {
        const view = routing.agent(agent.id);
        return view && view.status !== 'offline' ? [this.#liveAgent(agent, view)] : [];
      }),
      contacts: calls.liveContacts().map((contact) => ({
        ...contact,
        customerName: sight(contact.customerName),
        callerNumber: sight(contact.callerNumber),
      })),
      limits: this.#limits(),
    };
  }

  /** What a caller page shows; `calling` while its call has not arrived. */
  caller(phoneUser: string): CallerView {
    const contactId = this.#from.calls.contactOfPhone(phoneUser);
    const view = contactId === undefined ? undefined : this.#from.calls.callerView(contactId);
    return view ?? { phase: 'calling', choices: [] };
  }

  #nextRevision(): number {
    this.#revision = Math.max(this.#revision + 1, this.#from.clock.now());
    return this.#revision;
  }

  #liveQueue(view: QueueView, name: LocalName | undefined): LiveQueue {
    const day = this.#from.today.queue(view.queueId);
    const level = this.#from.today.serviceLevel(view.queueId);
    const used = view.estimate.known ? view.accuracy[view.estimate.estimator] : undefined;
    return {
      queueId: view.queueId,
      name: name ?? { 'zh-CN': view.queueId, en: view.queueId },
      waiting: view.waiting + view.offered,
      longestWaitMs: view.longestWaitMs,
      handling: view.handling,
      agentsSignedIn: view.signedIn,
      agentsIdle: view.ready,
      answeredToday: day.answered,
      abandonedToday: day.abandoned,
      ...(level === undefined ? {} : { serviceLevel: level }),
      ...(view.estimate.known ? { estimatedWaitMs: Math.max(0, Math.round(view.estimate.waitMs)) } : {}),
      ...(used?.meanAbsoluteErrorMs === undefined || used.biasMs === undefined
        ? {}
        : { estimateError: { samples: used.samples, meanAbsoluteMs: used.meanAbsoluteErrorMs, biasMs: used.biasMs } }),
    };
  }

  #liveAgent(agent: Agent, view: AgentView): LiveAgent {
    const day = this.#from.today.agent(agent.id);
    return {
      agentId: agent.id,
      displayName: agent.displayName,
      status: view.status,
      ...(view.reason === undefined ? {} : { breakReasonId: view.reason }),
      state: view.state,
      sinceMs: view.state === 'idle' ? Math.max(view.statusSinceMs, view.stateSinceMs) : view.stateSinceMs,
      phoneRegistered: this.#from.isRegistered(agent.id),
      draining: view.draining,
      contactIds: view.work.map((work) => work.contactId),
      handledToday: day.handled,
      missedToday: day.missed,
    };
  }

  #limits(): Desk['limits'] {
    const limits: Desk['limits'] = [];
    if (!this.#from.switchUp()) limits.push('switch-away');
    if (!this.#from.routing.isAvailable) limits.push('store-away');
    return limits;
  }
}
