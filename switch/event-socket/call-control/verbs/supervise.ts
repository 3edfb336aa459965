import type { Done, Gone, LegId, SupervisionMode } from '../../../call-control/index.ts';
import { breakActivity, checkLegId, DONE, GONE, legCommand, type SwitchNode } from '../switch-node.ts';

/** The key that the listening application understands, for each mode. */
const MODE_KEYS: Readonly<Record<SupervisionMode, string>> = { listen: '0', whisper: '2', barge: '3' };
const LEAVE_KEY = '*';

/** How long the switch may take to put the supervisor's leg on the conversation, ms. */
const ATTACH_DEADLINE_MS = 5_000;

/** Puts the supervisor's leg on the agent's leg once; after that only the mode is switched, by a key as if pressed on the phone. */
export async function supervise(
  node: SwitchNode,
  supervisorLegId: LegId,
  agentLegId: LegId,
  mode: SupervisionMode,
): Promise<Done | Gone> {
  const leg = node.legs.get(checkLegId(supervisorLegId));
  checkLegId(agentLegId);
  if (leg.supervising && leg.supervising.agentLegId !== agentLegId) {
    leg.supervising = undefined;
    await legCommand(node, `uuid_recv_dtmf ${supervisorLegId} ${LEAVE_KEY}`);
  }
  if (!leg.supervising) {
    const attached = await attach(node, supervisorLegId, agentLegId);
    if (attached.kind === 'gone') return GONE;
    if (mode === 'listen') return DONE;
  } else if (leg.supervising.mode === mode) {
    return DONE;
  }
  if (leg.supervising) leg.supervising.mode = mode;
  return legCommand(node, `uuid_recv_dtmf ${supervisorLegId} ${MODE_KEYS[mode]}`);
}

async function attach(node: SwitchNode, supervisorLegId: LegId, agentLegId: LegId): Promise<Done | Gone> {
  const leg = node.legs.get(supervisorLegId);
  void breakActivity(node, leg).catch(() => undefined);
  const listening = node.events.next<Done | Gone>('eavesdrop', ATTACH_DEADLINE_MS, (event) => {
    const ends = event.name === 'CHANNEL_HANGUP_COMPLETE';
    if (ends && (event.legId === agentLegId || event.legId === supervisorLegId)) return GONE;
    // A recording that starts at the same moment is such a bug, too.
    const attached = event.name === 'MEDIA_BUG_START' && event.get('Media-Bug-Function') === 'eavesdrop';
    return attached && event.legId === agentLegId ? DONE : undefined;
  });
  listening.catch(() => undefined);
  node.sender
    .api(`uuid_setvar_multi ${supervisorLegId} eavesdrop_enable_dtmf=true`, node.deadlineMs)
    .catch(() => undefined);
  const application = node.applications.run(node.sender, supervisorLegId, 'eavesdrop', agentLegId, node.deadlineMs);
  const supervising = { agentLegId, mode: 'listen' as SupervisionMode };
  leg.supervising = supervising;
  // The application ends when the agent's leg does, and at once when there is no such leg.
  const ended = application.end.then((): Gone => {
    if (leg.supervising === supervising) leg.supervising = undefined;
    return GONE;
  });
  return Promise.race([listening, ended]);
}
