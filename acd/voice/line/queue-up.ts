import { isCoded } from '../../../config/errors.ts';
import type { Requirement } from '../../engine/index.ts';
import type { LeftQueue, QueueRequest, QueueUpOutcome } from '../../flows/index.ts';
import type { Call } from '../call.ts';
import { endCall } from '../end-call.ts';
import type { VoiceRoom } from '../room.ts';
import { enterStage } from '../stage.ts';
import { rejectionOf } from '../tell-routing.ts';
import { openStay } from './live-stay.ts';

const BUSY: LeftQueue = { kind: 'left', way: 'busy', outcome: 'withdrawn' };

/** Puts the call into the engine's hands, or finds it there already (after a restart, or when it comes back to its queue). */
export async function queueUp(room: VoiceRoom, call: Call, request: QueueRequest): Promise<QueueUpOutcome> {
  if (call.stage === 'over') return { kind: 'gone' };
  call.stay?.settle({ kind: 'gone' });
  const stay = openStay(room, call);
  call.stay = stay;
  if (request.reason) {
    call.reason = request.reason;
    room.records.update(call.contactId, { reason: request.reason[call.language] });
  }
  if (!room.routing.contact(call.contactId)) {
    const outcome = await enqueue(room, call, request);
    if (outcome) {
      if (call.stay === stay) call.stay = undefined;
      return outcome;
    }
  }
  if (hasGone(call)) return { kind: 'gone' };
  if (!stay.ended && !call.agent) {
    enterStage(room, call, 'waiting', {
      timeoutMs: room.settings.waitTimeoutMs,
      onTimeout: () => endCall(room, call, { outcome: 'timed-out', cause: 'waited-too-long' }),
    });
  }
  return { kind: 'waiting', stay };
}

function hasGone(call: Call): boolean {
  return call.stage === 'over';
}

/** Enters the queue. While routing is away the caller is kept and it is tried a few times; then the flow's own way is taken. */
async function enqueue(room: VoiceRoom, call: Call, request: QueueRequest): Promise<QueueUpOutcome | undefined> {
  const skills = Object.entries(request.skills);
  const requirement: Requirement | undefined =
    skills.length === 0 ? undefined : { and: skills.map(([skill, min]) => ({ skill, min })) };
  for (let attempt = 0; attempt <= room.settings.busyRetries; attempt++) {
    if (hasGone(call)) return { kind: 'gone' };
    try {
      const effects = await room.routing.submit({
        type: 'contact-enqueued',
        contactId: call.contactId,
        queueId: request.queueId,
        channel: 'voice',
        priority: request.priority,
        customer: call.callerNumber,
        ...(requirement ? { requirement } : {}),
        ...(call.tier === undefined ? {} : { segment: call.tier }),
        ...(request.preferredAgentIds.length === 0
          ? {}
          : { preferred: { agentIds: request.preferredAgentIds, waitMs: request.preferredForMs } }),
      });
      const rejection = rejectionOf(effects);
      if (rejection !== undefined) {
        room.log.error(
          { contactId: call.contactId, queueId: request.queueId, rejection },
          'the engine did not take the call',
        );
        return BUSY;
      }
      return undefined;
    } catch (error) {
      if (!isCoded(error) || !error.retryable) throw error;
      room.log.warn({ contactId: call.contactId, code: error.code }, 'routing takes no new call now');
      if (attempt < room.settings.busyRetries) {
        await new Promise<void>((resolve) => void room.clock.after(room.settings.busyRetryMs, resolve));
      }
    }
  }
  return BUSY;
}
