import type { Problem } from '../../../acd/api/contract/index.ts';

/** What came of a request: outcomes that the page must tell apart. */
export type Answer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'refused'; readonly status: number; readonly problem: Problem }
  | { readonly kind: 'unreachable' };

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

const DEADLINE_MS = 10_000;
const RETRY_AFTER_MS = 400;

let language = 'zh-CN';
/** The language in which the server words its refusals. */
export function setRequestLanguage(locale: string): void {
  language = locale;
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'message' in body;
}

async function once<T>(method: Method, path: string, body: unknown, key: string): Promise<Answer<T>> {
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': language };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (method !== 'GET') headers['idempotency-key'] = key;
  try {
    const response = await fetch(`/api/v1${path}`, {
      method,
      headers,
      credentials: 'same-origin',
      signal: AbortSignal.timeout(DEADLINE_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.ok) return { kind: 'ok', value: answer as T };
    if (isProblem(answer)) return { kind: 'refused', status: response.status, problem: answer };
    if (response.status >= 500) return { kind: 'unreachable' };
    return { kind: 'refused', status: response.status, problem: { code: 'unknown', message: '' } };
  } catch {
    return { kind: 'unreachable' };
  }
}

/**
 * Asks the server, with a deadline of 10 s. A request that did not get through is sent once more with the same idempotency key, so a
 * command whose answer was lost is not done twice.
 */
export async function request<T>(method: Method, path: string, body?: unknown): Promise<Answer<T>> {
  const key = crypto.randomUUID();
  const first = await once<T>(method, path, body, key);
  if (first.kind !== 'unreachable') return first;
  await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS));
  return once<T>(method, path, body, key);
}
