import { CHANNEL_CLASSES, type ChannelClass } from '../configuration.ts';
import type { AgentState, SlotCounts } from '../effects.ts';
import type { Agent } from '../model.ts';
import { emit, type World } from '../world.ts';

/** The state of the whole agent: the strongest of its slots. */
export function stateOf(agent: Agent): AgentState {
  let state: AgentState = 'idle';
  for (const work of agent.work) {
    if (work.state === 'handling') return 'handling';
    if (work.state === 'offered') state = 'offered';
    else if (state === 'idle') state = 'wrap-up';
  }
  return state;
}

export function slotCounts(agent: Agent): Record<ChannelClass, SlotCounts> {
  const counts = {
    voice: { offered: 0, handling: 0, wrapUp: 0 },
    chat: { offered: 0, handling: 0, wrapUp: 0 },
    email: { offered: 0, handling: 0, wrapUp: 0 },
  };
  for (const work of agent.work) {
    const count = counts[work.class];
    if (work.state === 'handling') count.handling++;
    else if (work.state === 'offered') count.offered++;
    else count.wrapUp++;
  }
  return counts;
}

/** Tells the state of every agent that this event has changed, once each. */
export function publishAgents(world: World): void {
  for (const agent of world.changed) {
    const state = stateOf(agent);
    if (state !== agent.state) {
      agent.state = state;
      agent.stateSinceMs = world.nowMs;
    }
    emit(world, {
      type: 'agent-state',
      agentId: agent.id,
      status: agent.status,
      ...(agent.reason === undefined ? {} : { reason: agent.reason }),
      signedIn: agent.signedIn,
      draining: agent.draining,
      state,
      slots: slotCounts(agent),
      ...(agent.pauseTimer ? { pausedUntilMs: agent.pausedUntilMs } : {}),
    });
  }
  world.changed.clear();
}

/** True when an agent has nothing at all to do. */
export function isIdle(agent: Agent): boolean {
  for (const name of CHANNEL_CLASSES) if (agent.used[name] > 0) return false;
  return true;
}
