import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CommandOutcome } from './desk-commands.ts';
import { refuse } from './problem.ts';

/** Turns a command's outcome into an answer. */
export function answer(request: FastifyRequest, reply: FastifyReply, outcome: CommandOutcome): FastifyReply {
  switch (outcome.kind) {
    case 'done':
      return reply.send({ ok: true });
    case 'not-found':
      return refuse(request, reply, 'thing.not-found');
    case 'not-yours':
      return refuse(request, reply, 'access.forbidden');
    case 'conflict':
      request.log.info({ why: outcome.why, requestId: request.id }, 'command refused');
      return refuse(request, reply, 'state.conflict');
  }
}
