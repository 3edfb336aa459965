import { dropCall, findCall, type Phone } from './phone.ts';

const BUSY_HERE = 486;

/** Ends a call, or declines it while it rings. */
export function hangUpCall(phone: Phone, key: string): void {
  const session = phone.live.get(key)?.session;
  const ringing = findCall(phone, key)?.state === 'incoming';
  if (session && !session.isEnded()) session.terminate(ringing ? { status_code: BUSY_HERE } : {});
  dropCall(phone, key);
}
