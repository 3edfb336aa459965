import { CodedError } from '../../../../config/errors.ts';
import type { Done, Gone, LegId } from '../../../call-control/index.ts';
import { checkLegId, legCommand, type SwitchNode } from '../switch-node.ts';

export async function sendDigits(node: SwitchNode, legId: LegId, digits: string): Promise<Done | Gone> {
  if (!/^[0-9*#A-D]{1,64}$/.test(digits)) throw new CodedError('request.invalid', { field: 'digits' });
  return legCommand(node, `uuid_send_dtmf ${checkLegId(legId)} ${digits}`);
}
