import type { Identity } from '../access/index.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in, when somebody is. */
    identity: Identity | undefined;
    /** Set while a command with an idempotency key is under way. */
    idempotencyId: string | undefined;
  }
}
