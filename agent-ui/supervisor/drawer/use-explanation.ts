import { useEffect, useState } from 'react';
import { request } from '../../lib/server/index.ts';

const EVERY_MS = 3_000;

/** An explanation of the engine, read anew every 3 s while it is on the screen. `false`: it cannot be had. */
export function useExplanation<T>(path: string): T | undefined | false {
  const [explanation, setExplanation] = useState<T | undefined | false>();
  useEffect(() => {
    let over = false;
    const read = async () => {
      const answer = await request<T>('GET', path);
      if (!over) setExplanation((before) => (answer.kind === 'ok' ? answer.value : (before ?? false)));
    };
    void read();
    const timer = setInterval(() => void read(), EVERY_MS);
    return () => {
      over = true;
      clearInterval(timer);
    };
  }, [path]);
  return explanation;
}
