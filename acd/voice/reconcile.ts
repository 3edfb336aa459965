import type { CallControl, LegId, LegSnapshot } from '../../switch/index.ts';
import type { Call } from './call.ts';
import { talk } from './connect-agent.ts';
import { onArrived } from './events/arrived.ts';
import { legEnded } from './events/hung-up.ts';
import { ROLE_OF_PART } from './legs.ts';
import { resumeCall } from './recover.ts';
import type { LegPart, VoiceRoom } from './room.ts';
import { askSwitch } from './switch-faults.ts';

/** Why the comparison is made. In the regular one events may still be under way, so young legs are left alone. */
export type AuditReason = 'link-restored' | 'start' | 'regular' | 'parked';

/** A leg younger than this may still be announced by an event, ms. */
const YOUNG_MS = 5_000;

/** Legs that a regular audit missed once: they count as gone the second time. */
const missedOnce = new WeakMap<VoiceRoom, Set<LegId>>();

/**
 * Compares what is on the switch with what we believe and repairs the difference, each repair with a line in the log that says why.
 */
export async function auditSwitch(
  room: VoiceRoom,
  control: CallControl,
  legs: readonly LegSnapshot[],
  why: AuditReason,
): Promise<void> {
  const there = new Map(legs.map((leg) => [leg.legId, leg]));
  for (const call of [...room.calls.values()]) {
    if (call.control !== control) continue;
    if (room.unresumed.delete(call.contactId)) {
      resumeCall(
        room,
        call,
        legs.filter((leg) => leg.contactId === call.contactId || leg.legId === call.callerLegId),
      );
    } else {
      endMissingLegs(room, call, there, why);
      if (why !== 'regular') await joinAgain(room, call, there);
    }
  }
  for (const [legId, where] of room.leaving) if (where === control && !there.has(legId)) room.leaving.delete(legId);
  const contacts = new Set(legs.map((leg) => leg.contactId));
  for (const [id, where] of room.forsaken) if (where === control && !contacts.has(id)) room.forsaken.delete(id);
  // Who came first is taken first, one after the other: they have waited, and may not overtake each other now.
  let arrivals = Promise.resolve();
  for (const leg of [...legs].sort((a, b) => a.createdAtMs - b.createdAtMs)) {
    if (room.legs.has(leg.legId) || room.leaving.has(leg.legId)) continue;
    const take = handleStray(room, control, leg, why);
    if (take) arrivals = arrivals.then(take);
  }
}

function endMissingLegs(room: VoiceRoom, call: Call, there: ReadonlyMap<LegId, LegSnapshot>, why: AuditReason): void {
  for (const [legId, part] of answeredLegs(call)) {
    if (there.has(legId)) {
      missedOnce.get(room)?.delete(legId);
      continue;
    }
    if (why === 'regular' && !missedBefore(room, legId)) continue;
    room.log.warn({ contactId: call.contactId, legId, part, why }, 'repair: a leg ended and we were not told');
    room.legs.delete(legId);
    legEnded(room, call, part, legId, 'failed');
    if (call.stage === 'over') return;
  }
}

function missedBefore(room: VoiceRoom, legId: LegId): boolean {
  const missed = missedOnce.get(room) ?? new Set<LegId>();
  missedOnce.set(room, missed);
  if (missed.delete(legId)) return true;
  missed.add(legId);
  return false;
}

/** The caller first: without one nothing else needs repair. */
function answeredLegs(call: Call): readonly (readonly [LegId, LegPart])[] {
  const legs: [LegId, LegPart][] = [];
  if (call.callerLegId !== undefined) legs.push([call.callerLegId, 'caller']);
  // While a blind transfer rings outside, the agent's phone was let go on purpose.
  const isTransferred = call.outsideLegId !== undefined && call.stage === 'talking';
  if (call.agent && !call.agent.reattaching && call.stage !== 'agent-lost' && !isTransferred)
    legs.push([call.agent.legId, 'agent']);
  for (const offer of call.offers.values()) if (offer.answered) legs.push([offer.legId, 'offer']);
  if (call.outsideLegId !== undefined && call.stage === 'outside') legs.push([call.outsideLegId, 'outside']);
  if (call.consult && call.consult.state !== 'ringing') legs.push([call.consult.legId, 'consult']);
  for (const { legId } of call.supervisors.values()) legs.push([legId, 'supervisor']);
  return legs;
}

/** Caller and agent are both there but do not hear each other any more. */
async function joinAgain(room: VoiceRoom, call: Call, there: ReadonlyMap<LegId, LegSnapshot>): Promise<void> {
  const { agent, callerLegId } = call;
  if (
    call.stage !== 'talking' ||
    !agent ||
    callerLegId === undefined ||
    call.consult ||
    agent.heldSinceMs !== undefined
  )
    return;
  const caller = there.get(callerLegId);
  if (!caller || !there.has(agent.legId) || caller.bridgedTo === agent.legId) return;
  room.log.warn({ contactId: call.contactId }, 'repair: caller and agent were apart, joined again');
  const outcome = await askSwitch(room, call, 'bridge', () => call.control.bridge(callerLegId, agent.legId));
  if (outcome?.kind === 'bridged' && call.agent === agent) talk(room, call, agent);
}

/** Repairs a leg that we do not know. Answers how to take it when it is a caller. */
function handleStray(
  room: VoiceRoom,
  control: CallControl,
  leg: LegSnapshot,
  why: AuditReason,
): (() => Promise<void>) | undefined {
  const isYoung = why === 'regular' && room.clock.now() - leg.createdAtMs < YOUNG_MS;
  if (isYoung) return undefined;
  if (leg.role !== undefined && !Object.values(ROLE_OF_PART).includes(leg.role)) return undefined;
  // Perhaps a successor's leg. Should there be none, the next comparison with a certain lease finds it.
  if (leg.contactId !== undefined && !room.routing.isOwnerCertain()) return undefined;
  if (mayFinish(room, leg)) return undefined;
  const isCaller = leg.direction === 'inbound' && (leg.role === undefined || leg.role === ROLE_OF_PART.caller);
  if (!isCaller) {
    if (leg.contactId !== undefined || leg.role !== undefined) hangUpStray(room, control, leg, why);
    return undefined;
  }
  if (leg.contactId === undefined && leg.bridgedTo !== undefined) return undefined;
  return () => takeOrEndStrayCaller(room, control, leg, why);
}

/** People who talked on through an outage for which their contact was given up are not cut off. Their legs go when one of them hangs up. */
function mayFinish(room: VoiceRoom, leg: LegSnapshot): boolean {
  if (leg.contactId === undefined || !room.forsaken.has(leg.contactId) || leg.bridgedTo === undefined) return false;
  if (!room.finishing.has(leg.legId)) {
    room.finishing.add(leg.legId);
    room.log.warn(
      { contactId: leg.contactId, legId: leg.legId },
      'repair: people of an ended contact still talk, they may finish',
    );
  }
  return true;
}

function hangUpStray(room: VoiceRoom, control: CallControl, leg: LegSnapshot, why: AuditReason): void {
  const { legId, role, contactId } = leg;
  room.log.warn({ contactId, legId, role, why }, 'repair: a leg that nobody needs is hung up');
  control.hangUp(legId, 'normal').catch((error: unknown) => {
    room.log.warn({ legId, err: error }, 'a leg that nobody needs could not be hung up');
  });
}

/** A caller whom nobody here knows is served from the beginning; one whose contact is over is let go. */
async function takeOrEndStrayCaller(
  room: VoiceRoom,
  control: CallControl,
  leg: LegSnapshot,
  why: AuditReason,
): Promise<void> {
  const { contactId, legId } = leg;
  try {
    // Who waited through all of an outage is served anew, and not hung up on.
    const waited = contactId !== undefined && room.forsaken.has(contactId) && !room.finishing.has(legId);
    if (contactId !== undefined && !waited && (await isOver(room, contactId))) {
      hangUpStray(room, control, leg, why);
      return;
    }
    if (room.legs.has(legId)) return;
    room.log.warn({ contactId, legId, why }, 'repair: a caller arrived and we were not told');
    const { createdAtMs: atMs, callerNumber, dialedNumber, fromUser } = leg;
    const from = fromUser === undefined ? {} : { fromUser };
    await onArrived(room, control, { legId, atMs, callerNumber, dialedNumber, ...from });
  } catch (error) {
    room.log.error({ legId, err: error }, 'a caller could not be taken');
  }
}

/** When the database can't say, the caller is taken: being greeted twice is better than being cut off. */
async function isOver(room: VoiceRoom, contactId: string): Promise<boolean> {
  if (room.calls.has(contactId) || room.ended.has(contactId)) return true;
  return room.records.hasEnded(contactId).catch(() => false);
}

/** How long an unknown leg may take to be told of otherwise, ms. */
const UNKNOWN_LEG_GRACE_MS = 1_000;

/** A leg is parked that nobody here knows, e.g. a phone that a process rang before it died. */
export function lookAtUnknownLeg(room: VoiceRoom, control: CallControl, legId: LegId): void {
  if (room.legs.has(legId) || room.leaving.has(legId)) return;
  room.clock.after(UNKNOWN_LEG_GRACE_MS, async () => {
    if (room.legs.has(legId) || room.leaving.has(legId) || room.closing || !control.linked) return;
    try {
      const leg = (await control.listLegs()).find((one) => one.legId === legId);
      if (leg && !room.legs.has(legId)) await handleStray(room, control, leg, 'parked')?.();
    } catch (error) {
      room.log.warn({ node: control.node, err: error }, 'the switch could not be asked what is there');
    }
  });
}

/** Compares regularly, for the events that no link loss explains. Returns how to stop. */
export function auditRegularly(room: VoiceRoom): () => void {
  let stopped = false;
  let timer = room.clock.after(room.settings.auditEveryMs, () => void round());
  const round = async () => {
    for (const control of room.controls) {
      if (!room.links.isUp(control)) continue;
      try {
        await auditSwitch(room, control, await control.listLegs(), 'regular');
      } catch (error) {
        room.log.warn({ node: control.node, err: error }, 'the switch could not be asked what is there');
      }
    }
    if (!stopped) timer = room.clock.after(room.settings.auditEveryMs, () => void round());
  };
  return () => {
    stopped = true;
    timer.cancel();
  };
}
