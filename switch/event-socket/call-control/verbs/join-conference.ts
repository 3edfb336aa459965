import { CodedError } from '../../../../config/errors.ts';
import type { Done, Gone, LegId } from '../../../call-control/index.ts';
import { checkLegId, endHold, legCommand, releaseActivity, type SwitchNode } from '../switch-node.ts';
import { keepAfterBridge } from './bridge.ts';

export async function joinConference(node: SwitchNode, legId: LegId, conference: string): Promise<Done | Gone> {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(conference)) throw new CodedError('request.invalid', { field: 'conference' });
  const leg = node.legs.get(checkLegId(legId));
  endHold(node, leg);
  if (leg.bridgedTo !== undefined) keepAfterBridge(node, leg.bridgedTo);
  releaseActivity(leg);
  return legCommand(node, `uuid_transfer ${legId} conference:${conference}@${node.layout.conferenceProfile} inline`);
}
