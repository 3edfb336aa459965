import type { AgentExplanation, ContactExplanation } from '../api/contract/index.ts';
import type { Engine } from '../engine/index.ts';

/** Why a contact still waits, as pages show it. `nameOf` turns agents' ids into names. */
export function explainContact(
  engine: Engine,
  contactId: string,
  nowMs: number,
  nameOf: (agentId: string) => string | undefined,
): ContactExplanation | undefined {
  const found = engine.explainContact(contactId, nowMs);
  if (!found) return undefined;
  return {
    contactId,
    state: found.state,
    ...(found.position === undefined ? {} : { position: found.position }),
    score: found.score,
    ahead: found.ahead.map((other) => ({
      contactId: other.contactId,
      score: other.score,
      waitedMs: Math.max(0, nowMs - other.firstEnqueuedMs),
    })),
    step: { index: found.step.current, ...(found.step.nextMs === undefined ? {} : { changesAtMs: found.step.nextMs }) },
    agents: found.agents.map(({ agentId, reason, detail }) => ({
      agentId,
      displayName: nameOf(agentId) ?? agentId,
      reason: detail === undefined ? reason : `${reason}: ${detail}`,
    })),
  };
}

/** Why nothing comes to an agent, as pages show it: one reason a class of channels, and what is passed over. */
export function explainAgent(engine: Engine, agentId: string, nowMs: number): AgentExplanation | undefined {
  const found = engine.explainAgent(agentId, nowMs);
  if (!found) return undefined;
  const classes = Object.entries(found.classes).map(([channel, { reason }]) => `${channel}: ${reason}`);
  const passed = Object.entries(found.passedOver).map(([reason, count]) => `passed-over: ${reason} × ${count}`);
  return { agentId, reasons: [...classes, ...passed], couldTake: [] };
}
