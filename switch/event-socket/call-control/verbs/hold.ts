import type { Done, Gone, LegId } from '../../../call-control/index.ts';
import { checkLegId, DONE, GONE, legExists, type SwitchNode } from '../switch-node.ts';
import { musicName } from './music.ts';

/** The switch says yes for a leg that is not there and no for one that is held already, so it is asked for the leg as well. */
export async function hold(node: SwitchNode, legId: LegId): Promise<Done | Gone> {
  const exists = legExists(node, checkLegId(legId));
  const { sender, deadlineMs } = node;
  const music = sender.api(`uuid_setvar ${legId} hold_music ${musicName(node, 'default')}`, deadlineMs);
  const [there] = await Promise.all([exists, music, sender.api(`uuid_hold ${legId}`, deadlineMs)]);
  return there ? DONE : GONE;
}

export async function unhold(node: SwitchNode, legId: LegId): Promise<Done | Gone> {
  const exists = legExists(node, checkLegId(legId));
  const [there] = await Promise.all([exists, node.sender.api(`uuid_hold off ${legId}`, node.deadlineMs)]);
  return there ? DONE : GONE;
}
