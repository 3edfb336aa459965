import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problemSchema } from '../contract/index.ts';
import { OPERATIONS, type Operation, TAGS } from './operations.ts';

const BASE = '/api/v1';
type Json = Record<string, unknown>;

/** What the plugin that collects the routes is told. */
export const openApiOptions = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Tandem',
      version: '1',
      description:
        'Contact center API. Moments are milliseconds since 1970 by the server’s clock, spans are milliseconds. A refused request is answered with a problem: a code, a sentence in the language of the session or of Accept-Language, and the fields that are wrong.',
    },
  },
  transform: jsonSchemaTransform,
} as const;

/** Refusals that every operation may answer; bodies are problems. */
const REFUSALS: Readonly<Record<string, string>> = {
  '400': 'Some fields are not valid; they are named, and nothing was done.',
  '401': 'Nobody is signed in.',
  '403': 'Not allowed.',
  '404': 'It does not exist.',
  '409': 'The present state does not allow it.',
  '413': 'The request is too large.',
  '429': 'Too many requests; Retry-After says how many seconds to wait.',
  '503': 'A part that is needed is away; the same request may succeed later.',
};

const refusalName = (status: string) => `Refused${status}`;
const problemResponse = (description: string) => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

const WAV = { 'audio/wav': { schema: { type: 'string', format: 'binary' } } };
const SOUND = {
  '200': { description: 'The whole file.', content: WAV },
  '206': { description: 'The range that was asked for.', content: WAV },
  '416': { description: 'The range is outside the file.' },
};

/** `POST /shift/phone` → `postShiftPhone`; path parameters are left out, except where they end the path. */
function operationId(method: string, path: string): string {
  const words = path
    .split('/')
    .filter((part) => part !== '')
    .map((part) => part.replace(/^\{(\w+)\}$/, 'by-$1'))
    .flatMap((part) => part.split('-'))
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return method.toLowerCase() + words.join('');
}

function described(method: string, path: string, collected: Json, words: Operation): Json {
  const responses: Json = { ...(path.endsWith('/audio') ? SOUND : (collected.responses as Json)) };
  for (const status of Object.keys(REFUSALS)) {
    if (words.open && (status === '403' || (status === '401' && path !== '/session'))) continue;
    responses[status] = { $ref: `#/components/responses/${refusalName(status)}` };
  }
  const keyed = method === 'get' || words.open ? [] : [{ $ref: '#/components/parameters/IdempotencyKey' }];
  const parameters = [...((collected.parameters as unknown[] | undefined) ?? []), ...keyed];
  return {
    operationId: operationId(method, path),
    tags: [words.tag],
    summary: words.summary,
    ...(words.open ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(collected.requestBody ? { requestBody: collected.requestBody } : {}),
    responses,
  };
}

/** The API's description (OpenAPI 3.1): what the routes say of themselves, with words, refusals and ways to sign in. */
export function openApiDocument(app: FastifyInstance): Json {
  const collected = app.swagger() as unknown as { paths?: Record<string, Record<string, Json>> } & Json;
  const paths: Record<string, Json> = {};
  for (const path of Object.keys(collected.paths ?? {}).sort()) {
    const short = path.startsWith(BASE) ? path.slice(BASE.length) : path;
    const operations: Json = {};
    for (const [method, operation] of Object.entries(collected.paths?.[path] ?? {})) {
      const words = OPERATIONS[`${method.toUpperCase()} ${short}`];
      operations[method] = words ? described(method, short, operation, words) : operation;
    }
    paths[short] = operations;
  }
  return {
    openapi: collected.openapi,
    info: collected.info,
    servers: [{ url: BASE }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    security: [{ session: [] }, { token: [] }],
    paths,
    components: {
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'tandem_session',
          description: 'A person; set by POST /session.',
        },
        token: { type: 'http', scheme: 'bearer', description: 'Another system; made by POST /api-tokens.' },
      },
      schemas: { Problem: z.toJSONSchema(problemSchema, { target: 'draft-2020-12' }) },
      parameters: {
        IdempotencyKey: {
          name: 'Idempotency-Key',
          in: 'header',
          required: false,
          description: 'The same key within ten minutes gives the first answer again.',
          schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{8,64}$' },
        },
      },
      responses: Object.fromEntries(
        Object.entries(REFUSALS).map(([status, sentence]) => [refusalName(status), problemResponse(sentence)]),
      ),
    },
  };
}
