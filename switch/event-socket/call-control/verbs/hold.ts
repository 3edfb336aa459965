import type { Done, Gone, LegId } from '../../../call-control/index.ts';
import { checkLegId, endHold, legCommand, type SwitchNode } from '../switch-node.ts';
import { startMusic } from './music.ts';

/**
 * Hold is music on the partner's leg: while a leg of a bridge plays, it hears only that, and the other hears nothing. The switch's
 * own `uuid_hold` will not do: when the phone answers it with `recvonly`, as RFC 3264 asks, FreeSWITCH 1.10 stops all sound to
 * the partner, the music too.
 */
export async function hold(node: SwitchNode, legId: LegId): Promise<Done | Gone> {
  const leg = node.legs.get(checkLegId(legId));
  const again = leg.holding;
  const marked = legCommand(node, `uuid_setvar ${legId} tandem_held true`);
  if (!again && leg.bridgedTo !== undefined) {
    leg.holding = true;
    void startMusic(node, leg.bridgedTo).catch(() => undefined);
  }
  const outcome = await marked;
  if (outcome.kind === 'done' && !again) node.tell({ kind: 'held', legId, atMs: node.clock.now() });
  return outcome;
}

export async function unhold(node: SwitchNode, legId: LegId): Promise<Done | Gone> {
  const leg = node.legs.get(checkLegId(legId));
  const wasHolding = leg.holding;
  endHold(node, leg);
  const outcome = await legCommand(node, `uuid_setvar ${legId} tandem_held false`);
  if (outcome.kind === 'done' && wasHolding) node.tell({ kind: 'unheld', legId, atMs: node.clock.now() });
  return outcome;
}
