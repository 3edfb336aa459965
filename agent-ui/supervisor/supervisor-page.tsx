import { useEffect, useMemo, useState } from 'react';
import { Route, Routes } from 'react-router';
import type { Directory, Floor, Me } from '../../acd/api/contract/index.ts';
import { type Live, openLive, request } from '../lib/server/index.ts';
import { wasSignedOut } from '../lib/session/index.ts';
import { FloorRoomContext } from './floor-room.tsx';
import { createQueueHistory } from './history.ts';
import { Wallboard } from './wallboard/index.ts';
import { WorkingView } from './working-view.tsx';

/** The floor: the working view, and the wallboard under `/supervisor/wallboard`. */
export function SupervisorPage({ me }: { me: Me }) {
  const [live, setLive] = useState<Live<Floor>>();
  const [directory, setDirectory] = useState<Directory>();
  const [history] = useState(createQueueHistory);
  useEffect(() => {
    const opened = openLive<Floor>('/floor', 'floor');
    opened.store.subscribe((now, before) => {
      if (now.state && now.state !== before.state) history.take(now.state);
      if (now.signedOut) wasSignedOut(now.signedOut);
    });
    setLive(opened);
    return () => opened.close();
  }, [history]);
  useEffect(() => {
    void request<Directory>('GET', '/directory').then((answer) => answer.kind === 'ok' && setDirectory(answer.value));
  }, []);
  const room = useMemo(() => (live ? { live, history, directory } : undefined), [live, history, directory]);
  if (!room) return null;
  return (
    <FloorRoomContext value={room}>
      <Routes>
        <Route path="wallboard" element={<Wallboard />} />
        <Route path="*" element={<WorkingView me={me} />} />
      </Routes>
    </FloorRoomContext>
  );
}
