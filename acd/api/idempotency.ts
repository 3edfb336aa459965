import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../config/clock.ts';
import { refuse } from './problem.ts';

const KEPT_MS = 10 * 60_000;
const MOST_KEYS = 50_000;

interface Kept {
  readonly atMs: number;
  /** Undefined while the first request is still under way. */
  answer?: { readonly status: number; readonly body: string; readonly type: string };
}

/**
 * The same command twice: a request that carries an `Idempotency-Key` which this user sent within ten minutes gets the first
 * answer again. While the first one is still under way, the second is told to wait (`state.conflict`). Faults are not kept.
 */
export function installIdempotency(app: FastifyInstance, clock: Clock): void {
  const kept = new Map<string, Kept>();

  app.addHook('preHandler', async (request, reply) => {
    const key = request.headers['idempotency-key'];
    if (typeof key !== 'string' || request.method === 'GET' || !request.identity) return;
    if (!/^[\w-]{8,64}$/.test(key)) {
      return refuse(request, reply, 'request.invalid', [{ path: 'Idempotency-Key', message: '8–64 × [A-Za-z0-9_-]' }]);
    }
    const id = `${request.identity.userId} ${request.method} ${request.url} ${key}`;
    const now = clock.now();
    for (const [old, entry] of kept) {
      if (now - entry.atMs < KEPT_MS && kept.size < MOST_KEYS) break;
      kept.delete(old);
    }
    const first = kept.get(id);
    if (first?.answer) {
      return reply.code(first.answer.status).type(first.answer.type).send(first.answer.body);
    }
    if (first) return refuse(request, reply, 'state.conflict');
    kept.set(id, { atMs: now });
    request.idempotencyId = id;
  });

  app.addHook('onSend', async (request, reply, payload) => {
    const id = request.idempotencyId;
    const entry = id === undefined ? undefined : kept.get(id);
    if (id === undefined || !entry) return;
    if (reply.statusCode >= 500 || typeof payload !== 'string') kept.delete(id);
    else {
      const type = reply.getHeader('content-type');
      entry.answer = {
        status: reply.statusCode,
        body: payload,
        type: typeof type === 'string' ? type : 'application/json',
      };
    }
  });
}
