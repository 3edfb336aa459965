/** What a flow asks of another system over HTTP. */
export interface LookupRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly body?: string;
  readonly deadlineMs: number;
}

export type LookupOutcome =
  | { readonly kind: 'answered'; readonly json: unknown }
  | {
      readonly kind: 'failed';
      readonly reason: 'host-not-allowed' | 'deadline' | 'status' | 'too-large' | 'not-json' | 'network';
    };

/** Asks another system. Never throws: a flow always has a way on. */
export interface LookupClient {
  ask(request: LookupRequest): Promise<LookupOutcome>;
}

/** The largest answer that is read, bytes. */
const MOST_BYTES = 64 * 1024;

/**
 * Asks over HTTP, and only hosts of the list (`name` or `name:port`). Redirects are not followed: they could leave the list.
 */
export function httpLookupClient(options: { allowedHosts: readonly string[]; fetch?: typeof fetch }): LookupClient {
  const send = options.fetch ?? fetch;
  return {
    async ask(request) {
      const url = URL.parse(request.url);
      if (!url || !/^https?:$/.test(url.protocol) || url.username !== '') return failed('host-not-allowed');
      if (!options.allowedHosts.some((host) => host === url.host || host === url.hostname))
        return failed('host-not-allowed');
      const signal = AbortSignal.timeout(request.deadlineMs);
      try {
        const answer = await send(url, {
          method: request.method,
          redirect: 'manual',
          signal,
          headers: { accept: 'application/json', ...(request.body ? { 'content-type': 'application/json' } : {}) },
          ...(request.body ? { body: request.body } : {}),
        });
        if (!answer.ok) {
          await answer.body?.cancel();
          return failed('status');
        }
        const text = await readLimited(answer);
        if (text === undefined) return failed('too-large');
        return parse(text);
      } catch {
        return failed(signal.aborted ? 'deadline' : 'network');
      }
    },
  };
}

type FailReason = Extract<LookupOutcome, { kind: 'failed' }>['reason'];

function failed(reason: FailReason): LookupOutcome {
  return { kind: 'failed', reason };
}

function parse(text: string): LookupOutcome {
  try {
    return { kind: 'answered', json: JSON.parse(text) as unknown };
  } catch {
    return failed('not-json');
  }
}

async function readLimited(answer: Response): Promise<string | undefined> {
  if (!answer.body) return '';
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body) {
    size += part.byteLength;
    if (size > MOST_BYTES) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
