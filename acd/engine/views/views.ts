import { slotCounts } from '../agents/publish.ts';
import { CHANNEL_CLASSES, type ChannelClass, ESTIMATORS, type Estimator } from '../configuration.ts';
import { isQueueOpen } from '../contacts/limits.ts';
import { estimateToJoin } from '../estimates/estimate.ts';
import { SAMPLES_LEAST } from '../estimates/estimator.ts';
import { dayOf } from '../hours/local-time.ts';
import type { Agent, Contact, Queue } from '../model.ts';
import { scoreAt, UNITS_PER_POINT } from '../order/score.ts';
import type { AgentView, ContactView, EstimateAccuracy, QueueView } from '../state.ts';
import type { World } from '../world.ts';

export function contactView(contact: Contact, nowMs: number): ContactView {
  const plan = contact.callback;
  return {
    contactId: contact.id,
    state: contact.state,
    queueId: contact.queue.id,
    channel: contact.channel,
    ...(contact.customer === undefined ? {} : { customer: contact.customer }),
    ...(contact.segment === undefined ? {} : { segment: contact.segment }),
    priority: contact.priority,
    score: scoreAt(contact, nowMs) / UNITS_PER_POINT,
    firstEnqueuedMs: contact.firstEnqueuedMs,
    enqueuedMs: contact.enqueuedMs,
    step: contact.step,
    ...(contact.agent ? { agentId: contact.agent.id } : {}),
    offers: contact.offers.map((offer) => ({ offerId: offer.id, agentId: offer.agent.id, expiresMs: offer.expiresMs })),
    ...(plan
      ? {
          callback: {
            number: plan.number,
            mode: plan.mode,
            attempt: plan.attempt,
            ...(plan.dueMs > 0 ? { dueMs: plan.dueMs } : {}),
          },
        }
      : {}),
  };
}

export function agentView(world: World, agent: Agent, nowMs: number): AgentView {
  const counts = slotCounts(agent);
  const today = agent.day === dayOf(world, nowMs);
  return {
    agentId: agent.id,
    status: agent.status,
    ...(agent.reason === undefined ? {} : { reason: agent.reason }),
    statusSinceMs: agent.statusSinceMs,
    state: agent.state,
    stateSinceMs: agent.stateSinceMs,
    draining: agent.draining,
    slots: Object.fromEntries(
      CHANNEL_CLASSES.map((name) => [
        name,
        { ...counts[name], most: agent.capacity.slots[name], ready: agent.ready[name] },
      ]),
    ) as Record<ChannelClass, AgentView['slots'][ChannelClass]>,
    ...(agent.pauseTimer ? { pausedUntilMs: agent.pausedUntilMs } : {}),
    work: agent.work.map((work) => ({
      contactId: work.contactId,
      queueId: work.queue.id,
      channel: work.channel,
      state: work.state,
      sinceMs: work.sinceMs,
      ...(work.endsMs > 0 ? { endsMs: work.endsMs } : {}),
      ...(work.state === 'offered' ? { offerId: work.offerId } : {}),
    })),
    queues: agent.memberships.map(({ queueId }) => queueId),
    handledToday: today ? agent.handledToday : 0,
    talkTodayMs: today ? agent.talkTodayMs : 0,
  };
}

export function queueView(world: World, queue: Queue, nowMs: number): QueueView {
  const counted = new Set<Agent>();
  for (const name of CHANNEL_CLASSES) {
    for (const agents of queue.pool.ready[name]) for (const agent of agents.ready[name].agents) counted.add(agent);
  }
  const accuracy = {} as Record<Estimator, EstimateAccuracy>;
  for (const name of ESTIMATORS) {
    const { samples, absoluteMs, signedMs } = queue.statistics.accuracy[name];
    accuracy[name] =
      samples < SAMPLES_LEAST
        ? { samples }
        : { samples, meanAbsoluteErrorMs: absoluteMs / samples, biasMs: signedMs / samples };
  }
  const first = queue.line.best(nowMs);
  return {
    queueId: queue.id,
    waiting: queue.line.size - queue.offered,
    offered: queue.offered,
    handling: queue.handling,
    callbacks: queue.callbacks,
    longestWaitMs: first ? nowMs - first.enqueuedMs : 0,
    signedIn: queue.live,
    ready: counted.size,
    reserveOn: queue.reserveOn,
    open: isQueueOpen(world, queue, nowMs),
    estimate: estimateToJoin(queue, nowMs),
    accuracy,
  };
}
