import { createContext, useCallback, useContext } from 'react';
import { useStore } from 'zustand';
import type { Directory, Floor } from '../../acd/api/contract/index.ts';
import { useSayRefusal } from '../lib/notices/index.ts';
import type { Live, LiveState } from '../lib/server/index.ts';
import type { QueueHistory } from './history.ts';

export interface FloorRoom {
  readonly live: Live<Floor>;
  readonly history: QueueHistory;
  readonly directory: Directory | undefined;
}
export const FloorRoomContext = createContext<FloorRoom | undefined>(undefined);

export function useFloorRoom(): FloorRoom {
  return useContext(FloorRoomContext)!;
}
export function useFloorLive<T>(select: (live: LiveState<Floor>) => T): T {
  return useStore(useFloorRoom().live.store, select);
}

/** Sends a command and says so if the server refuses. Answers whether it was done. */
export function useFloorCommand() {
  const { live } = useFloorRoom();
  const say = useSayRefusal();
  return useCallback(
    async (method: 'POST' | 'PUT', path: string, body: unknown = {}) => say(await live.command(method, path, body)),
    [live, say],
  );
}
