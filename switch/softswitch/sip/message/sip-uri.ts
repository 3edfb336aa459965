import { NO_PARAMS, type Params, parseParams } from './params.ts';

/** A `sip:` or `sips:` URI taken apart (RFC 3261 §19.1). */
export interface SipUri {
  readonly scheme: 'sip' | 'sips';
  /** Percent escapes resolved; '' for none. */
  readonly user: string;
  /** As written; IPv6 with its brackets. */
  readonly host: string;
  readonly port: number | undefined;
  readonly params: Params;
  /** What stands behind `?`, undecoded. */
  readonly headers: string;
}

const HOST_PORT = /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9.])?)(?::(\d{1,5}))?$/;
const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:/;
const BAD_USER = /[\s<>"@\\]/;

/** The scheme of any URI in lower case; undefined when there is none. */
export function uriScheme(text: string): string | undefined {
  return SCHEME.exec(text)?.[0].slice(0, -1).toLowerCase();
}

/** Parses a SIP URI; undefined when it is of another scheme or malformed. */
export function parseSipUri(text: string): SipUri | undefined {
  const colon = text.indexOf(':');
  const scheme = text.slice(0, colon).toLowerCase();
  if (scheme !== 'sip' && scheme !== 'sips') return undefined;
  const at = text.indexOf('@', colon);
  let rest = text.slice(at < 0 ? colon + 1 : at + 1);
  let user = '';
  if (at >= 0) {
    const userinfo = text.slice(colon + 1, at);
    const password = userinfo.indexOf(':');
    user = password < 0 ? userinfo : userinfo.slice(0, password);
    if (user === '' || BAD_USER.test(userinfo)) return undefined;
  }
  let headers = '';
  const question = rest.indexOf('?');
  if (question >= 0) {
    headers = rest.slice(question + 1);
    rest = rest.slice(0, question);
  }
  const semicolon = rest.indexOf(';');
  const params = semicolon < 0 ? NO_PARAMS : parseParams(rest.slice(semicolon));
  const place = HOST_PORT.exec(semicolon < 0 ? rest : rest.slice(0, semicolon));
  if (!place || params === undefined) return undefined;
  const port = place[2] === undefined ? undefined : Number(place[2]);
  if (port !== undefined && (port > 65535 || port === 0)) return undefined;
  return { scheme, user: resolveEscapes(user), host: place[1]!, port, params, headers };
}

/** Resolves percent escapes; a broken escape stays as it is. */
export function resolveEscapes(text: string): string {
  if (text.indexOf('%') < 0) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Escapes what may not stand in the user part of a URI. */
export function escapeUser(text: string): string {
  return encodeURIComponent(text).replace(/%(24|26|2B|2C|3B|3D|3F|2F)/g, (found) => decodeURIComponent(found));
}

/** Host without the brackets of IPv6, as sockets want it. */
export function bareHost(host: string): string {
  return host.startsWith('[') ? host.slice(1, -1) : host;
}

/** Host with brackets when it is IPv6, as URIs want it. */
export function uriHost(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
