import { connect } from 'socket.io-client';

/** What the API said. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the API says
  readonly body: any;
}

export interface Ask {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Somebody at a browser, or another system: keeps the cookie, asks, and opens live connections. */
export class Visitor {
  readonly #url: string;
  cookie = '';
  setCookie = '';

  constructor(url: string) {
    this.#url = url;
  }

  /** `GET /desk` → the answer, with JSON read. */
  async ask(operation: string, ask: Ask = {}): Promise<Answer> {
    const [method = 'GET', path = '/'] = operation.split(' ');
    const whole = path.startsWith('/!') ? path.slice(2) : `/api/v1${path}`;
    const response = await fetch(`${this.#url}${whole}`, {
      method,
      headers: {
        ...(this.cookie ? { cookie: this.cookie } : {}),
        ...(ask.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...ask.headers,
      },
      ...(ask.body === undefined ? {} : { body: typeof ask.body === 'string' ? ask.body : JSON.stringify(ask.body) }),
    });
    const set = response.headers.getSetCookie()[0];
    if (set !== undefined) {
      this.setCookie = set;
      this.cookie = set.split(';')[0] ?? '';
    }
    const bytes = Buffer.from(await response.arrayBuffer());
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    const body = isJson && bytes.length > 0 ? JSON.parse(bytes.toString('utf8')) : bytes;
    return { status: response.status, headers: response.headers, body };
  }

  /** A live connection of this visitor. */
  socket(space = '/', auth: Record<string, unknown> = {}, headers: Record<string, string> = {}) {
    return connect(this.#url + (space === '/' ? '' : space), {
      forceNew: true,
      reconnection: false,
      transports: ['websocket'],
      auth,
      extraHeaders: { ...(this.cookie ? { cookie: this.cookie } : {}), ...headers },
    });
  }
}
