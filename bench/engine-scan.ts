import { agentOf, type BenchContact, contactOf, generator, percentile } from './engine-work.ts';

/** The floor: no index at all. A freed agent looks at every waiting contact. Returns one line of figures. */
export async function scanMatcher(agentCount: number, waiting: number, queues: number): Promise<string> {
  const draw = generator(7);
  const agents = Array.from({ length: agentCount }, (_, index) => agentOf(draw, index, queues));
  let contacts: BenchContact[] = Array.from({ length: waiting }, (_, index) => contactOf(draw, index, queues));
  let number = waiting;
  const events = 2_000;
  const times = new Float64Array(events);
  const startedAt = process.hrtime.bigint();
  for (let index = 0; index < events; index++) {
    const before = process.hrtime.bigint();
    if (index % 2 === 0) contacts.push(contactOf(draw, number++, queues));
    else {
      const agent = agents[draw(agentCount)]!;
      let best = -1;
      for (let at = 0; at < contacts.length; at++) {
        const contact = contacts[at]!;
        if (!agent.queueIds.includes(contact.queueId)) continue;
        if (contact.skill !== undefined && (agent.skills[contact.skill] ?? 0) < contact.min) continue;
        if (best < 0 || contact.priority > contacts[best]!.priority) best = at;
      }
      if (best >= 0) contacts.splice(best, 1);
    }
    times[index] = Number(process.hrtime.bigint() - before) / 1e6;
  }
  const seconds = Number(process.hrtime.bigint() - startedAt) / 1e9;
  contacts = [];
  times.sort();
  return `${Math.round(events / seconds)} events/s, p50 ${percentile(times, 50).toFixed(3)} ms, p99 ${percentile(times, 99).toFixed(3)} ms`;
}
