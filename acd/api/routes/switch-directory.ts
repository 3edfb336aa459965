import { timingSafeEqual } from 'node:crypto';
import type { FastifyPluginAsync } from 'fastify';
import { directoryXml, NOT_FOUND_XML } from '../../../switch/index.ts';
import type { ApiDependencies } from '../dependencies.ts';

/** The user name that switches send with the directory's secret. */
const SWITCH_USER = 'switch';

/** A farm whose phones all register anew asks this often, and more is a loop. */
const directoryLimit = { rateLimit: { max: 60_000, timeWindow: 60_000 } };

function isSecret(header: string | undefined, secret: string): boolean {
  const given = Buffer.from(header?.startsWith('Basic ') ? header.slice(6) : '', 'base64');
  const right = Buffer.from(`${SWITCH_USER}:${secret}`);
  return given.length === right.length && timingSafeEqual(given, right);
}

/**
 * `POST /switch/directory`: the switch asks who a registering phone is, as a form (`user`, `domain`, `section` …), and gets XML.
 * Everything that is not a known phone is "not found", also other sections, so a switch can point all its questions here.
 */
export function switchDirectory(deps: ApiDependencies): FastifyPluginAsync {
  return async (app) => {
    app.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 65_536 },
      (_request, body, done) => done(null, new URLSearchParams(body as string)),
    );
    app.post('/switch/directory', { schema: { hide: true }, config: directoryLimit }, async (request, reply) => {
      if (!isSecret(request.headers.authorization, deps.settings.directorySecret)) {
        return reply.code(401).header('www-authenticate', 'Basic realm="switch"').send('');
      }
      reply.type('text/xml; charset=utf-8');
      const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
      const user = form.get('user');
      const domain = form.get('domain') ?? form.get('key_value');
      if (form.get('section') !== 'directory' || !user || !domain) return NOT_FOUND_XML;
      const phone = await deps.phones.lookUp(user, domain);
      return phone ? directoryXml(phone) : NOT_FOUND_XML;
    });
  };
}
