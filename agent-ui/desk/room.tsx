import { createContext, useCallback, useContext, useMemo } from 'react';
import { useStore } from 'zustand';
import type { Desk, DeskContact, Directory } from '../../acd/api/contract/index.ts';
import { useSayRefusal } from '../lib/notices/index.ts';
import { type Live, type LiveState, withExpectations } from '../lib/server/index.ts';

/** What every part of the desk needs. */
export interface DeskRoom {
  readonly live: Live<Desk>;
  readonly directory: Directory | undefined;
  readonly reloadDirectory: () => void;
}
export const DeskRoomContext = createContext<DeskRoom | undefined>(undefined);

export function useDeskRoom(): DeskRoom {
  return useContext(DeskRoomContext)!;
}

/** The desk as shown: the server's word with the changes that are on their way. */
export function useDesk(): Desk | undefined {
  const live = useStore(useDeskRoom().live.store, (now) => now);
  return useMemo(
    () => (live.state ? withExpectations(live.state, live.expectations) : undefined),
    [live.state, live.expectations],
  );
}
export function useDeskLive<T>(select: (live: LiveState<Desk>) => T): T {
  return useStore(useDeskRoom().live.store, select);
}

/** Sends a command; shows `expected` at once and says so if the server refuses. Answers whether it was done. */
export function useCommand() {
  const { live } = useDeskRoom();
  const say = useSayRefusal();
  return useCallback(
    async (method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown, expected?: (desk: Desk) => Desk) =>
      say(await live.command(method, path, body, expected)),
    [live, say],
  );
}

/** The desk with one contact changed. */
export function withContact(contactId: string, change: (contact: DeskContact) => DeskContact | undefined) {
  return (desk: Desk): Desk => ({
    ...desk,
    contacts: desk.contacts.flatMap((contact) => {
      if (contact.contactId !== contactId) return [contact];
      const changed = change(contact);
      return changed ? [changed] : [];
    }),
  });
}
