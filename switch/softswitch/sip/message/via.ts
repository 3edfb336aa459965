import { type Params, parseParams } from './params.ts';

/** One Via (RFC 3261 §20.42). */
export interface Via {
  /** Upper case: UDP, TCP, WS … */
  readonly transport: string;
  readonly host: string;
  readonly port: number | undefined;
  readonly params: Params;
}

/** RFC 3261 §8.1.1.7: a branch that starts so is unique in space and time. */
export const MAGIC_COOKIE = 'z9hG4bK';

const VIA =
  /^SIP\s*\/\s*2\.0\s*\/\s*([!%'*+\-.0-9A-Z_`a-z~]+)\s+(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)\s*(?::\s*(\d{1,5}))?\s*(;.*)?$/is;

/** Parses one Via value; undefined when malformed. */
export function parseVia(text: string): Via | undefined {
  const found = VIA.exec(text);
  if (!found) return undefined;
  const params = parseParams(found[4] ?? '');
  if (params === undefined) return undefined;
  const port = found[3] === undefined ? undefined : Number(found[3]);
  if (port !== undefined && port > 65535) return undefined;
  return { transport: found[1]!.toUpperCase(), host: found[2]!, port, params };
}
