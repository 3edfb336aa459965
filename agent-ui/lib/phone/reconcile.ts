import { dropCall, type Phone } from './phone.ts';

/** Forgets calls whose sound was lost and that the server no longer has. */
export function forgetEndedCalls(phone: Phone, keysAtServer: readonly string[]): void {
  for (const call of phone.store.getState().calls)
    if (call.state === 'lost' && !keysAtServer.includes(call.key)) dropCall(phone, call.key);
}
