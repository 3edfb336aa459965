import type { CallerView, DeskContact, LiveContact, LocalName } from '../api/contract/index.ts';
import type { Call, ConsultPart } from './call.ts';
import type { VoiceRoom } from './room.ts';
import { agentsOf, isAsked } from './stage.ts';
import { WRAP_UP_EXTENSIONS } from './verbs/wrap-up.ts';

/** What pages show of the calls that are up, assembled from memory when it is asked for. */
export interface LiveCalls {
  /** An agent's calls, oldest first: those that ring, that they talk on, and that they wrap up. Numbers are whole: masking is the reader's business. */
  deskContacts(agentId: string): readonly DeskContact[];
  /** What a caller's page shows; nothing for a call that is not known. */
  callerView(contactId: string): CallerView | undefined;
  /** The call that came from a registered phone, e.g. of the caller page. */
  contactOfPhone(user: string): string | undefined;
  /** The contact to which an offer belongs. */
  contactOfOffer(offerId: string): string | undefined;
  liveContact(contactId: string): LiveContact | undefined;
  liveContacts(): readonly LiveContact[];
  /** Agents whose desk shows the call. */
  agentsOf(contactId: string): readonly string[];
  /** Hears of every change: which contact, and whose desks it concerns. Returns how to stop. */
  onChange(listener: (contactId: string, agentIds: readonly string[]) => void): () => void;
}

export function createLiveCalls(room: VoiceRoom): LiveCalls {
  return {
    deskContacts: (agentId) =>
      [...room.calls.values()]
        .flatMap((call) => deskContactsOf(room, call, agentId))
        .sort((a, b) => a.sinceMs - b.sinceMs),
    callerView: (contactId) => {
      const call = room.calls.get(contactId);
      if (call) return callerViewOf(room, call);
      return room.ended.has(contactId) ? { phase: 'ended', choices: [] } : undefined;
    },
    contactOfPhone: (user) => {
      const up = [...room.calls.values()].reverse().find((call) => call.fromUser === user);
      return up?.contactId ?? [...room.ended].reverse().find(([, phone]) => phone === user)?.[0];
    },
    contactOfOffer: (offerId) => [...room.calls.values()].find((call) => call.offers.has(offerId))?.contactId,
    liveContact: (contactId) => {
      const call = room.calls.get(contactId);
      return call && liveContactOf(room, call);
    },
    liveContacts: () => [...room.calls.values()].map((call) => liveContactOf(room, call)),
    agentsOf: (contactId) => {
      const call = room.calls.get(contactId);
      return call ? agentsOf(call) : [];
    },
    onChange: (listener) => room.changes.onChange(listener),
  };
}

function deskContactsOf(room: VoiceRoom, call: Call, agentId: string): readonly DeskContact[] {
  const common = commonOf(room, call);
  const offer = [...call.offers.values()].find((one) => one.agentId === agentId);
  const wrapUp = call.wrapUps.get(agentId);
  const { agent, consult } = call;
  if (agent?.agentId === agentId) {
    const { heldSinceMs } = agent;
    const held = call.stage === 'talking' && heldSinceMs !== undefined;
    const state = held ? 'held' : call.stage === 'talking' ? 'talking' : 'connecting';
    return [
      {
        ...common,
        state,
        sinceMs: held
          ? heldSinceMs
          : call.stage === 'talking'
            ? (agent.connectedAtMs ?? call.stageSinceMs)
            : call.stageSinceMs,
        ...(agent.connectedAtMs === undefined ? {} : { talkStartedAtMs: agent.connectedAtMs }),
        ...(consult ? { consult: consultOf(room, consult) } : {}),
      },
    ];
  }
  if (offer) {
    const terms = { offer: { offerId: offer.offerId, expiresAtMs: offer.expiresAtMs } };
    return [{ ...common, ...terms, state: offer.answered ? 'connecting' : 'ringing', sinceMs: offer.offeredAtMs }];
  }
  if (consult && agent && isAsked(call, agentId)) {
    const askedBy = { agentId: agent.agentId, name: nameOf(room, agent.agentId), state: consult.state };
    const ringing = consult.state === 'ringing';
    return [
      {
        ...common,
        askedBy,
        state: ringing ? 'ringing' : 'talking',
        sinceMs: consult.sinceMs,
        ...(ringing ? {} : { talkStartedAtMs: consult.sinceMs }),
      },
    ];
  }
  if (!wrapUp) return [];
  return [
    {
      ...common,
      recording: 'off',
      state: 'wrap-up',
      sinceMs: wrapUp.startedAtMs,
      ...(wrapUp.talkStartedAtMs === undefined ? {} : { talkStartedAtMs: wrapUp.talkStartedAtMs }),
      wrapUp: {
        endsAtMs: wrapUp.endsAtMs,
        extensionsLeft: Math.max(0, WRAP_UP_EXTENSIONS - wrapUp.extensions),
        notes: wrapUp.notes,
        ...(wrapUp.dispositionId === undefined ? {} : { dispositionId: wrapUp.dispositionId }),
      },
    },
  ];
}

const nameOf = (room: VoiceRoom, agentId: string) => room.directory.agent(agentId)?.displayName ?? '';

function consultOf(room: VoiceRoom, { state, target, sinceMs }: ConsultPart): DeskContact['consult'] {
  return { state, sinceMs, name: target.kind === 'number' ? target.number : nameOf(room, target.agentId) };
}

function commonOf(room: VoiceRoom, call: Call): Omit<DeskContact, 'state' | 'sinceMs'> {
  const queueName: LocalName | undefined =
    call.queueId === undefined ? undefined : room.directory.queueName(call.queueId);
  const waitEndMs = call.agent?.sinceMs ?? call.answeredAtMs ?? call.endedAtMs ?? room.clock.now();
  const paused = call.recording?.pauses.some((pause) => pause.toMs === undefined);
  return {
    contactId: call.contactId,
    channel: 'voice',
    customer: call.customer,
    callerNumber: call.callerNumber,
    path: [...call.path],
    waitedMs: call.enqueuedAtMs === undefined ? 0 : Math.max(0, waitEndMs - call.enqueuedAtMs),
    recording: !call.recording ? 'off' : paused ? 'paused' : 'on',
    phoneCallKey: call.contactId,
    consulting: call.consult !== undefined,
    ...(call.queueId === undefined ? {} : { queueId: call.queueId }),
    ...(queueName ? { queueName } : {}),
    ...(call.reason ? { reason: call.reason } : {}),
  };
}

function callerViewOf(room: VoiceRoom, call: Call): CallerView {
  const choices = call.choices.map(({ digit, label }) => ({ digit, label }));
  const agentName = call.agent && room.directory.agent(call.agent.agentId)?.displayName;
  const position = call.stage === 'waiting' ? room.routing.position(call.contactId) : undefined;
  const range = call.stage === 'waiting' ? call.announcedRange : undefined;
  return {
    phase: phaseOf(call),
    choices,
    ...(position === undefined ? {} : { position }),
    ...(range ? { waitRangeMs: { from: range.fromMs, to: range.toMs } } : {}),
    ...(agentName === undefined || call.stage === 'over' ? {} : { agentName }),
  };
}

function phaseOf(call: Call): CallerView['phase'] {
  switch (call.stage) {
    case 'flow':
      if (call.recording?.kind === 'voicemail') return 'voicemail';
      return 'menu';
    case 'waiting':
      return call.offers.size > 0 ? 'ringing-agent' : 'waiting';
    case 'connecting':
      return 'ringing-agent';
    case 'talking':
      return call.agent?.heldSinceMs === undefined ? 'talking' : 'held';
    case 'agent-lost':
      return 'held';
    case 'outside':
      return 'talking';
    case 'over':
      return 'ended';
  }
}

function liveContactOf(room: VoiceRoom, call: Call): LiveContact {
  const view = room.routing.contact(call.contactId);
  const position = room.routing.position(call.contactId);
  const agentId = call.agent?.agentId ?? [...call.offers.values()][0]?.agentId ?? [...call.wrapUps.keys()][0];
  return {
    contactId: call.contactId,
    channel: 'voice',
    state: liveStateOf(call),
    sinceMs: call.stageSinceMs,
    customerName: call.customer.displayName,
    callerNumber: call.callerNumber,
    priority: view?.priority ?? 0,
    ...(call.queueId === undefined ? {} : { queueId: call.queueId }),
    ...(agentId === undefined ? {} : { agentId }),
    ...(position === undefined ? {} : { position }),
  };
}

function liveStateOf(call: Call): LiveContact['state'] {
  if (call.stage === 'over') return 'wrap-up';
  if (call.stage === 'waiting') return call.offers.size > 0 ? 'offered' : 'waiting';
  return call.stage === 'flow' ? 'flow' : 'handling';
}
