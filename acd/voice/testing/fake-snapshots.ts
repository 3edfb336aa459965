import type { LegSnapshot, OriginateRequest } from '../../../switch/index.ts';
import type { FakeLeg } from './fake-leg.ts';

/** What the fake says of a leg that is up. */
export function snapshotOfLeg(leg: FakeLeg): LegSnapshot {
  return {
    legId: leg.legId,
    direction: leg.direction,
    createdAtMs: leg.createdAtMs,
    answered: leg.answered,
    held: leg.held,
    callerNumber: leg.callerNumber,
    dialedNumber: leg.dialedNumber,
    ...(leg.bridgedTo === undefined ? {} : { bridgedTo: leg.bridgedTo }),
    ...(leg.contactId === undefined ? {} : { contactId: leg.contactId }),
    ...(leg.role === undefined ? {} : { role: leg.role }),
    ...(leg.user === undefined || leg.direction !== 'inbound' ? {} : { fromUser: leg.user }),
  };
}

/** What it says of one that still rings. */
export function snapshotOfRinging(request: OriginateRequest, createdAtMs: number): LegSnapshot {
  return {
    legId: request.legId,
    direction: 'outbound',
    createdAtMs,
    answered: false,
    held: false,
    callerNumber: request.callerNumber,
    dialedNumber: '',
    ...(request.contactId === undefined ? {} : { contactId: request.contactId }),
    ...(request.role === undefined ? {} : { role: request.role }),
  };
}
