import { CodedError } from '../../../config/errors.ts';
import { headerKey } from './message/header-names.ts';
import type { ExtraHeaders } from './stack.ts';

/** Headers that the stack writes itself. */
const OWNED = new Set(
  'via,from,to,call-id,cseq,contact,max-forwards,content-length,content-type,route,record-route,require,supported,server,user-agent'.split(
    ',',
  ),
);

/** Headers that the core adds, checked: no owned ones, no control characters, at most 64 of 2,000 characters. Throws `request.invalid`. */
export function checkExtraHeaders(headers: ExtraHeaders | undefined): [string, string][] {
  const entries = Object.entries(headers ?? {});
  if (entries.length > 64) throw new CodedError('request.invalid', { field: 'headers', why: 'more than 64' });
  for (const [name, value] of entries) {
    const sound = /^[!%'*+\-.0-9A-Z_`a-z~]{1,128}$/.test(name) && !OWNED.has(headerKey(name));
    if (!sound || value.length > 2_000 || hasControl(value)) {
      throw new CodedError('request.invalid', { field: 'headers', header: name.slice(0, 64) });
    }
  }
  return entries;
}

/** True when text holds CR, LF, NUL or another control character. */
export function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if ((code < 32 && code !== 9) || code === 127) return true;
  }
  return false;
}
