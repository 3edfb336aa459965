import { useCallback, useRef, useState } from 'react';
import type { ContactPage, ContactSummary } from '../../../acd/api/contract/index.ts';
import { request } from '../server/index.ts';

export type Loading = 'first' | 'more' | 'done' | 'failed';

/** Contacts loaded page by page. A page is asked for once; a fresh start throws away what is still on its way. */
export function useContactPages(path: string) {
  const [items, setItems] = useState<readonly ContactSummary[]>([]);
  const [loading, setLoading] = useState<Loading>('first');
  const cursor = useRef<string>(undefined);
  const asked = useRef<string>(undefined);
  const turn = useRef(0);

  const ask = useCallback(
    async (after: string | undefined) => {
      const mine = turn.current;
      const answer = await request<ContactPage>('GET', after ? `${path}?cursor=${encodeURIComponent(after)}` : path);
      if (mine !== turn.current) return;
      if (answer.kind !== 'ok') {
        asked.current = undefined;
        return setLoading('failed');
      }
      cursor.current = answer.value.nextCursor;
      setItems((before) => (after ? [...before, ...answer.value.items] : answer.value.items));
      setLoading('done');
    },
    [path],
  );
  const restart = useCallback(() => {
    turn.current += 1;
    asked.current = undefined;
    cursor.current = undefined;
    void ask(undefined);
  }, [ask]);
  const more = useCallback(() => {
    const after = cursor.current;
    if (after === undefined || asked.current === after) return;
    asked.current = after;
    setLoading('more');
    void ask(after);
  }, [ask]);
  return { items, loading, restart, more };
}
