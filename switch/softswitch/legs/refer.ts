import { setVariable } from '../core/channel.ts';
import { hangUp } from '../core/hang-up.ts';
import type { Session } from '../core/session.ts';
import type { SwitchCore } from '../core/switch-core.ts';
import { transfer } from '../core/transfer.ts';
import { uuidBridge } from '../core/uuid-bridge.ts';
import type { IncomingRefer } from '../sip/index.ts';

/** Attended: the phone has two calls with us and wants their other sides joined. */
function joinOthers(sw: SwitchCore, session: Session, replaces: NonNullable<IncomingRefer['replaces']>): boolean {
  const second = [...sw.sessions.values()].find((one) => one.channel.variables.get('sip_call_id') === replaces.callId);
  const caller = session.bridge?.partner;
  if (!second || !caller) return false;
  const other = second.bridge?.partner ?? second;
  for (const one of [caller, other]) setVariable(one.channel, 'park_after_bridge', 'true');
  if (!uuidBridge(sw, caller, other)) return false;
  if (other !== second) hangUp(sw, second, 'ATTENDED_TRANSFER');
  return true;
}

/** A phone asks for a transfer: blind sends its partner to the extension in the phone's own context; attended joins two partners. */
export function followRefer(sw: SwitchCore, session: Session, refer: IncomingRefer): void {
  const partner = session.bridge?.partner;
  const { channel } = session;
  if (!partner) {
    refer.reject(403);
    return;
  }
  refer.accept();
  if (refer.replaces) {
    const joined = joinOthers(sw, session, refer.replaces);
    refer.notify(joined ? 200 : 404);
    if (joined) hangUp(sw, session, 'ATTENDED_TRANSFER');
    return;
  }
  const destination = refer.referTo.user;
  if (destination === '') {
    refer.notify(404);
    return;
  }
  setVariable(channel, 'transfer_fallback_extension', destination);
  setVariable(channel, 'transfer_disposition', 'recv_refer');
  setVariable(partner.channel, 'sip_refer_to', `<${refer.referTo.uri}>`);
  if (refer.referredBy !== undefined) setVariable(partner.channel, 'sip_h_Referred-By', refer.referredBy);
  refer.notify(200);
  transfer(sw, partner, { destination, dialplan: 'XML' });
  hangUp(sw, session, 'BLIND_TRANSFER');
}
