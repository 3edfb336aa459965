import type { EngineEvent } from '../engine/index.ts';
import type { AgentGroup, Scenario } from './scenario.ts';

export function agentIdOf(group: AgentGroup, index: number): string {
  return `${group.name}-${index + 1}`;
}

/** Sign-ins, breaks and shift ends of everybody, in order of time; `startMs` is added to each. */
export function rosterOf(
  scenario: Scenario,
  startMs: number,
): { readonly atMs: number; readonly event: EngineEvent }[] {
  const events: { atMs: number; event: EngineEvent }[] = [];
  for (const group of scenario.agentGroups) {
    const shifts = group.shifts ?? [{ fromMs: 0, toMs: Number.POSITIVE_INFINITY, breaks: [] }];
    for (let index = 0; index < group.count; index++) {
      const agentId = agentIdOf(group, index);
      const put = (atMs: number, event: EngineEvent) => events.push({ atMs: startMs + atMs, event });
      for (const { fromMs, toMs, breaks } of shifts) {
        put(fromMs, signIn(group, agentId));
        for (const pause of breaks) {
          const atMs = pause.atMs + Math.floor((pause.spreadMs * index) / group.count);
          const reason = pause.reason === undefined ? {} : { reason: pause.reason };
          put(atMs, { type: 'agent-status-changed', agentId, status: 'break', ...reason });
          put(atMs + pause.forMs, { type: 'agent-status-changed', agentId, status: 'available' });
        }
        if (Number.isFinite(toMs)) put(toMs, { type: 'agent-drained', agentId, on: true });
      }
    }
  }
  return events.sort((a, b) => a.atMs - b.atMs);
}

function signIn(group: AgentGroup, agentId: string): EngineEvent {
  const { skills, queues, groups, capacity, weight } = group;
  return {
    type: 'agent-signed-in',
    agentId,
    status: 'available',
    queues,
    ...(skills ? { skills } : {}),
    ...(groups ? { groups } : {}),
    ...(capacity ? { capacity } : {}),
    ...(weight === undefined ? {} : { weight }),
  };
}
