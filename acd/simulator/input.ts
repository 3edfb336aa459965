import { readFileSync, statSync } from 'node:fs';

export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly string[] };

const LARGEST_BYTES = 500 * 1024 * 1024;

/** The text of a file, or why there is none. */
export function readText(path: string): Read<string> {
  try {
    const { size } = statSync(path);
    if (size > LARGEST_BYTES) return { ok: false, problems: [`${path}: larger than ${LARGEST_BYTES} bytes`] };
    return { ok: true, value: readFileSync(path, 'utf8') };
  } catch (fault) {
    const code = (fault as NodeJS.ErrnoException).code ?? 'unknown';
    return { ok: false, problems: [`${path}: cannot be read (${code})`] };
  }
}

export function readJson(path: string): Read<unknown> {
  const text = readText(path);
  if (!text.ok) return text;
  try {
    return { ok: true, value: JSON.parse(text.value) };
  } catch (fault) {
    return { ok: false, problems: [`${path}: is not JSON: ${(fault as SyntaxError).message}`] };
  }
}
