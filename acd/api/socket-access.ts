import type { Identity, Sessions } from '../access/index.ts';
import { SESSION_COOKIE } from './authorize.ts';

/** Who is behind a page's connection. */
export interface SignedIn {
  identity: Identity;
  token: string;
}

/** Why a page's connection was not taken; the code goes to the page. */
export class Refused extends Error {
  readonly data: { readonly code: string };

  constructor(code: 'access.signed-out' | 'access.forbidden' | 'request.too-many') {
    super(code);
    this.data = { code };
  }
}

function cookieOf(header: string | undefined): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const [name, value] = part.trim().split('=');
    if (name === SESSION_COOKIE && value) return value;
  }
  return undefined;
}

/** Takes connections of people whose session is in force and who `may` see what the namespace shows. */
export function signedIn(sessions: Sessions, may: (identity: Identity) => boolean) {
  return async (
    socket: { handshake: { headers: { cookie?: string | undefined } }; data: Partial<SignedIn> },
    next: (error?: Error) => void,
  ): Promise<void> => {
    const token = cookieOf(socket.handshake.headers.cookie);
    const identity = token === undefined ? undefined : await sessions.who(token).catch(() => undefined);
    if (!identity || token === undefined) return next(new Refused('access.signed-out'));
    if (!may(identity)) return next(new Refused('access.forbidden'));
    socket.data.identity = identity;
    socket.data.token = token;
    next();
  };
}

/** A page of another site may not open a connection with our cookie. */
export function sameOrigin(
  request: { headers: { origin?: string | undefined; host?: string | undefined } },
  decide: (error: string | null | undefined, allowed: boolean) => void,
): void {
  const { origin, host } = request.headers;
  decide(null, origin === undefined || (URL.canParse(origin) && new URL(origin).host === host));
}
