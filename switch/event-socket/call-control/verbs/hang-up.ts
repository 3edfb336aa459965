import type { Done, Gone, HangupCause, LegId } from '../../../call-control/index.ts';
import { SWITCH_CAUSES } from '../hangup-causes.ts';
import { checkLegId, DONE, GONE, legCommand, releaseActivity, type SwitchNode } from '../switch-node.ts';

/** Ends a leg. One that is about to be rung is remembered as cancelled and ends as soon as the switch has made it. */
export async function hangUp(node: SwitchNode, legId: LegId, cause: HangupCause): Promise<Done | Gone> {
  const known = node.legs.has(checkLegId(legId));
  const leg = node.legs.get(legId);
  leg.cancelled = true;
  releaseActivity(leg);
  const outcome = await legCommand(node, `uuid_kill ${legId} ${SWITCH_CAUSES[cause]}`);
  return outcome.kind === 'done' ? DONE : known && node.legs.has(legId) ? DONE : GONE;
}
