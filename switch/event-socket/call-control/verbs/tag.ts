import { CodedError } from '../../../../config/errors.ts';
import type { Done, Gone, LegId } from '../../../call-control/index.ts';
import { checkLegId, DONE, GONE, legCommand, legExists, type SwitchNode } from '../switch-node.ts';

export interface Tags {
  readonly contactId?: string;
  readonly role?: string;
}

export async function tag(node: SwitchNode, legId: LegId, tags: Tags): Promise<Done | Gone> {
  const variables = checkTags(tags).map(([name, value]) => `${name}=${value}`);
  if (variables.length === 0) return (await legExists(node, checkLegId(legId))) ? DONE : GONE;
  return legCommand(node, `uuid_setvar_multi ${checkLegId(legId)} ${variables.join(';')}`);
}

/** The channel variables for tags. Throws `request.invalid`. */
export function checkTags(tags: Tags): [string, string][] {
  const pairs: [string, string | undefined][] = [
    ['tandem_contact_id', tags.contactId],
    ['tandem_role', tags.role],
  ];
  return pairs.flatMap(([name, value]) => {
    if (value === undefined) return [];
    if (!/^[\w.:-]{1,128}$/.test(value)) throw new CodedError('request.invalid', { field: name, reason: 'characters' });
    return [[name, value] as [string, string]];
  });
}
