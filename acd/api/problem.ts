import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ERRORS, type ErrorCode } from '../../config/error-table.ts';
import { isCoded } from '../../config/errors.ts';
import type { Logger } from '../../config/logger.ts';
import type { Locale, Problem } from './contract/index.ts';

/** Sentences about fields come from the schema library, in its own translation. */
const FIELD_SENTENCES = z.locales.zhCN().localeError;

/** The language for sentences: the session's, else what the browser or the other system asks for, else Chinese. */
export function localeOf(request: FastifyRequest): Locale {
  if (request.identity && !request.identity.isSystem) return request.identity.locale;
  return /^\s*en/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'zh-CN';
}

type FieldFaults = readonly { readonly path: string; readonly message: string }[];

/** The body of a refused request, in the asking person's language. */
export function problem(request: FastifyRequest, code: ErrorCode, fields?: FieldFaults, reason?: string): Problem {
  const row = ERRORS[code];
  return {
    code,
    message: localeOf(request) === 'en' ? row.en : row.zh,
    ...(fields && fields.length > 0 ? { fields: [...fields] } : {}),
    ...(reason === undefined ? {} : { reason }),
    requestId: request.id,
  };
}

/** Answers with a fault from the table. */
export function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  code: ErrorCode,
  fields?: FieldFaults,
  reason?: string,
): FastifyReply {
  return reply.code(ERRORS[code].status).send(problem(request, code, fields, reason));
}

/** What the framework itself refuses, as rows of our table. */
const FRAMEWORK_CODES: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'request.too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'request.invalid',
  FST_ERR_CTP_INVALID_JSON_BODY: 'request.invalid',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'request.invalid',
};

/** The sentence about one wrong field, in Chinese. */
function inChinese(issue: { keyword: string; params: Record<string, unknown> }): string | undefined {
  const said = FIELD_SENTENCES({ ...issue.params, code: issue.keyword } as z.core.$ZodRawIssue);
  const sentence = typeof said === 'string' ? said : said?.message;
  // What was received is not kept in the fault, so the sentence would call everything undefined.
  return sentence?.replace(/，实际接收.*$/, '');
}

/** The one place where faults become HTTP answers. What is not in the table is `internal`, logged with its cause. */
export function installProblemBoundary(app: FastifyInstance, logger: Logger): void {
  app.setErrorHandler((error: unknown, request, reply) => {
    if (hasZodFastifySchemaValidationErrors(error)) {
      const chinese = localeOf(request) === 'zh-CN';
      const fields = error.validation.map((issue) => ({
        path: issue.instancePath.replace(/^\//, '').replaceAll('/', '.'),
        message: (chinese ? inChinese(issue) : undefined) ?? issue.message ?? '',
      }));
      return refuse(request, reply, 'request.invalid', fields);
    }
    if (isCoded(error)) {
      if (ERRORS[error.code].status >= 500) {
        logger.error(
          { code: error.code, fields: error.fields, err: error.cause, requestId: request.id },
          'request failed',
        );
      }
      const { field } = error.fields;
      return refuse(request, reply, error.code, typeof field === 'string' ? [{ path: field, message: field }] : []);
    }
    const { code, statusCode } = (error ?? {}) as { code?: string; statusCode?: number };
    const known = code === undefined ? undefined : FRAMEWORK_CODES[code];
    if (known) return refuse(request, reply, known);
    if (statusCode === 429) return refuse(request, reply, 'request.too-many');
    if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
      return refuse(request, reply, 'request.invalid');
    logger.error({ err: error, requestId: request.id }, 'request failed');
    return refuse(request, reply, 'internal');
  });
}
