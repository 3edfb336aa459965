import type { BridgeOutcome, LegId } from '../../../call-control/index.ts';
import { checkLegId, endHold, legExists, refused, releaseActivity, type SwitchNode } from '../switch-node.ts';

/** How long the switch may take from saying yes to joining the sound, ms. */
const BRIDGE_DEADLINE_MS = 5_000;

/** Joins two legs, and says so when they are joined and not when the switch has promised it. */
export async function bridge(node: SwitchNode, legId: LegId, otherLegId: LegId): Promise<BridgeOutcome> {
  const leg = node.legs.get(checkLegId(legId));
  const other = node.legs.get(checkLegId(otherLegId));
  if (leg.bridgedTo === otherLegId && other.bridgedTo === legId) return { kind: 'bridged' };
  const joined = node.events.next<BridgeOutcome>('uuid_bridge', BRIDGE_DEADLINE_MS, (event) => {
    const id = event.legId;
    if (id !== legId && id !== otherLegId) return undefined;
    if (event.name === 'CHANNEL_HANGUP_COMPLETE') return { kind: 'gone', legId: id };
    const partner = id === legId ? otherLegId : legId;
    return event.name === 'CHANNEL_BRIDGE' && event.get('Other-Leg-Unique-ID') === partner
      ? { kind: 'bridged' }
      : undefined;
  });
  joined.catch(() => undefined);
  endHold(node, leg);
  endHold(node, other);
  keepAfterBridge(node, legId);
  keepAfterBridge(node, otherLegId);
  releaseActivity(leg);
  releaseActivity(other);
  const line = `uuid_bridge ${legId} ${otherLegId}`;
  const reply = await node.sender.api(line, node.deadlineMs);
  if (reply.ok) return joined;
  if (!(await legExists(node, legId))) return { kind: 'gone', legId };
  if (!(await legExists(node, otherLegId))) return { kind: 'gone', legId: otherLegId };
  throw refused(line, reply);
}

/**
 * Makes a leg return to park when its bridge ends. The switch forgets this each time a leg with a park timeout is parked, so it
 * is said again before every bridge.
 */
export function keepAfterBridge(node: SwitchNode, legId: LegId): void {
  const timeout = `park_timeout=${node.layout.parkTimeoutS}`;
  const variables = `hangup_after_bridge=false;park_after_bridge=true;${timeout};tandem_held=false`;
  node.sender.api(`uuid_setvar_multi ${legId} ${variables}`, node.deadlineMs).catch(() => undefined);
}
