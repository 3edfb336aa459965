import { CodedError, isCoded } from '../../../config/errors.ts';
import type { CallControl, CallEvent } from '../../../switch/index.ts';
import type { Flow } from '../../flows/index.ts';
import { newCall } from '../call.ts';
import { knowLeg, ROLE_OF_PART } from '../legs.ts';
import { letGoWithSentence } from '../let-go.ts';
import type { KnownCustomer } from '../ports.ts';
import type { VoiceRoom } from '../room.ts';
import { touch } from '../stage.ts';
import { startFlow } from '../start-flow.ts';
import { askLater } from '../switch-faults.ts';

export type Arrived = Pick<
  Extract<CallEvent, { kind: 'arrived' }>,
  'legId' | 'atMs' | 'callerNumber' | 'callerName' | 'dialedNumber' | 'fromUser'
>;

/** Somebody calls: a contact is made and the flow of the dialled number starts. */
export async function onArrived(room: VoiceRoom, control: CallControl, event: Arrived): Promise<void> {
  if (room.legs.has(event.legId) || room.leaving.has(event.legId)) return;
  const flow = room.flows.byNumber(event.dialedNumber);
  if (flow && room.draining && room.settings.switchIsShared && room.routing.hasStandby()) {
    room.log.info({ legId: event.legId }, 'a new caller is left to the server that takes over');
    return;
  }
  if (!flow || room.draining) {
    room.log.info(
      { legId: event.legId, fromPhone: event.fromUser !== undefined },
      'call to a number without a flow, refused',
    );
    await letGoWithSentence(
      room,
      control,
      event.legId,
      flow ? 'system-busy' : 'not-allowed',
      flow ? 'failed' : 'unallocated',
    );
    return;
  }
  const contactId = room.newId();
  // Known at once, so that a hang-up while the database is asked finds the call.
  room.legs.set(event.legId, { contactId, part: 'caller' });
  const callerNumber =
    (event.fromUser === undefined ? undefined : room.directory.numberOfGuest?.(event.fromUser)) ?? event.callerNumber;
  const customer = await customerOf(room, event, callerNumber, flow);
  if (!room.legs.has(event.legId)) return;
  if (!customer) {
    room.legs.delete(event.legId);
    if (await isTakenBySuccessor(room, control, event.legId)) return;
    await letGoWithSentence(room, control, event.legId, 'system-busy', 'failed');
    return;
  }
  begin(room, control, { ...event, callerNumber }, flow, contactId, customer);
}

function begin(
  room: VoiceRoom,
  control: CallControl,
  event: Arrived,
  flow: Flow,
  contactId: string,
  customer: KnownCustomer,
): void {
  const call = newCall({
    contactId,
    control,
    direction: 'inbound',
    callerNumber: event.callerNumber,
    dialedNumber: event.dialedNumber,
    fromUser: event.fromUser,
    startedAtMs: room.clock.now(),
    callerLegId: event.legId,
    customer: customer.card,
    tier: customer.tier,
    language: customer.language && flow.languages.includes(customer.language) ? customer.language : flow.language,
  });
  room.calls.set(contactId, call);
  knowLeg(room, call, event.legId, 'caller');
  room.records.create({
    contactId,
    direction: 'inbound',
    customerId: customer.card.customerId,
    callerNumber: event.callerNumber,
    dialedNumber: event.dialedNumber,
    flowId: flow.flowId,
    node: control.node,
    startedAtMs: call.startedAtMs,
  });
  askLater(room, call, 'tag', () => control.tag(event.legId, { contactId, role: ROLE_OF_PART.caller }));
  askLater(room, call, 'answer', () => control.answer(event.legId));
  touch(room, call);
  startFlow(room, call, flow);
}

/** The customer; nobody when the database stays away, or another server may own the calls, for all of the tries. */
async function customerOf(
  room: VoiceRoom,
  event: Arrived,
  callerNumber: string,
  flow: Flow,
): Promise<KnownCustomer | undefined> {
  for (let attempt = 0; attempt <= room.settings.busyRetries; attempt++) {
    try {
      const customer = await room.records.customerOf(callerNumber, flow.language);
      if (room.routing.isOwnerCertain()) return customer;
      room.log.warn({ legId: event.legId, attempt }, 'no new contact now: another server may own the calls');
    } catch (error) {
      if (!isCoded(error) || !error.retryable) throw new CodedError('internal', { step: 'customer' }, error);
      room.log.warn({ legId: event.legId, code: error.code, attempt }, 'no new contact now: the database is away');
    }
    if (!room.legs.has(event.legId)) return undefined;
    if (attempt < room.settings.busyRetries) {
      await new Promise<void>((resolve) => void room.clock.after(room.settings.busyRetryMs, resolve));
    }
  }
  return undefined;
}

/**
 * The switch is the judge between two servers: whoever takes a caller tags the leg at once, and a successor needs less time for that than
 * our tries took. A leg without a tag is nobody's, so its caller hears why.
 */
async function isTakenBySuccessor(room: VoiceRoom, control: CallControl, legId: string): Promise<boolean> {
  if (room.routing.isOwnerCertain()) return false;
  try {
    const leg = (await control.listLegs()).find((one) => one.legId === legId);
    if (leg && leg.contactId === undefined) return false;
    room.log.warn({ legId }, 'another server has this caller');
    return true;
  } catch (error) {
    room.log.warn({ legId, err: error }, 'the switch could not be asked what is there');
    return false;
  }
}
