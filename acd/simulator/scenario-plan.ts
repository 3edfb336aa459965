import { CLASS_OF_CHANNEL } from '../engine/index.ts';
import { arrivalTimes } from './arrivals.ts';
import { drawMs } from './distribution.ts';
import type { Answer, Customer, Plan } from './plan.ts';
import { type RandomStream, randomStream } from './random-stream.ts';
import { agentIdOf, rosterOf } from './roster.ts';
import type { AgentGroup, ContactType, Scenario } from './scenario.ts';

/** One replication of a scenario: the same number gives the same people, whatever the configuration says. */
export function planOf(scenario: Scenario, replication: number): Plan {
  const startMs = Date.parse(scenario.startsAt);
  const endMs = startMs + scenario.durationMs;
  const stream = (name: string) => randomStream(scenario.seed, `${replication} ${name}`);
  const groupOf = new Map<string, AgentGroup>();
  for (const group of scenario.agentGroups) {
    for (let index = 0; index < group.count; index++) groupOf.set(agentIdOf(group, index), group);
  }
  const answering = stream('answering');
  const dialling = stream('dialling');
  return {
    configuration: scenario.configuration,
    startMs,
    endMs,
    lastMs: endMs + scenario.drainMs,
    seed: Math.floor(stream('engine')() * 4_294_967_296),
    customers: inOrder(scenario.contactTypes.map((type) => customersOf(type, scenario, startMs, stream))),
    outsideEvents: rosterOf(scenario, startMs),
    returnAfterMs: scenario.returnAfterMs,
    answer(offer): Answer {
      const rule = groupOf.get(offer.agentId)?.answering[CLASS_OF_CHANNEL[offer.channel]];
      if (!rule) return { does: 'accept', afterMs: 0 };
      const lot = answering();
      const afterMs = drawMs(rule.delay, answering);
      if (lot < rule.noAnswerShare) return { does: 'ignore' };
      return { does: lot < rule.noAnswerShare + rule.declineShare ? 'decline' : 'accept', afterMs };
    },
    dial(effect) {
      const result = dialling() < scenario.callbacks.answeredShare ? 'answered' : 'no-answer';
      const afterMs = drawMs(scenario.callbacks.dialling, dialling);
      return { result, afterMs: Math.min(afterMs, effect.expiresMs - effect.atMs - 1) };
    },
  };
}

function* customersOf(
  type: ContactType,
  scenario: Scenario,
  startMs: number,
  stream: (name: string) => RandomStream,
): Generator<Customer> {
  const traits = stream(`traits ${type.name}`);
  const { queueId, channel, alsoQueues, priority, requirement, segment } = type;
  const fixed = {
    type: 'contact-enqueued',
    queueId,
    channel,
    ...(alsoQueues ? { alsoQueues } : {}),
    ...(priority === undefined ? {} : { priority }),
    ...(requirement ? { requirement } : {}),
    ...(segment === undefined ? {} : { segment }),
  } as const;
  let number = 0;
  for (const atMs of arrivalTimes(type.arrivals, scenario.durationMs, stream(`arrivals ${type.name}`))) {
    const contactId = `${type.name}-${++number}`;
    const first = { handlingMs: drawMs(type.handling, traits), ...wrapUpOf(type, traits) };
    const { transfer, callback } = type;
    const passedOn = transfer && traits() < transfer.share;
    const legs = passedOn
      ? [{ ...first, transferTo: { queueId: transfer.queueId } }, { handlingMs: drawMs(transfer.handling, traits) }]
      : [first];
    yield {
      arrivesMs: startMs + atMs,
      enqueue: { ...fixed, contactId, ...(callback ? { customer: contactId } : {}) },
      legs,
      ...(type.patience ? { patienceMs: drawMs(type.patience, traits) } : {}),
      ...(callback && traits() < callback.share ? { callback } : {}),
    };
  }
}

function wrapUpOf(type: ContactType, traits: RandomStream): { wrapUpMs?: number } {
  return type.wrapUp ? { wrapUpMs: drawMs(type.wrapUp, traits) } : {};
}

/** Several lists that are each in order of arrival, as one. There are few lists, so the next one is looked for among all. */
export function* inOrder(lists: readonly Iterator<Customer>[]): Generator<Customer> {
  const heads = lists.map((list) => ({ list, next: list.next() }));
  for (;;) {
    let first: (typeof heads)[number] | undefined;
    for (const head of heads) {
      if (head.next.done) continue;
      if (!first || head.next.value.arrivesMs < (first.next.value as Customer).arrivesMs) first = head;
    }
    if (!first) return;
    yield first.next.value as Customer;
    first.next = first.list.next();
  }
}
