import type { FakeLeg } from './fake-leg.ts';

/** A leg on which nothing has been done yet. */
export function newFakeLeg(
  fields: Pick<FakeLeg, 'legId' | 'direction' | 'createdAtMs' | 'callerNumber' | 'dialedNumber' | 'headers'> & {
    readonly user?: string;
  },
): FakeLeg {
  return {
    ...fields,
    answered: false,
    held: false,
    muted: false,
    music: undefined,
    bridgedTo: undefined,
    contactId: undefined,
    role: undefined,
    conference: undefined,
    supervises: undefined,
    playing: undefined,
    soundNow: undefined,
    collecting: undefined,
    recordings: new Map(),
    heard: [],
    digitsSent: '',
  };
}
