import { isIP, isIPv4 } from 'node:net';
import { z } from 'zod';

/** A host and a TCP port. */
export interface HostPort {
  readonly host: string;
  readonly port: number;
}

/** Ports `first` to `last`, both included. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

const HOST = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i;

function isHost(text: string): boolean {
  return isIP(text) !== 0 || HOST.test(text);
}

/** True for names and addresses that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

export const text = z.string().max(1_000, 'must be at most 1,000 characters');

export const host = text.refine(isHost, 'must be a host name or an IP address');

export function wholeNumber(min: number, max: number) {
  return numberFrom(min, max, /^\d{1,9}$/, `must be a whole number from ${min} to ${max}`);
}

/** Seconds in the variable, milliseconds in the program. */
export function seconds(min: number, max: number) {
  const schema = numberFrom(min, max, /^\d{1,6}(\.\d{1,3})?$/, `must be seconds from ${min} to ${max}`);
  return schema.transform((value) => Math.round(value * 1_000));
}

function numberFrom(min: number, max: number, form: RegExp, problem: string) {
  return text
    .refine((value) => form.test(value) && Number(value) >= min && Number(value) <= max, problem)
    .transform(Number);
}

export const port = wholeNumber(1, 65_535);

export const flag = text
  .refine((value) => value === 'true' || value === 'false', 'must be true or false')
  .transform((value) => value === 'true');

export function oneOf<const T extends readonly [string, ...string[]]>(values: T) {
  return z.enum(values, { error: `must be one of ${values.join(', ')}` });
}

export function url(...schemes: readonly string[]) {
  return text.refine(
    (value) => URL.canParse(value) && schemes.includes(new URL(value).protocol.slice(0, -1)),
    `must be an address starting with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
  );
}

export const name = text.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/, 'must be 1 to 63 letters, digits, dots, dashes');

/** A secret that somebody else may have chosen: any length, but nothing that a protocol line would trip over. */
export const sharedSecret = text.regex(/^[\x21-\x7e]{1,256}$/, 'must be 1 to 256 ASCII characters without spaces');

/** A secret of ours. */
export const secret = text.regex(/^[\x21-\x7e]{8,256}$/, 'must be 8 to 256 ASCII characters without spaces');

/** `host:port, host:port`; a missing port is 8021, the event socket's own. */
export const hostPorts = text.transform((value, context): readonly HostPort[] => {
  const parts = value.split(',').map((part) => part.trim());
  const hosts = parts.map((part) => {
    const found = /^(?:\[([0-9a-f:]+)\]|([^:\s]+))(?::(\d{1,5}))?$/i.exec(part);
    return { host: found?.[1] ?? found?.[2] ?? '', port: Number(found?.[3] ?? 8021) };
  });
  if (hosts.length > 64 || hosts.some((entry) => !isHost(entry.host) || entry.port < 1 || entry.port > 65_535)) {
    context.addIssue('must be at most 64 host:port, with commas between');
    return z.NEVER;
  }
  return hosts;
});

export const portRange = text.transform((value, context): PortRange => {
  const found = /^(\d{1,5})-(\d{1,5})$/.exec(value);
  const range = { first: Number(found?.[1]), last: Number(found?.[2]) };
  if (!(range.first >= 1024 && range.last <= 65_535 && range.last - range.first >= 3)) {
    context.addIssue('must be first-last, from 1024 to 65535, at least 4 ports');
    return z.NEVER;
  }
  return range;
});

/** IP networks in CIDR form; a bare address stands for itself. */
export const networks = text.transform((value, context): readonly string[] => {
  const parts = value.split(',').map((part) => part.trim());
  const bad = parts.find((part) => !isNetwork(part));
  if (bad !== undefined || parts.length > 256) {
    context.addIssue('must be at most 256 networks such as 192.0.2.0/24, with commas between');
    return z.NEVER;
  }
  return parts.map((part) => (part.includes('/') ? part : `${part}/${isIPv4(part) ? 32 : 128}`));
});

function isNetwork(part: string): boolean {
  const [address = '', bits, ...rest] = part.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}
