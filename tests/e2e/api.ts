import { PASSWORD } from './desk-page.ts';

/** The API as one signed-in user of another program sees it. */
export interface Api {
  fetch(path: string, options?: RequestInit): Promise<Response>;
  /** Reads or does something; fails on any refusal. */
  call<T>(path: string, method?: string, body?: object): Promise<T>;
}

export async function openApi(url: string, username: string): Promise<Api> {
  const base = `${url}/api/v1`;
  const signedIn = await fetch(`${base}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: PASSWORD }),
  });
  if (!signedIn.ok) throw new Error(`${username} cannot sign in: ${signedIn.status}`);
  const cookie = (signedIn.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  const send: Api['fetch'] = (path, options = {}) =>
    fetch(`${base}${path}`, { ...options, headers: { ...options.headers, cookie } });
  return {
    fetch: send,
    async call(path, method = 'GET', body) {
      const answer = await send(path, {
        method,
        ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
      });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      return answer.json();
    },
  };
}
