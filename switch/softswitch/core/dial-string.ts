import { type Cause, findCause } from './causes.ts';

/** Where one try of an `originate` goes. */
export type DialTarget =
  | { readonly kind: 'error'; readonly cause: Cause }
  | { readonly kind: 'user'; readonly user: string; readonly domain: string | undefined }
  | { readonly kind: 'gateway'; readonly gateway: string; readonly number: string }
  | { readonly kind: 'uri'; readonly profile: string; readonly uri: string };

/** `{a=1,b=2}` at the start of a dial string. A comma inside a value is written `\,`, or `^^:` names another separator. */
export function takeVariables(text: string): { readonly variables: Map<string, string>; readonly rest: string } {
  const variables = new Map<string, string>();
  let rest = text.trimStart();
  for (;;) {
    const open = rest[0];
    const close = open === '{' ? '}' : open === '[' ? ']' : open === '<' ? '>' : undefined;
    if (close === undefined) return { variables, rest };
    const end = rest.indexOf(close);
    if (end < 0) return { variables, rest };
    readPairs(rest.slice(1, end), variables);
    rest = rest.slice(end + 1).trimStart();
  }
}

function readPairs(text: string, into: Map<string, string>): void {
  const other = /^\^\^(.)/.exec(text)?.[1];
  const parts = other === undefined ? text.split(/(?<!\\),/) : text.slice(3).split(other);
  for (const part of parts) {
    const at = part.indexOf('=');
    if (at <= 0) continue;
    const value = part.slice(at + 1).replaceAll('\\,', ',');
    into.set(part.slice(0, at).trim(), value.replace(/^'(.*)'$/, '$1'));
  }
}

/** Reads one endpoint: `error/CAUSE`, `user/NAME[@DOMAIN]`, `sofia/gateway/NAME/NUMBER`, `sofia/PROFILE/URI`. */
export function parseDialTarget(text: string): DialTarget {
  const [type = '', second = '', ...rest] = text.split('/');
  if (type === 'error') return { kind: 'error', cause: findCause(second) ?? 'NORMAL_TEMPORARY_FAILURE' };
  if (type === 'user') {
    const [user = '', domain] = second.split('@');
    return { kind: 'user', user, domain };
  }
  if (type === 'sofia' && second === 'gateway') {
    const [gateway = '', ...number] = rest;
    return { kind: 'gateway', gateway, number: number.join('/') };
  }
  if (type === 'sofia' && rest.length > 0) {
    const uri = rest.join('/');
    return { kind: 'uri', profile: second, uri: /^sips?:/i.test(uri) ? uri : `sip:${uri}` };
  }
  return { kind: 'error', cause: 'CHAN_NOT_IMPLEMENTED' };
}
