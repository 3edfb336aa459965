/** A command as a client sent it: first line, headers by lower-case name (first one wins), and the body if it named a length. */
export interface ClientCommand {
  readonly line: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string | undefined;
}

/** Limits on what one command may be. */
export interface CommandLimits {
  /** Bytes of the head: command line and headers. */
  readonly headBytes: number;
  readonly headers: number;
  readonly bodyBytes: number;
}

export const COMMAND_LIMITS: CommandLimits = { headBytes: 65_536, headers: 100, bodyBytes: 1_048_576 };

/** What a chunk of bytes amounted to. After `too-large` nothing more is read. */
export type ReadOutcome =
  | { readonly kind: 'commands'; readonly commands: ClientCommand[] }
  | { readonly kind: 'too-large' };

function parseHead(text: string): { line: string; headers: Map<string, string> } | undefined {
  const [line = '', ...rest] = text.split('\n').map((one) => one.replace(/\r$/, ''));
  const headers = new Map<string, string>();
  for (const row of rest) {
    const at = row.indexOf(':');
    if (at <= 0) continue;
    const name = row.slice(0, at).trim().toLowerCase();
    if (!headers.has(name)) headers.set(name, row.slice(at + 1).trim());
  }
  return { line, headers };
}

/** Cuts the bytes of a client into commands. A command ends with an empty line, and its body after that. */
export class CommandReader {
  #pending: Buffer = Buffer.alloc(0);
  #head: { line: string; headers: Map<string, string>; bodyBytes: number } | undefined;
  readonly #limits: CommandLimits;

  constructor(limits: CommandLimits = COMMAND_LIMITS) {
    this.#limits = limits;
  }

  push(chunk: Buffer): ReadOutcome {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    const commands: ClientCommand[] = [];
    for (;;) {
      if (!this.#head) {
        this.#skipEmptyLines();
        const end = this.#endOfHead();
        if (end === undefined) {
          if (this.#pending.length > this.#limits.headBytes) return { kind: 'too-large' };
          return { kind: 'commands', commands };
        }
        if (end.at > this.#limits.headBytes) return { kind: 'too-large' };
        const head = parseHead(this.#pending.subarray(0, end.at).toString('utf8'));
        this.#pending = this.#pending.subarray(end.next);
        if (!head) continue;
        const bodyBytes = Number(head.headers.get('content-length') ?? 0);
        if (head.headers.size > this.#limits.headers || !(bodyBytes >= 0 && bodyBytes <= this.#limits.bodyBytes)) {
          return { kind: 'too-large' };
        }
        this.#head = { ...head, bodyBytes };
      }
      const { line, headers, bodyBytes } = this.#head;
      if (this.#pending.length < bodyBytes) return { kind: 'commands', commands };
      const body = bodyBytes > 0 ? this.#pending.subarray(0, bodyBytes).toString('utf8') : undefined;
      this.#pending = this.#pending.subarray(bodyBytes);
      this.#head = undefined;
      commands.push({ line, headers, body });
    }
  }

  #skipEmptyLines(): void {
    let at = 0;
    while (this.#pending[at] === 0x0a || this.#pending[at] === 0x0d) at++;
    if (at > 0) this.#pending = this.#pending.subarray(at);
  }

  #endOfHead(): { at: number; next: number } | undefined {
    const plain = this.#pending.indexOf('\n\n');
    const withReturns = this.#pending.indexOf('\r\n\r\n');
    if (withReturns >= 0 && (plain < 0 || withReturns < plain)) return { at: withReturns, next: withReturns + 4 };
    return plain >= 0 ? { at: plain, next: plain + 2 } : undefined;
  }
}
