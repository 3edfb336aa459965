import { useEffect, useRef } from 'react';
import type { Desk } from '../../acd/api/contract/index.ts';
import { forgetEndedCalls, renewPhone } from '../lib/phone/index.ts';
import { useSoftphone } from '../lib/softphone/index.ts';
import { useDeskLive } from './room.tsx';

/** How long page and switch may disagree on the registration before the phone is renewed. */
const DISAGREEMENT_LIMIT_MS = 4_000;

/** Keeps the phone and the server's view of it together while the shift lasts. */
export function usePhoneUpkeep(desk: Desk | undefined): void {
  const softphone = useSoftphone();
  const connected = useDeskLive((live) => live.connected);
  const onShift = desk?.onShift;
  useEffect(() => {
    if (onShift === true) softphone.begin();
    if (onShift === false) softphone.end();
  }, [onShift, softphone]);

  const keys = desk?.contacts.map((contact) => contact.phoneCallKey).join(' ');
  useEffect(() => {
    if (connected && keys !== undefined) forgetEndedCalls(softphone.phone, keys.split(' '));
  }, [connected, keys, softphone]);

  const phoneRegistered = desk?.phoneRegistered;
  useEffect(() => {
    if (!connected || !onShift || phoneRegistered !== false) return;
    const timer = setTimeout(() => {
      const { line, calls } = softphone.phone.store.getState();
      if (line === 'ready' && calls.length === 0) void renewPhone(softphone.phone);
    }, DISAGREEMENT_LIMIT_MS);
    return () => clearTimeout(timer);
  }, [connected, onShift, phoneRegistered, softphone]);

  // A network that comes back, or a machine that wakes, leaves WebSockets that look open and are not.
  const wasConnected = useRef(connected);
  useEffect(() => {
    const back = connected && !wasConnected.current;
    wasConnected.current = connected;
    const { line } = softphone.phone.store.getState();
    if (back && line !== 'off' && line !== 'ready') void renewPhone(softphone.phone);
  }, [connected, softphone]);
}
