import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PersonOutcome } from '../access/index.ts';
import type { ShiftOutcome } from '../shifts/index.ts';
import type { CommandOutcome } from '../voice/index.ts';
import { refuse } from './problem.ts';

/** Routing's words for things that do not exist. */
const MISSING: readonly string[] = ['unknown-contact', 'unknown-agent', 'unknown-queue'];

/** Turns a command's outcome into an answer: `{ ok: true }` or a row of the table of errors. */
export function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  outcome: CommandOutcome | ShiftOutcome | PersonOutcome,
): FastifyReply {
  switch (outcome.kind) {
    case 'done':
      return reply.send({ ok: true });
    case 'not-found':
      return refuse(request, reply, 'thing.not-found');
    case 'not-yours':
      return refuse(request, reply, 'access.forbidden');
    case 'wrong-password':
      return refuse(request, reply, 'request.invalid', [{ path: 'current', message: 'wrong' }]);
    case 'conflict':
      if (MISSING.includes(outcome.why)) return refuse(request, reply, 'thing.not-found', undefined, outcome.why);
      return refuse(request, reply, 'state.conflict', undefined, outcome.why);
  }
}
