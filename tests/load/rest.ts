/** What the API said. */
export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the API says
  readonly body: any;
}

/** The REST API as one signed-in person uses it. A server that is away, or taken over by another, is asked again for `patienceMs`. */
export class Rest {
  readonly #url: string;
  #cookie: string;
  readonly #patienceMs: number;

  constructor(url: string, token = '', patienceMs = 10_000) {
    this.#url = url;
    this.#cookie = `tandem_session=${token}`;
    this.#patienceMs = patienceMs;
  }

  async signIn(username: string, password: string): Promise<void> {
    await this.#ask('POST', '/session', { username, password });
  }

  get(path: string): Promise<Answer> {
    return this.#ask('GET', path);
  }

  put(path: string, body: unknown): Promise<Answer> {
    return this.#ask('PUT', path, body);
  }

  post(path: string, body?: unknown): Promise<Answer> {
    return this.#ask('POST', path, body);
  }

  async #ask(method: string, path: string, body?: unknown): Promise<Answer> {
    const deadline = Date.now() + this.#patienceMs;
    for (;;) {
      const answer = await this.#once(method, path, body).catch((error: unknown) => ({ status: 503, body: error }));
      if (answer.status < 300) return answer;
      const away = answer.status >= 500;
      if (!away || Date.now() > deadline)
        throw new Error(
          `${method} ${path}: ${answer.status} ${answer.body instanceof Error ? answer.body.message : JSON.stringify(answer.body)}`,
        );
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async #once(method: string, path: string, body: unknown): Promise<Answer> {
    const response = await fetch(`${this.#url}/api/v1${path}`, {
      method,
      headers: { cookie: this.#cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(5_000),
    });
    const cookie = response.headers.getSetCookie()[0];
    if (cookie) this.#cookie = cookie.split(';')[0] ?? '';
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }
}
