import type { Done, Gone, LegId } from '../../../call-control/index.ts';
import { checkLegId, DONE, GONE, type SwitchNode } from '../switch-node.ts';

/** The switch says no more than `-ERROR` when it can't, and it can't only when the leg is gone. */
export async function answer(node: SwitchNode, legId: LegId): Promise<Done | Gone> {
  const reply = await node.sender.api(`uuid_answer ${checkLegId(legId)}`, node.deadlineMs);
  return reply.ok ? DONE : GONE;
}
