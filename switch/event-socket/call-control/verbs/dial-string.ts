import { CodedError } from '../../../../config/errors.ts';
import type { DialTarget } from '../../../call-control/index.ts';
import type { SwitchNode } from '../switch-node.ts';

/** What to dial for a target; undefined when it is a phone that is not registered. Throws `request.invalid`. */
export async function dialString(node: SwitchNode, target: DialTarget): Promise<string | undefined> {
  switch (target.kind) {
    case 'phone':
      return phoneContact(node, target.user);
    case 'sip-uri': {
      const address = /^sips?:([^\s,|{}[\]'"<>]{1,256})$/.exec(target.uri)?.[1];
      if (address === undefined) throw new CodedError('request.invalid', { field: 'uri' });
      return `sofia/${node.layout.trunkProfile}/${address}`;
    }
    case 'number':
      if (!/^[+*#0-9A-Za-z._-]{1,64}$/.test(target.number))
        throw new CodedError('request.invalid', { field: 'number' });
      return node.layout.numberDialString.replace('{number}', target.number);
  }
}

/**
 * Where a user's phone is, as the switch knows it. A contact must never be made up: a browser's holds a path that only the
 * switch knows. Of several contacts the first counts: a switch that
 * keeps several names the best first, and FreeSWITCH keeps one per user unless told otherwise.
 */
export async function phoneContact(node: SwitchNode, user: string): Promise<string | undefined> {
  if (!/^[A-Za-z0-9._+-]{1,64}$/.test(user)) throw new CodedError('request.invalid', { field: 'user' });
  const { agentsProfile, domain } = node.layout;
  const reply = await node.sender.api(`sofia_contact ${agentsProfile}/${user}@${domain}`, node.deadlineMs);
  const contact = reply.text.trim().split(',')[0] ?? '';
  return reply.ok && contact !== '' && !contact.startsWith('error/') ? contact : undefined;
}
