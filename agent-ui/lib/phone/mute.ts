import { findCall, type Phone, putCall } from './phone.ts';

/** Mutes the microphone on this page only; the switch is not asked. */
export function setMuted(phone: Phone, key: string, muted: boolean): void {
  const session = phone.live.get(key)?.session;
  if (!findCall(phone, key)) return;
  if (muted) session?.mute({ audio: true });
  else session?.unmute({ audio: true });
  putCall(phone, key, { muted });
}
