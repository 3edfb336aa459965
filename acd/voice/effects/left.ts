import type { EffectOf, LimitOutcome } from '../../engine/index.ts';
import type { LeftQueue, QueueWay } from '../../flows/index.ts';
import type { VoiceRoom } from '../room.ts';
import { touch } from '../stage.ts';
import { backToFlow } from '../start-flow.ts';

/** The contact left a queue. When the engine is done with it, the flow goes on where the limit leads. */
export function onLeft(room: VoiceRoom, effect: EffectOf<'contact-left'>): void {
  const call = room.calls.get(effect.contactId);
  if (!call || call.stage === 'over') return;
  touch(room, call);
  if (effect.outcome === 'answered' || effect.outcome === 'callback-taken' || effect.to?.to === 'queue') return;
  call.routedOutcome = effect.outcome;
  const { stay } = call;
  const isDone = room.routing.contact(call.contactId) === undefined;
  if (effect.to || isDone) backToFlow(room, call);
  if (effect.to) stay?.settle(leftBy(effect.outcome, effect.to));
  else if (isDone) stay?.settle({ kind: 'left', way: 'message', outcome: effect.outcome });
}

function leftBy(outcome: LeftQueue['outcome'], to: Exclude<LimitOutcome, { to: 'queue' }> | LimitOutcome): LeftQueue {
  const way: QueueWay = to.to === 'queue' ? 'message' : to.to;
  return {
    kind: 'left',
    way,
    outcome,
    ...(to.to === 'external' ? { number: to.number } : {}),
    ...(to.to === 'message' && to.prompt !== undefined ? { prompt: to.prompt } : {}),
  };
}
