import type { Done, Gone, LegId } from '../../../call-control/index.ts';
import { checkLegId, legCommand, type SwitchNode } from '../switch-node.ts';

/** Level 1 is plain silence; higher ones make comfort noise. */
export function mute(node: SwitchNode, legId: LegId, muted: boolean): Promise<Done | Gone> {
  return legCommand(node, `uuid_audio ${checkLegId(legId)} ${muted ? 'start read mute 1' : 'stop'}`);
}
