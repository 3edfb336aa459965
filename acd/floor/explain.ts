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
      code: reason,
      ...(detail === undefined ? {} : { detail }),
    })),
  };
}

/** Why nothing comes to an agent, as pages show it: one reason a class of channels, and what is passed over. */
export function explainAgent(engine: Engine, agentId: string, nowMs: number): AgentExplanation | undefined {
  const found = engine.explainAgent(agentId, nowMs);
  if (!found) return undefined;
  const own = Object.entries(found.classes).map(([channelClass, { reason, untilMs }]) => ({
    reason,
    channelClass,
    ...(untilMs === undefined ? {} : { untilMs }),
  }));
  const passed = Object.entries(found.passedOver).map(([reason, passedOver]) => ({ reason, passedOver }));
  return {
    agentId,
    reasons: [...sentencesOf(own), ...passed.map(({ reason, passedOver }) => `${reason}: × ${passedOver}`)],
    details: [...own, ...passed],
    couldTake: found.couldTake.map(({ contactId, score }) => ({ contactId, score })),
  };
}

/** One word when it is the same for every channel class, else one a class. */
function sentencesOf(own: readonly { readonly reason: string; readonly channelClass: string }[]): string[] {
  const [first] = own;
  if (first && own.every((one) => one.reason === first.reason)) return [first.reason];
  return own.map(({ reason, channelClass }) => `${reason}: ${channelClass}`);
}
