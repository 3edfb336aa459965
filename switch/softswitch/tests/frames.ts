/** One frame of an event-socket conversation, taken apart. Values are decoded. */
export interface Frame {
  readonly kind: 'reply' | 'event' | 'notice';
  /** Headers of the frame itself, as they were sent. */
  readonly head: string;
  readonly body: string;
  /** Of an event: its own headers, first value of each. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of an event: what comes after its headers. */
  readonly eventBody: string | undefined;
}

function parsePlain(body: string): Pick<Frame, 'headers' | 'eventBody'> {
  const end = body.indexOf('\n\n');
  const headers: Record<string, string> = {};
  for (const line of body.slice(0, end).split('\n')) {
    const at = line.indexOf(': ');
    if (at > 0) headers[line.slice(0, at)] ??= decodeURIComponent(line.slice(at + 2));
  }
  const rest = body.slice(end + 2);
  return { headers, eventBody: headers['Content-Length'] === undefined ? undefined : rest };
}

function parseJson(body: string): Pick<Frame, 'headers' | 'eventBody'> {
  const headers = JSON.parse(body) as Record<string, string>;
  return { headers, eventBody: headers._body };
}

/** Takes one whole frame apart. */
export function parseFrame(text: string): Frame {
  const end = text.indexOf('\n\n');
  const head = text.slice(0, end);
  const body = text.slice(end + 2);
  if (head.includes('text/event-plain')) return { kind: 'event', head, body, ...parsePlain(body) };
  if (head.includes('text/event-json')) return { kind: 'event', head, body, ...parseJson(body) };
  const kind = head.includes('auth/request') || head.includes('text/') ? 'notice' : 'reply';
  return { kind, head, body, headers: {}, eventBody: undefined };
}

/** Cuts a stream of bytes into whole frames. */
export class FrameCutter {
  #pending = Buffer.alloc(0);

  push(chunk: Buffer): string[] {
    this.#pending = Buffer.concat([this.#pending, chunk]);
    const found: string[] = [];
    for (;;) {
      const end = this.#pending.indexOf('\n\n');
      if (end < 0) return found;
      const length = Number(/^Content-Length: (\d+)$/m.exec(this.#pending.subarray(0, end).toString())?.[1] ?? 0);
      if (this.#pending.length < end + 2 + length) return found;
      found.push(this.#pending.subarray(0, end + 2 + length).toString());
      this.#pending = this.#pending.subarray(end + 2 + length);
    }
  }
}
