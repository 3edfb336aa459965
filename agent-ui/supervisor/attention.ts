import type { LiveAgent, LiveContact } from '../../acd/api/contract/index.ts';

/** Why an agent needs a supervisor's look, most urgent first. `none` sorts after them by what the agent does. */
export const ATTENTIONS = [
  'phone-away',
  'ringing-long',
  'wrap-up-long',
  'talking-long',
  'missed',
  'break-long',
  'none',
] as const;
export type Attention = (typeof ATTENTIONS)[number];

const LONG_MS = { ringing: 15_000, wrapUp: 120_000, talking: 900_000, break: 1_800_000 } as const;
const MANY_MISSED = 3;

/** What about this agent needs a look now. */
export function attentionOf(agent: LiveAgent, nowMs: number): Attention {
  const lastsMs = nowMs - agent.sinceMs;
  if (agent.status === 'offline') return 'none';
  if (agent.status === 'available' && !agent.phoneRegistered) return 'phone-away';
  if (agent.state === 'offered' && lastsMs > LONG_MS.ringing) return 'ringing-long';
  if (agent.state === 'wrap-up' && lastsMs > LONG_MS.wrapUp) return 'wrap-up-long';
  if (agent.state === 'handling' && lastsMs > LONG_MS.talking) return 'talking-long';
  if (agent.missedToday >= MANY_MISSED) return 'missed';
  if (agent.status === 'break' && agent.state === 'idle' && lastsMs > LONG_MS.break) return 'break-long';
  return 'none';
}

const USUAL: readonly LiveAgent['state'][] = ['offered', 'handling', 'wrap-up', 'idle'];

/** Those who need a look first, then by what they do; offline last. Equal ones keep their order by name, so that nothing jumps. */
export function byAttention(agents: readonly LiveAgent[], nowMs: number): readonly LiveAgent[] {
  const rank = (agent: LiveAgent) =>
    ATTENTIONS.indexOf(attentionOf(agent, nowMs)) * 100 +
    (agent.status === 'offline' ? 50 : agent.status === 'break' ? 20 : 0) +
    USUAL.indexOf(agent.state);
  return [...agents].sort((a, b) => rank(a) - rank(b) || a.displayName.localeCompare(b.displayName));
}

const CONTACT_ORDER: readonly LiveContact['state'][] = ['waiting', 'offered', 'flow', 'handling', 'wrap-up'];

/** Waiting contacts first, in the order of the server's places, then the longest. */
export function inFloorOrder(contacts: readonly LiveContact[]): readonly LiveContact[] {
  return [...contacts].sort(
    (a, b) =>
      CONTACT_ORDER.indexOf(a.state) - CONTACT_ORDER.indexOf(b.state) ||
      (a.position ?? 0) - (b.position ?? 0) ||
      a.sinceMs - b.sinceMs,
  );
}
