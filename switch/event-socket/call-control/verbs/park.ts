import type { Done, Gone, LegId } from '../../../call-control/index.ts';
import { checkLegId, endHold, legCommand, releaseActivity, type SwitchNode } from '../switch-node.ts';
import { keepAfterBridge } from './bridge.ts';

export async function park(node: SwitchNode, legId: LegId): Promise<Done | Gone> {
  const leg = node.legs.get(checkLegId(legId));
  endHold(node, leg);
  if (leg.bridgedTo !== undefined) keepAfterBridge(node, leg.bridgedTo);
  releaseActivity(leg);
  leg.supervising = undefined;
  return legCommand(node, `uuid_park ${legId}`);
}
