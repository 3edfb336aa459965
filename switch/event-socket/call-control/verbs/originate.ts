import { CodedError } from '../../../../config/errors.ts';
import type { HangupCause, OriginateOutcome, OriginateRequest } from '../../../call-control/index.ts';
import { causeOf, SWITCH_CAUSES } from '../hangup-causes.ts';
import { checkLegId, type SwitchNode } from '../switch-node.ts';
import { dialVariables, displayName } from '../switch-words.ts';
import { dialString } from './dial-string.ts';
import { checkTags } from './tag.ts';

/** What the switch needs beyond the ringing time to answer, ms. */
const GRACE_MS = 10_000;

/** Rings somebody; an answered leg is parked. `hangUp(legId)` ends it at any moment, also before the switch has made the leg. */
export async function originate(node: SwitchNode, request: OriginateRequest): Promise<OriginateOutcome> {
  const { legId } = request;
  const variables = dialVariables(originateVariables(request));
  const leg = node.legs.enter(checkLegId(legId));
  let made = false;
  try {
    const target = await dialString(node, request.target);
    if (leg.cancelled) return { kind: 'cancelled' };
    if (target === undefined) return { kind: 'unregistered' };
    leg.prepared = true;
    const stopWatching = node.events.each((event) => {
      if (event.legId !== legId) return;
      if (event.name === 'CHANNEL_CREATE') {
        made = true;
        if (leg.cancelled) kill(node, legId, 'cancelled');
      }
    });
    const deadlineMs = request.ringTimeoutMs + GRACE_MS;
    try {
      const reply = await node.sender.bgapi(`originate ${variables}${target} &park()`, deadlineMs);
      if (reply.ok) return leg.cancelled ? { kind: 'cancelled' } : { kind: 'answered', legId };
      if (leg.cancelled) return { kind: 'cancelled' };
      return failure(reply.text.trim().replace(/^-ERR\s*/, ''));
    } catch (error) {
      // Nobody will take this leg if it is answered later.
      kill(node, legId, 'timeout');
      throw error;
    } finally {
      stopWatching();
    }
  } finally {
    if (!made) node.legs.remove(legId);
  }
}

function kill(node: SwitchNode, legId: string, cause: HangupCause): void {
  node.sender.api(`uuid_kill ${legId} ${SWITCH_CAUSES[cause]}`, node.deadlineMs).catch(() => undefined);
}

function originateVariables(request: OriginateRequest): Map<string, string> {
  if (!(request.ringTimeoutMs >= 1000 && request.ringTimeoutMs <= 120_000)) {
    throw new CodedError('request.invalid', { field: 'ringTimeoutMs', reason: 'range' });
  }
  if (!/^[+*#0-9A-Za-z._-]{0,64}$/.test(request.callerNumber)) {
    throw new CodedError('request.invalid', { field: 'callerNumber' });
  }
  const variables = new Map([
    ['origination_uuid', request.legId],
    ['originate_timeout', String(Math.ceil(request.ringTimeoutMs / 1000))],
    ['ignore_early_media', 'true'],
    ['origination_caller_id_number', request.callerNumber],
    ['origination_caller_id_name', displayName(request.callerName ?? request.callerNumber)],
    ['hangup_after_bridge', 'false'],
    ['playback_terminators', 'none'],
  ]);
  for (const [name, value] of checkTags(request)) variables.set(name, value);
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    if (!/^X-[A-Za-z0-9-]{1,62}$/.test(name))
      throw new CodedError('request.invalid', { field: 'headers', reason: 'name' });
    variables.set(`sip_h_${name}`, value);
  }
  return variables;
}

function failure(rawCause: string): OriginateOutcome {
  const cause = causeOf(rawCause);
  switch (cause) {
    case 'busy':
    case 'no-answer':
    case 'rejected':
    case 'unregistered':
    case 'cancelled':
      return { kind: cause };
    default:
      return { kind: 'failed', rawCause };
  }
}
