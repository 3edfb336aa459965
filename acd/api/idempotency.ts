import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Clock } from '../../config/clock.ts';
import { refuse } from './problem.ts';

const KEPT_MS = 10 * 60_000;
const MOST_KEYS = 50_000;
const HEADER = 'Idempotency-Key';

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly type: string;
}
interface Kept {
  readonly atMs: number;
  readonly bodyHash: string;
  /** Undefined when the first request failed and its answer is not kept. */
  readonly answer: Promise<Answer | undefined>;
  readonly settle: (answer: Answer | undefined) => void;
}

const hashOf = (body: unknown) =>
  createHash('sha256')
    .update(JSON.stringify(body) ?? '')
    .digest('base64url');

function begin(atMs: number, bodyHash: string): Kept {
  let settle: Kept['settle'] = () => {};
  const answer = new Promise<Answer | undefined>((resolve) => {
    settle = resolve;
  });
  return { atMs, bodyHash, answer, settle };
}

/**
 * The same command twice: a request that carries an `Idempotency-Key` which this person sent within ten minutes gets the first answer
 * again, and waits for it while the first is under way. The same key with another body is refused. Faults are not kept.
 */
export function installIdempotency(app: FastifyInstance, clock: Clock): void {
  const kept = new Map<string, Kept>();

  function forgetOld(now: number): void {
    for (const [id, entry] of kept) {
      if (now - entry.atMs < KEPT_MS && kept.size < MOST_KEYS) break;
      kept.delete(id);
    }
  }

  app.addHook('preHandler', async (request, reply): Promise<FastifyReply | undefined> => {
    const key = request.headers['idempotency-key'];
    if (typeof key !== 'string' || request.method === 'GET' || !request.identity) return undefined;
    if (!/^[\w-]{8,64}$/.test(key)) {
      return refuse(request, reply, 'request.invalid', [{ path: HEADER, message: '8–64 × [A-Za-z0-9_-]' }]);
    }
    const id = `${request.identity.userId} ${request.method} ${request.url} ${key}`;
    const bodyHash = hashOf(request.body);
    const now = clock.now();
    forgetOld(now);
    const first = kept.get(id);
    if (!first) {
      kept.set(id, begin(now, bodyHash));
      request.idempotencyId = id;
      return undefined;
    }
    if (first.bodyHash !== bodyHash) return refuse(request, reply, 'state.conflict', [{ path: HEADER, message: key }]);
    const answer = await first.answer;
    if (!answer) return refuse(request, reply, 'state.conflict');
    return reply.code(answer.status).type(answer.type).send(answer.body);
  });

  app.addHook('onSend', async (request, reply, payload) => {
    const id = request.idempotencyId;
    const entry = id === undefined ? undefined : kept.get(id);
    if (id === undefined || !entry) return;
    if (reply.statusCode >= 500 || typeof payload !== 'string') {
      kept.delete(id);
      entry.settle(undefined);
      return;
    }
    const type = reply.getHeader('content-type');
    entry.settle({
      status: reply.statusCode,
      body: payload,
      type: typeof type === 'string' ? type : 'application/json',
    });
  });
}
