import type { SipParty } from '../stack.ts';
import { NO_PARAMS, type Params, parseParams, unquote } from './params.ts';
import { parseSipUri } from './sip-uri.ts';

/** From, To, Contact, Route …: display name, URI, and the header's own parameters (RFC 3261 §20.10, §25.1). */
export interface NameAddr {
  readonly displayName: string;
  readonly uri: string;
  readonly params: Params;
}

const DISPLAY_TOKENS = /^[!%'*+\-.0-9A-Z_`a-z~\s]*$/;
const NO_URI = /[\s<>"]/;

/** Parses one name-addr or addr-spec; undefined when malformed. The URI is checked for its shape only, any scheme is taken. */
export function parseNameAddr(text: string): NameAddr | undefined {
  const value = text.trim();
  let displayName = '';
  let open = value.indexOf('<');
  if (value.startsWith('"')) {
    const close = closingQuote(value);
    const name = close < 0 ? undefined : unquote(value.slice(0, close + 1));
    open = close < 0 ? -1 : value.indexOf('<', close);
    if (name === undefined || open < 0 || value.slice(close + 1, open).trim() !== '') return undefined;
    displayName = name;
  } else if (open > 0) {
    displayName = value.slice(0, open).trim();
    if (!DISPLAY_TOKENS.test(displayName)) return undefined;
  }
  let uri: string;
  let rest: string;
  if (open >= 0) {
    const close = value.indexOf('>', open);
    if (close < 0) return undefined;
    uri = value.slice(open + 1, close);
    rest = value.slice(close + 1);
  } else {
    const semicolon = value.indexOf(';');
    uri = (semicolon < 0 ? value : value.slice(0, semicolon)).trim();
    rest = semicolon < 0 ? '' : value.slice(semicolon);
    // Without angle brackets a comma or question mark belongs to nobody (RFC 3261 §20).
    if (uri.includes('?') || uri.includes(',')) return undefined;
  }
  if (uri.indexOf(':') <= 0 || NO_URI.test(uri)) return undefined;
  const tail = rest.trim();
  if (tail !== '' && !tail.startsWith(';')) return undefined;
  const params = tail === '' ? NO_PARAMS : parseParams(tail);
  return params === undefined ? undefined : { displayName, uri, params };
}

/** The same as the core sees it. */
export function toParty(address: { readonly displayName: string; readonly uri: string }): SipParty {
  const uri = parseSipUri(address.uri);
  return { displayName: address.displayName, uri: address.uri, user: uri?.user ?? '', host: uri?.host ?? '' };
}

function closingQuote(value: string): number {
  for (let at = 1; at < value.length; at++) {
    if (value[at] === '\\') at++;
    else if (value[at] === '"') return at;
  }
  return -1;
}
