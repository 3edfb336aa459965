import { type CallerProfile, nextProfile } from './caller-profile.ts';
import { type Channel, isDown, setVariable } from './channel.ts';
import { flipCaller } from './flip-caller.ts';
import { type Session, wake } from './session.ts';
import { requestState } from './set-state.ts';
import type { SwitchCore } from './switch-core.ts';
import { noteTransfer } from './transfer.ts';

function withoutTimes(profile: CallerProfile): CallerProfile {
  const { times } = profile;
  const none = Object.fromEntries(Object.keys(times).map((key) => [key, 0]));
  return { ...profile, times: { ...times, ...none } };
}

function noteBond(channel: Channel, other: Channel): void {
  setVariable(channel, 'bridge_channel', other.name);
  setVariable(channel, 'bridge_uuid', other.uuid);
  setVariable(channel, 'signal_bond', other.uuid);
  const profile = channel.profile;
  setVariable(channel, 'original_destination_number', profile?.destinationNumber);
  setVariable(channel, 'original_caller_id_name', profile?.callerIdName);
  setVariable(channel, 'original_caller_id_number', profile?.callerIdNumber);
}

function canBeJoined(session: Session): boolean {
  const { answerState } = session.channel;
  return !isDown(session.channel) && (answerState === 'answered' || answerState === 'early');
}

/**
 * Asks two legs into a bridge; `first` is the one that tells of it. Each leaves whatever it does, another bridge too.
 * False when either is over or has no media yet.
 */
export function uuidBridge(sw: SwitchCore, first: Session, second: Session): boolean {
  if (first === second || !canBeJoined(first) || !canBeJoined(second)) return false;
  const [a, b] = [first.channel, second.channel];
  if (!a.profile || !b.profile) return false;
  if (first.bridge?.partner === second && second.bridge?.partner === first) return true;
  if (first.bridge && a.direction === 'outbound') flipCaller(sw, first);
  const left = [first.bridge?.partner, second.bridge?.partner];
  noteBond(a, b);
  noteBond(b, a);
  setVariable(a, 'uuid_bridge', b.uuid);
  const now = sw.clock.now();
  const seenByFirst = { ...b.profile };
  const seenBySecond = withoutTimes(a.profile);
  a.profile = {
    ...nextProfile(a.profile, now, noteTransfer(sw, first, `uuid_br:${b.uuid}`)),
    logicalDirection: 'inbound',
    calleeIdName: b.profile.calleeIdName,
    calleeIdNumber: b.profile.calleeIdNumber,
  };
  b.profile = {
    ...nextProfile(b.profile, now, noteTransfer(sw, second, `uuid_br:${a.uuid}`)),
    callerIdName: a.profile.callerIdName,
    callerIdNumber: a.profile.callerIdNumber,
  };
  a.otherLeg = { type: 'originatee', profile: { ...seenByFirst, logicalDirection: 'inbound' } };
  b.otherLeg = { type: 'originator', profile: seenBySecond };
  a.hitDialplan = true;
  b.hitDialplan = false;
  first.bridge = { role: 'first', partner: second };
  second.bridge = { role: 'second', partner: first };
  requestState(second, 'CS_HIBERNATE');
  requestState(first, 'CS_HIBERNATE');
  for (const partner of left) if (partner) wake(partner);
  return true;
}
