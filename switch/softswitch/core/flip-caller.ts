import { publishChannelEvent } from './build-event.ts';
import { setVariable } from './channel.ts';
import type { Session } from './session.ts';
import type { SwitchCore } from './switch-core.ts';

/**
 * Turns caller and callee of an outbound leg round: from now on the phone that we called counts as the caller, as if it had called us.
 * FreeSWITCH does so when the leg answers, and again when it is made the first leg of another bridge.
 */
export function flipCaller(sw: SwitchCore, session: Session): void {
  const { channel } = session;
  const profile = channel.profile;
  if (!profile) return;
  const first = !channel.variables.has('channel_cid_flipped');
  setVariable(channel, 'pre_transfer_caller_id_name', profile.callerIdName);
  setVariable(channel, 'pre_transfer_caller_id_number', profile.callerIdNumber);
  const { callerIdName, callerIdNumber } = profile;
  profile.callerIdName = profile.calleeIdName;
  profile.callerIdNumber = profile.calleeIdNumber || callerIdNumber;
  profile.calleeIdName = first ? callerIdName : '';
  profile.calleeIdNumber = first ? callerIdNumber : '';
  channel.hitDialplan = first || channel.hitDialplan;
  channel.calleeDirection = 'RECV';
  setVariable(channel, 'channel_cid_flipped', 'yes');
  const partner = session.bridge?.partner.channel.uuid;
  publishChannelEvent(sw, channel, 'CALL_UPDATE', {
    before: [['Direction', 'RECV'], ...(partner === undefined ? [] : [['Bridged-To', partner] as const])],
  });
}
