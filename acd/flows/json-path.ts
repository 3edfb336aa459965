/** `a.b[0].c`: names and indexes, nothing else. At most 12 steps. */
export const JSON_PATH = /^[A-Za-z_][A-Za-z0-9_-]*(?:\.[A-Za-z_][A-Za-z0-9_-]*|\[\d{1,4}\]){0,11}$/;

/** Reads a plain value out of parsed JSON; `undefined` when the way does not exist or leads to an object or list. */
export function readJsonPath(value: unknown, path: string): string | undefined {
  let current: unknown = value;
  for (const step of path.split(/[.[\]]+/).filter((part) => part !== '')) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step)) return undefined;
    current = (current as Record<string, unknown>)[step];
  }
  if (typeof current === 'string') return current;
  if (typeof current === 'number' || typeof current === 'boolean') return String(current);
  return undefined;
}
