import { WebSocket } from 'ws';

/** What the process of viewers is told first; texts that follow are marks. */
export interface ViewersPlan {
  readonly url: string;
  readonly cookies: readonly string[];
  readonly viewers: number;
}

/** When each viewer saw a change: `mark` is a text that only states after the change hold. */
export type ViewersMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'seen'; readonly mark: string; readonly atMs: readonly number[]; readonly bytes: number };

const nowMs = () => performance.timeOrigin + performance.now();

/** Viewers as plain WebSockets that speak just enough of socket.io, so that reading states is not what is measured. */
function watch({ url, cookies, viewers }: ViewersPlan): void {
  let mark = '';
  let atMs: number[] = [];
  let ready = 0;
  const waiting = new Set<number>();
  process.on('message', (next) => {
    if (typeof next !== 'string') return;
    mark = next;
    atMs = [];
    for (let i = 0; i < viewers; i++) waiting.add(i);
  });
  for (let i = 0; i < viewers; i++) {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
      headers: { cookie: cookies[i % cookies.length] ?? '' },
    });
    let first = true;
    socket.on('message', (data: Buffer) => {
      const arrivedMs = nowMs();
      const kind = data[0];
      if (kind === 0x30) socket.send('40/floor,');
      else if (kind === 0x32) socket.send('3');
      if (kind !== 0x34 || data[1] !== 0x32) return;
      if (first) {
        first = false;
        ready++;
        if (ready === viewers) process.send?.({ kind: 'ready' } satisfies ViewersMessage);
      }
      if (mark === '' || !waiting.has(i) || !data.includes(mark)) return;
      waiting.delete(i);
      atMs.push(arrivedMs);
      if (waiting.size === 0) {
        process.send?.({ kind: 'seen', mark, atMs, bytes: data.length } satisfies ViewersMessage);
      }
    });
  }
}

process.once('message', (plan) => watch(plan as ViewersPlan));
