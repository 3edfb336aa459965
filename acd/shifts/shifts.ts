import type { AgentStatus } from '../api/contract/index.ts';
import type { AgentView, Effect, EngineEvent } from '../engine/index.ts';

/** What a shift asks of routing. */
export interface ShiftRouting {
  submit(event: EngineEvent): Promise<readonly Effect[]>;
  agent(agentId: string): AgentView | undefined;
}

export type ShiftOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'conflict'; readonly why: string };

const DONE: ShiftOutcome = { kind: 'done' };

/** The engine keeps an agent who signed out, as offline, for the day's counts. */
export function isOnShift(routing: ShiftRouting, agentId: string): boolean {
  const status = routing.agent(agentId)?.status;
  return status !== undefined && status !== 'offline';
}

/** An agent's working day as the engine knows it: signing in and out, status, and what a supervisor may do about it. */
export interface Shifts {
  /** Signs the agent in, on break until they choose. A shift that has begun goes on. */
  begin(agentId: string): Promise<ShiftOutcome>;
  /** Running work is finished first; no shift is as good as an ended one. */
  end(agentId: string): Promise<ShiftOutcome>;
  setStatus(agentId: string, status: AgentStatus, breakReasonId?: string): Promise<ShiftOutcome>;
  /** A supervisor frees a stuck agent; running conversations are kept. */
  force(agentId: string, status: AgentStatus): Promise<ShiftOutcome>;
  /** No new work; out when the running work is done. */
  drain(agentId: string, on: boolean): Promise<ShiftOutcome>;
}

/** Turns what people ask into engine events, and the engine's word into an outcome. */
export function createShifts(routing: ShiftRouting): Shifts {
  async function tell(event: EngineEvent, harmless: readonly string[] = []): Promise<ShiftOutcome> {
    const effects = await routing.submit(event);
    const rejected = effects.find((effect) => effect.type === 'rejected');
    if (!rejected || harmless.includes(rejected.reason)) return DONE;
    if (rejected.reason === 'unknown-agent' || rejected.reason === 'not-signed-in') return { kind: 'not-found' };
    return { kind: 'conflict', why: rejected.reason };
  }

  return {
    begin: (agentId) => tell({ type: 'agent-signed-in', agentId, status: 'break' }, ['already-signed-in']),
    end: (agentId) => tell({ type: 'agent-signed-out', agentId }, ['not-signed-in', 'unknown-agent']),
    async setStatus(agentId, status, breakReasonId) {
      const now = routing.agent(agentId);
      if (now?.status === status && now.reason === breakReasonId && !now.draining) return DONE;
      return tell({
        type: 'agent-status-changed',
        agentId,
        status,
        ...(status === 'break' && breakReasonId !== undefined ? { reason: breakReasonId } : {}),
      });
    },
    force: (agentId, status) => tell({ type: 'agent-forced', agentId, to: status, assignments: 'keep' }),
    drain: (agentId, on) => tell({ type: 'agent-drained', agentId, on }),
  };
}
