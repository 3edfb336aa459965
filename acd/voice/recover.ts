import type { LegSnapshot } from '../../switch/index.ts';
import type { ContactView } from '../engine/index.ts';
import { onAgentLost } from './agent-lost.ts';
import { backToQueue } from './back-to-queue.ts';
import { type AgentPart, type Call, newCall } from './call.ts';
import { closeIfDone } from './close-call.ts';
import { connectAgent } from './connect-agent.ts';
import { endCall } from './end-call.ts';
import { dropLeg, knowLeg } from './legs.ts';
import type { OpenContactRecord, VoiceAgent } from './ports.ts';
import { storeRecording } from './recording.ts';
import type { VoiceRoom } from './room.ts';
import { type SavedCall, savedCallSchema } from './saved-call.ts';
import { enterStage } from './stage.ts';
import { startFlow } from './start-flow.ts';
import { tellRouting } from './tell-routing.ts';
import { waitInQueue } from './wait-in-queue.ts';

/**
 * Makes the calls of the last process anew from the database. What is really there is looked at by the audit that follows on each switch
 * ({@link resumeCall}).
 */
export async function recoverCalls(room: VoiceRoom): Promise<void> {
  for (const record of await room.records.openContacts()) {
    if (room.calls.has(record.contactId)) continue;
    const control = room.controls.find((one) => one.node === record.node) ?? room.controls[0];
    const saved = savedCallSchema.safeParse(record.saved);
    if (!control) return;
    const call = rebuild(record, control, saved.success ? saved.data : undefined);
    room.calls.set(call.contactId, call);
    room.unresumed.add(call.contactId);
  }
  room.log.info({ calls: room.unresumed.size }, 'calls of the last run found in the database');
}

function rebuild(record: OpenContactRecord, control: Call['control'], saved: SavedCall | undefined): Call {
  const call = newCall({
    contactId: record.contactId,
    control,
    direction: record.direction,
    callerNumber: record.callerNumber,
    dialedNumber: record.dialedNumber,
    fromUser: saved?.fromUser,
    startedAtMs: record.startedAtMs,
    callerLegId: saved?.callerLegId,
    customer: record.customer.card,
    tier: saved?.tier ?? record.customer.tier,
    language: saved?.language ?? record.customer.language ?? 'zh-CN',
  });
  if (record.ended) call.stage = 'over';
  if (!saved) return call;
  call.stage = record.ended ? 'over' : saved.stage;
  call.stageSinceMs = saved.stageSinceMs;
  call.flow = saved.flow;
  call.path.push(...saved.path.map(({ value, ...step }) => ({ ...step, ...(value === undefined ? {} : { value }) })));
  call.reason = saved.reason;
  call.queueId = saved.queueId;
  call.enqueuedAtMs = saved.enqueuedAtMs;
  call.recordingParts = saved.recordingParts;
  call.outsideLegId = saved.outsideLegId;
  call.routedOutcome = saved.routedOutcome;
  call.flowOutcome = saved.flowOutcome;
  call.answeredAtMs = saved.answeredAtMs;
  call.endedAtMs = saved.endedAtMs;
  call.callback = saved.callback;
  for (const agentId of saved.handledBy) call.handledBy.add(agentId);
  if (saved.agent) {
    const { connectedAtMs, heldSinceMs, ...agent } = saved.agent;
    call.agent = { ...agent, connectedAtMs, heldSinceMs, phoneChanged: false, reattaching: false };
    if (connectedAtMs !== undefined) call.talkStartedAtMs.set(agent.agentId, connectedAtMs);
  }
  if (saved.recording) {
    const pauses = saved.recording.pauses.map(({ fromMs, toMs }) => ({
      fromMs,
      ...(toMs === undefined ? {} : { toMs }),
    }));
    call.recording = { ...saved.recording, pauses };
  }
  for (const { dispositionId, talkStartedAtMs, ...wrapUp } of saved.wrapUps)
    call.wrapUps.set(wrapUp.agentId, { ...wrapUp, dispositionId, talkStartedAtMs });
  return call;
}

/** Goes on with a call of the last run: `legs` are those that the switch really has of it. */
export function resumeCall(room: VoiceRoom, call: Call, legs: readonly LegSnapshot[]): void {
  const { contactId } = call;
  const view = room.routing.contact(contactId);
  const repair = (text: string) =>
    room.log.warn({ contactId, stage: call.stage, routing: view?.state }, `repair: ${text}`);
  if (call.stage === 'over') {
    resumeWrapUps(room, call);
    return;
  }
  if (view?.state === 'callback-dialling') {
    resumeDialling(room, call, view, legs, repair);
    return;
  }
  const caller = legs.find((leg) => leg.legId === call.callerLegId) ?? legs.find((leg) => leg.role === 'caller');
  if (!caller) {
    call.callerLegId = undefined;
    if (call.callback && view) return;
    repair('the caller hung up while we were away');
    finishOldRecording(room, call);
    endCall(room, call, { outcome: 'abandoned', cause: 'gone-while-away' });
    return;
  }
  call.callerLegId = caller.legId;
  knowLeg(room, call, caller.legId, 'caller');
  if (view?.state === 'handling' && view.agentId !== undefined)
    resumeTalk(room, call, view.agentId, view, caller, legs, repair);
  else if (view) resumeWaiting(room, call, view, legs, repair);
  else resumeFlow(room, call, legs, repair);
  for (const leg of legs) {
    if (room.legs.has(leg.legId)) continue;
    repair('a leg of this contact is not needed any more, hung up');
    dropLeg(room, call, leg.legId);
  }
}

type Repair = (text: string) => void;

/** Nobody heard what became of the customer's leg. Without one the dialling may still be to come, or ends by the engine's own time. */
function resumeDialling(
  room: VoiceRoom,
  call: Call,
  view: ContactView,
  legs: readonly LegSnapshot[],
  repair: Repair,
): void {
  const { contactId } = call;
  const customer = legs.find((leg) => leg.role === 'caller');
  if (customer && !customer.answered) {
    repair('a callback was being dialled, this attempt is over');
    dropLeg(room, call, customer.legId, 'cancelled');
    void tellRouting(room, call, { type: 'callback-attempted', contactId, result: 'failed' });
    return;
  }
  const agent = reservedAgent(room, call, view, legs);
  if (!customer) return;
  repair('the customer of a callback has answered');
  call.callerLegId = customer.legId;
  call.callback = undefined;
  knowLeg(room, call, customer.legId, 'caller');
  void tellRouting(room, call, { type: 'callback-attempted', contactId, result: 'answered' }).then(() => {
    if (call.callerLegId === undefined) return;
    // An agent who is not there any more is found out by the assignment.
    if (agent) void connectAgent(room, call, agent);
    else if (view.agentId === undefined) waitInQueue(room, call, call.queueId);
  });
}

/** The agent who waits on the phone for the customer. */
function reservedAgent(
  room: VoiceRoom,
  call: Call,
  view: ContactView,
  legs: readonly LegSnapshot[],
): AgentPart | undefined {
  const leg = legs.find((one) => one.role === 'agent' && one.answered);
  const person = view.agentId === undefined ? undefined : room.directory.agent(view.agentId);
  if (!leg || !person) return undefined;
  knowLeg(room, call, leg.legId, 'agent');
  call.agent = newAgentPart(room, person, view.queueId, leg.legId);
  call.handledBy.add(person.agentId);
  return call.agent;
}

function newAgentPart(room: VoiceRoom, person: VoiceAgent, queueId: string, legId: string): AgentPart {
  return {
    agentId: person.agentId,
    phoneUser: person.phoneUser,
    queueId,
    legId,
    sinceMs: room.clock.now(),
    connectedAtMs: undefined,
    heldSinceMs: undefined,
    phoneChanged: false,
    reattaching: false,
  };
}

function resumeTalk(
  room: VoiceRoom,
  call: Call,
  agentId: string,
  view: ContactView,
  caller: LegSnapshot,
  legs: readonly LegSnapshot[],
  repair: Repair,
): void {
  const isAgent = (leg: LegSnapshot) => leg.role === 'agent' && leg.answered;
  const leg =
    legs.find((one) => one.legId === call.agent?.legId) ??
    legs.find((one) => isAgent(one) && one.bridgedTo === caller.legId) ??
    legs.find(isAgent);
  const person = room.directory.agent(agentId);
  const known = call.agent?.agentId === agentId ? call.agent : undefined;
  if (!person || (!leg && !known)) {
    repair('the agent is not there, the caller goes back to the queue');
    finishOldRecording(room, call);
    backToQueue(room, call, agentId, 'restart');
    return;
  }
  const agent = known ?? newAgentPart(room, person, view.queueId, leg?.legId ?? '');
  call.agent = agent;
  call.handledBy.add(agentId);
  if (!leg) {
    repair('the agent’s phone is gone');
    finishOldRecording(room, call);
    agent.phoneChanged = true;
    onAgentLost(room, call, agent, 'restart');
    return;
  }
  agent.legId = leg.legId;
  knowLeg(room, call, leg.legId, 'agent');
  if (caller.bridgedTo === leg.legId && agent.connectedAtMs !== undefined) {
    room.log.info({ contactId: call.contactId }, 'conversation goes on');
    enterStage(room, call, 'talking');
    return;
  }
  repair('caller and agent are not joined yet');
  finishOldRecording(room, call);
  void connectAgent(room, call, agent);
}

function resumeWaiting(
  room: VoiceRoom,
  call: Call,
  view: ContactView,
  legs: readonly LegSnapshot[],
  repair: Repair,
): void {
  finishOldRecording(room, call);
  call.agent = undefined;
  for (const offer of view.offers) {
    repair('an offer of the last run is taken back and made anew');
    void tellRouting(room, call, { type: 'offer-withdrawn', offerId: offer.offerId });
  }
  for (const leg of legs) if (leg.role === 'agent') dropLeg(room, call, leg.legId, 'cancelled');
  call.stage = 'flow';
  waitInQueue(room, call, view.queueId);
}

function resumeFlow(room: VoiceRoom, call: Call, legs: readonly LegSnapshot[], repair: Repair): void {
  const outside = legs.find((leg) => leg.role === 'outside' && leg.answered);
  if (outside) {
    call.outsideLegId = outside.legId;
    knowLeg(room, call, outside.legId, 'outside');
    enterStage(room, call, 'outside');
    return;
  }
  finishOldRecording(room, call);
  call.agent = undefined;
  call.outsideLegId = undefined;
  const flow = (call.flow && room.flows.byId(call.flow.flowId)) ?? room.flows.byNumber(call.dialedNumber);
  if (!flow || call.answeredAtMs !== undefined) {
    repair('nothing is left to be done for this caller');
    endCall(room, call, { outcome: 'withdrawn', cause: 'restart' });
    return;
  }
  const position = call.flow && flow.nodes[call.flow.nodeId] ? call.flow : undefined;
  startFlow(room, call, flow, position);
}

function resumeWrapUps(room: VoiceRoom, call: Call): void {
  for (const agentId of [...call.wrapUps.keys()]) {
    const work = room.routing.agent(agentId)?.work.find((one) => one.contactId === call.contactId);
    if (work?.state !== 'wrap-up') call.wrapUps.delete(agentId);
  }
  finishOldRecording(room, call);
  closeIfDone(room, call, false);
}

/** The switch went on recording without us, or not: what is on the disk is looked at. */
function finishOldRecording(room: VoiceRoom, call: Call): void {
  const { recording } = call;
  if (!recording) return;
  call.recording = undefined;
  const stop = call.control.stopRecording(
    recording.legId,
    `${room.settings.switchRecordingsDir.replace(/\/$/, '')}/${recording.path}`,
  );
  void stop
    .catch(() => undefined)
    .then(() => storeRecording(room, call.contactId, recording, room.clock.now()))
    .catch((error: unknown) =>
      room.log.error({ contactId: call.contactId, err: error }, 'recording could not be stored'),
    );
}

/** Voice contacts that routing still has and nobody else knows: they end. */
export async function endOrphansOfRouting(room: VoiceRoom): Promise<void> {
  for (const contactId of room.routing.contactIds()) {
    const view = room.routing.contact(contactId);
    if (!view || room.calls.has(contactId) || (view.channel !== 'voice' && view.channel !== 'callback')) continue;
    room.log.warn({ contactId, state: view.state }, 'repair: routing has a call that is not there, ended');
    const event =
      view.state === 'handling' && view.agentId !== undefined
        ? ({ type: 'assignment-ended', contactId, agentId: view.agentId, then: 'end' } as const)
        : ({ type: 'contact-abandoned', contactId } as const);
    await room.routing.submit(event).catch((error: unknown) => {
      room.log.error({ contactId, err: error }, 'routing did not take the end of a call');
    });
  }
}
