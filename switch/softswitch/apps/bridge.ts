import { randomUUID } from 'node:crypto';
import { answer, preAnswer } from '../core/answer.ts';
import { joinLegs } from '../core/bridge.ts';
import { setVariable, variableIsTrue } from '../core/channel.ts';
import { takeVariables } from '../core/dial-string.ts';
import { hangUp } from '../core/hang-up.ts';
import { originate } from '../core/originate.ts';
import type { Session } from '../core/session.ts';
import { requestState } from '../core/set-state.ts';
import type { Application, SwitchCore } from '../core/switch-core.ts';
import { mayGoOn, nextWake } from '../core/wait.ts';

/** Variables that go along to the leg that is called. */
function exported(session: Session): Map<string, string> {
  const found = new Map<string, string>();
  for (const name of (session.channel.variables.get('export_vars') ?? '').split(',')) {
    const value = session.channel.variables.get(name);
    if (name !== '' && value !== undefined) found.set(name.replace(/^nolocal:/, ''), value);
  }
  return found;
}

async function ringAndWait(sw: SwitchCore, session: Session, data: string, uuid: string) {
  const { variables, rest } = takeVariables(data);
  const timeoutSec = Number(session.channel.variables.get('call_timeout')) || 60;
  const ringing = originate(sw, {
    endpoints: rest,
    variables: new Map([
      ...exported(session),
      ...variables,
      ['origination_uuid', variables.get('origination_uuid') ?? uuid],
    ]),
    originator: session,
    timeoutSec,
  });
  const woken = await nextWake(session, sw.clock, { done: ringing, deaf: true });
  if (woken !== 'done') {
    const called = sw.sessions.get(variables.get('origination_uuid') ?? uuid);
    if (called) hangUp(sw, called, 'ORIGINATOR_CANCEL');
  }
  return ringing;
}

/** `bridge DIALSTRING`: rings a phone and joins it with this leg. */
export const bridge: Application = async (sw, session, data) => {
  const { channel } = session;
  preAnswer(sw, session);
  const outcome = await ringAndWait(sw, session, data, randomUUID());
  if (outcome.kind === 'failed') {
    setVariable(channel, 'originate_disposition', outcome.cause);
    setVariable(channel, 'last_bridge_hangup_cause', outcome.cause);
    if (mayGoOn(session) && !variableIsTrue(channel, 'continue_on_fail') && session.extension.length === 0) {
      hangUp(sw, session, outcome.cause);
    }
    return;
  }
  const second = outcome.session;
  if (!mayGoOn(session)) return hangUp(sw, second, 'ORIGINATOR_CANCEL');
  setVariable(channel, 'originate_disposition', 'SUCCESS');
  answer(sw, session);
  for (const [one, other, type] of [
    [session, second, 'originatee'],
    [second, session, 'originator'],
  ] as const) {
    if (other.channel.profile) one.channel.otherLeg = { type, profile: { ...other.channel.profile } };
    setVariable(one.channel, 'bridge_channel', other.channel.name);
    setVariable(one.channel, 'bridge_uuid', other.channel.uuid);
    setVariable(one.channel, 'signal_bond', other.channel.uuid);
  }
  session.bridge = { role: 'first', partner: second };
  second.bridge = { role: 'second', partner: session };
  await joinLegs(sw, session, second);
  if (!mayGoOn(session)) return;
  if (variableIsTrue(channel, 'park_after_bridge')) requestState(session, 'CS_PARK');
  else if (variableIsTrue(channel, 'hangup_after_bridge')) hangUp(sw, session, 'NORMAL_CLEARING');
};
