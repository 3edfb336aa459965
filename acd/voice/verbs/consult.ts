import type { AgentPart, Call, ConsultPart } from '../call.ts';
import { COMMAND_DONE, type CommandOutcome, conflict, isOutcome, NOT_FOUND, ownCall, type Verb } from '../command.ts';
import { CONTACT_HEADER } from '../effects/offer.ts';
import { dropLeg, knowLeg, ROLE_OF_PART } from '../legs.ts';
import { stopRecording } from '../recording.ts';
import type { VoiceRoom } from '../room.ts';
import { enterStage, isAsked, touch } from '../stage.ts';
import { askLater, askSwitch } from '../switch-faults.ts';
import { tellRouting } from '../tell-routing.ts';

export interface ConsultCommand {
  readonly kind: 'consult';
  readonly contactId: string;
  readonly agentId: string;
  readonly target: ConsultPart['target'];
}
/** `complete`: the second party keeps the caller. `conference`: all three together. `cancel`: back to the caller. */
export interface ConsultEndCommand {
  readonly kind: 'consult-complete' | 'consult-conference' | 'consult-cancel';
  readonly contactId: string;
  readonly agentId: string;
}

/** SIP header by which a page knows that its phone rings for a question, not for a contact of its own. */
export const CONSULT_HEADER = 'X-Tandem-Consult';

/** Rings a second party and lets the agent talk to them while the caller hears music. */
export const consultVerb: Verb<ConsultCommand> = {
  kind: 'consult',
  async run(room, command) {
    const own = ownCall(room, command);
    if (isOutcome(own)) return own;
    const { call, agent } = own;
    if (call.consult) return conflict('already-consulting');
    if (call.offers.size > 0) return conflict('already-being-transferred');
    const { target } = command;
    if (target.kind === 'agent' && target.agentId === agent.agentId) return conflict('to-oneself');
    if (target.kind === 'agent' && isOnACall(room, target.agentId)) return conflict('target-is-busy');
    const person = target.kind === 'agent' ? room.directory.agent(target.agentId) : undefined;
    if (target.kind === 'agent' && !person) return NOT_FOUND;
    const consult: ConsultPart = {
      legId: room.newId(),
      target,
      state: 'ringing',
      sinceMs: room.clock.now(),
      phoneChanged: false,
    };
    call.consult = consult;
    knowLeg(room, call, consult.legId, 'consult');
    agent.heldSinceMs ??= room.clock.now();
    askLater(room, call, 'hold', () => call.control.hold(agent.legId));
    room.records.phase(call.contactId, 'hold', room.clock.now());
    touch(room, call);
    void ring(room, call, agent, consult, person?.phoneUser);
    return COMMAND_DONE;
  },
};

/** True while the agent's phone rings or talks, for a contact of their own or for a question. */
function isOnACall(room: VoiceRoom, agentId: string): boolean {
  return [...room.calls.values()].some(
    (call) => call.agent?.agentId === agentId || isAsked(call, agentId) || isOffered(call, agentId),
  );
}

const isOffered = (call: Call, agentId: string) => [...call.offers.values()].some((one) => one.agentId === agentId);

async function ring(
  room: VoiceRoom,
  call: Call,
  agent: AgentPart,
  consult: ConsultPart,
  phoneUser: string | undefined,
): Promise<void> {
  const { target } = consult;
  const answered = await askSwitch(room, call, 'originate', () =>
    call.control.originate({
      legId: consult.legId,
      target:
        target.kind === 'number' ? { kind: 'number', number: target.number } : { kind: 'phone', user: phoneUser ?? '' },
      ringTimeoutMs: target.kind === 'number' ? room.settings.outsideRingTimeoutMs : room.settings.innerRingTimeoutMs,
      callerNumber: room.settings.ownNumber,
      contactId: call.contactId,
      role: ROLE_OF_PART.consult,
      headers: { [CONTACT_HEADER]: call.contactId, [CONSULT_HEADER]: '1' },
    }),
  );
  const wanted = call.consult === consult && call.agent === agent && call.stage === 'talking';
  if (answered?.kind !== 'answered' || !wanted) {
    if (answered?.kind === 'answered') dropLeg(room, call, consult.legId);
    if (call.consult === consult) await backToCaller(room, call);
    return;
  }
  consult.state = 'talking';
  consult.sinceMs = room.clock.now();
  askLater(room, call, 'unhold', () => call.control.unhold(agent.legId));
  const joined = await askSwitch(room, call, 'bridge', () => call.control.bridge(agent.legId, consult.legId));
  if (joined?.kind !== 'bridged') {
    await backToCaller(room, call);
    return;
  }
  const { callerLegId } = call;
  if (callerLegId !== undefined) askLater(room, call, 'startMusic', () => call.control.startMusic(callerLegId));
  touch(room, call);
}

/** The second party is let go, and agent and caller hear each other again. */
async function backToCaller(room: VoiceRoom, call: Call): Promise<void> {
  const { consult, agent, callerLegId } = call;
  if (!consult) return;
  call.consult = undefined;
  dropLeg(room, call, consult.legId);
  if (!agent || callerLegId === undefined || call.stage !== 'talking') return;
  askLater(room, call, 'unhold', () => call.control.unhold(agent.legId));
  await askSwitch(room, call, 'bridge', () => call.control.bridge(callerLegId, agent.legId));
  agent.heldSinceMs = undefined;
  room.records.phase(call.contactId, 'talk', room.clock.now());
  touch(room, call, consult.target.kind === 'agent' ? [consult.target.agentId] : []);
}

/** The agent's phone was lost: the second party is let go without anybody to go back to. */
export function dropConsult(room: VoiceRoom, call: Call): void {
  const { consult } = call;
  call.consult = undefined;
  dropLeg(room, call, consult?.legId);
}

/** The second party's page was reloaded: its question is over, and can be asked again. */
export function consultPhoneReturned(room: VoiceRoom, call: Call, user: string): void {
  if (call.consult?.phoneChanged && isPhoneOf(room, call.consult, user)) void backToCaller(room, call);
}

export function consultPhoneLeft(room: VoiceRoom, call: Call, user: string): void {
  if (call.consult && call.consult.state !== 'ringing' && isPhoneOf(room, call.consult, user))
    call.consult.phoneChanged = true;
}

function isPhoneOf(room: VoiceRoom, { target }: ConsultPart, user: string): boolean {
  return target.kind === 'agent' && room.directory.agent(target.agentId)?.phoneUser === user;
}

/** The second party hung up. */
export function consultEnded(room: VoiceRoom, call: Call): void {
  if (call.consult) void backToCaller(room, call);
}

export const consultCancelVerb: Verb<ConsultEndCommand> = {
  kind: 'consult-cancel',
  async run(room, command) {
    const own = ownCall(room, command);
    if (isOutcome(own)) return own;
    if (own.call.consult) await backToCaller(room, own.call);
    return COMMAND_DONE;
  },
};

export const consultConferenceVerb: Verb<ConsultEndCommand> = {
  kind: 'consult-conference',
  async run(room, command) {
    const own = ownCall(room, command);
    if (isOutcome(own)) return own;
    const { call, agent } = own;
    const { consult, callerLegId } = call;
    if (consult?.state === 'conference') return COMMAND_DONE;
    if (consult?.state !== 'talking' || callerLegId === undefined) return conflict('nobody-to-join');
    consult.state = 'conference';
    consult.sinceMs = room.clock.now();
    for (const legId of [agent.legId, consult.legId, callerLegId]) {
      const joined = await call.control.joinConference(legId, call.contactId);
      if (joined.kind === 'gone') {
        await backToCaller(room, call);
        return conflict('somebody-is-gone');
      }
    }
    agent.heldSinceMs = undefined;
    room.records.phase(call.contactId, 'talk', room.clock.now());
    touch(room, call);
    return COMMAND_DONE;
  },
};

export const consultCompleteVerb: Verb<ConsultEndCommand> = {
  kind: 'consult-complete',
  async run(room, command) {
    const own = ownCall(room, command);
    if (isOutcome(own)) return own;
    const { call, agent } = own;
    const { consult } = call;
    if (!consult || consult.state === 'ringing') return conflict('nobody-to-transfer-to');
    return consult.target.kind === 'agent'
      ? toAgent(room, call, agent, consult, consult.target.agentId)
      : toNumber(room, call, agent, consult);
  },
};

/** The engine moves the contact by an attended transfer; the offer that follows finds the leg that is up already (see the offer's effect). */
async function toAgent(
  room: VoiceRoom,
  call: Call,
  agent: AgentPart,
  consult: ConsultPart,
  toAgentId: string,
): Promise<CommandOutcome> {
  const effects = await room.routing.submit({
    type: 'transferred-to-agent',
    contactId: call.contactId,
    agentId: agent.agentId,
    toAgentId,
    attended: true,
  });
  const rejected = effects.find((effect) => effect.type === 'rejected');
  if (rejected?.type === 'rejected') return conflict(rejected.reason);
  return call.consult === consult || call.agent ? COMMAND_DONE : conflict('call-is-over');
}

async function toNumber(room: VoiceRoom, call: Call, agent: AgentPart, consult: ConsultPart): Promise<CommandOutcome> {
  const { callerLegId, contactId } = call;
  if (callerLegId === undefined) return conflict('caller-is-gone');
  const joined = await call.control.bridge(callerLegId, consult.legId);
  if (joined.kind === 'gone') return conflict('somebody-is-gone');
  await stopRecording(room, call);
  call.consult = undefined;
  call.outsideLegId = consult.legId;
  knowLeg(room, call, consult.legId, 'outside');
  call.agent = undefined;
  dropLeg(room, call, agent.legId);
  room.records.segment(contactId, { kind: 'outside', atMs: room.clock.now(), why: 'transferred' });
  enterStage(room, call, 'outside');
  await tellRouting(room, call, { type: 'assignment-ended', contactId, agentId: agent.agentId, then: 'end' });
  touch(room, call, [agent.agentId]);
  return COMMAND_DONE;
}
