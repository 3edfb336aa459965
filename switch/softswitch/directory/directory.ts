import type { Clock } from '../../../config/clock.ts';
import type { Logger } from '../../../config/logger.ts';
import type { SoftswitchSettings } from '../settings.ts';
import type { PasswordAnswer } from '../sip/index.ts';
import { parseDirectoryXml } from './parse-xml.ts';

/** Most answers kept. The oldest one goes first. */
const MAX_CACHED = 10_000;
/** Largest answer that is read, bytes. */
const MAX_ANSWER_BYTES = 65_536;
/** Questions to the directory at once; more are answered `unavailable`. */
const MAX_ASKING = 100;

/** Knows the users: those of the configuration, then those of the directory over HTTP. */
export interface Directory {
  /** For a digest. `unavailable` when the directory can't be asked. */
  lookUp(user: string, domain: string): Promise<PasswordAnswer>;
  /** True when there is such a user. */
  knows(user: string, domain: string): Promise<boolean>;
}

interface Cached {
  readonly answer: PasswordAnswer;
  readonly untilMs: number;
}

/** The form that mod_xml_curl posts for a digest check. */
function form(user: string, domain: string, hostname: string): URLSearchParams {
  return new URLSearchParams({
    hostname,
    section: 'directory',
    tag_name: 'domain',
    key_name: 'name',
    key_value: domain,
    'Event-Name': 'REQUEST_PARAMS',
    action: 'sip_auth',
    sip_auth_method: 'REGISTER',
    sip_auth_username: user,
    sip_auth_realm: domain,
    user,
    domain,
  });
}

async function readBounded(response: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_ANSWER_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

export function createDirectory(options: {
  readonly settings: SoftswitchSettings['directory'];
  readonly hostname: string;
  readonly clock: Clock;
  readonly logger: Logger;
}): Directory {
  const { settings, clock, logger } = options;
  const fixed = new Map(settings.users.map((user) => [user.name, user]));
  const cache = new Map<string, Cached>();
  const asking = new Map<string, Promise<PasswordAnswer>>();

  async function ask(url: string, user: string, domain: string): Promise<PasswordAnswer> {
    const headers: Record<string, string> = {};
    if (settings.username !== undefined) {
      const pair = Buffer.from(`${settings.username}:${settings.password ?? ''}`).toString('base64');
      headers.authorization = `Basic ${pair}`;
    }
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers,
        body: form(user, domain, options.hostname),
        redirect: 'error',
        signal: AbortSignal.timeout(settings.timeoutMs),
      });
      const text = await readBounded(response);
      if (!response.ok || text === undefined) return { kind: 'unavailable' };
      return parseDirectoryXml(text, user);
    } catch (cause) {
      logger.warn({ err: cause }, 'the directory did not answer');
      return { kind: 'unavailable' };
    }
  }

  function keep(key: string, answer: PasswordAnswer): void {
    if (answer.kind === 'unavailable') return;
    const lifeMs = answer.kind === 'found' ? settings.cacheMs : settings.negativeCacheMs;
    if (lifeMs === 0) return;
    if (cache.size >= MAX_CACHED) {
      const oldest = cache.keys().next();
      if (!oldest.done) cache.delete(oldest.value);
    }
    cache.delete(key);
    cache.set(key, { answer, untilMs: clock.now() + lifeMs });
  }

  async function lookUp(user: string, domain: string): Promise<PasswordAnswer> {
    const own = fixed.get(user);
    if (own) return { kind: 'found', password: own.password, variables: own.variables };
    const { url } = settings;
    if (url === undefined) return { kind: 'unknown' };
    const key = `${user}\n${domain}`;
    const known = cache.get(key);
    if (known && known.untilMs > clock.now()) return known.answer;
    const running = asking.get(key);
    if (running) return running;
    if (asking.size >= MAX_ASKING) return { kind: 'unavailable' };
    const question = ask(url, user, domain).finally(() => asking.delete(key));
    asking.set(key, question);
    const answer = await question;
    keep(key, answer);
    return answer;
  }

  return { lookUp, knows: async (user, domain) => (await lookUp(user, domain)).kind === 'found' };
}
