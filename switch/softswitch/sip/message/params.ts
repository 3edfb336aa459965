import { splitOutside } from './split-outside.ts';

/** Parameters by lower-case name; a parameter without value is ''. Quoted values come without quotes and escapes. */
export type Params = ReadonlyMap<string, string>;

export const NO_PARAMS: Params = new Map();

const NAME = /^[!%'*+\-.0-9A-Z_`a-z~[\]:]+$/;

/** Parses `;a=b;c="d"` (with or without the first semicolon). Undefined when malformed: an empty one, a bad name, an open quote. */
export function parseParams(text: string): Params | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return NO_PARAMS;
  const params = new Map<string, string>();
  const inner = trimmed.startsWith(';') ? trimmed.slice(1) : trimmed;
  for (const part of splitOutside(inner, ';')) {
    const equals = part.indexOf('=');
    const name = (equals < 0 ? part : part.slice(0, equals)).trim();
    if (!NAME.test(name)) return undefined;
    const raw = equals < 0 ? '' : part.slice(equals + 1).trim();
    const value = raw.startsWith('"') ? unquote(raw) : raw;
    if (value === undefined || (!raw.startsWith('"') && /[\s",]/.test(raw))) return undefined;
    if (params.size >= 64) return undefined;
    params.set(name.toLowerCase(), value);
  }
  return params;
}

/** Content of a quoted string that fills `text`; undefined when it is not one. */
export function unquote(text: string): string | undefined {
  if (text.length < 2 || text[0] !== '"' || text[text.length - 1] !== '"') return undefined;
  const inner = text.slice(1, -1);
  if (inner.indexOf('\\') < 0) return inner.indexOf('"') < 0 ? inner : undefined;
  let out = '';
  for (let at = 0; at < inner.length; at++) {
    const char = inner[at]!;
    if (char === '"') return undefined;
    if (char !== '\\') out += char;
    else if (++at < inner.length) out += inner[at];
    else return undefined;
  }
  return out;
}

/** `text` as a quoted string. */
export function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
