import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export type NonceUse = 'fresh' | 'stale' | 'foreign';

/**
 * Nonces for digest (RFC 7616 §3.3). An unused nonce costs no memory: it carries its time and our signature over it and the
 * address it was given to, so that nobody can fail in another one's name. Only a nonce that a
 * right password was proved with is remembered, with its highest count; when too many are, the oldest go, and every nonce of
 * their age is stale from then on, so that none can be replayed.
 */
export class Nonces {
  readonly #secret = randomBytes(32);
  readonly #used = new Map<string, { issuedMs: number; count: number }>();
  readonly #limit: number;
  readonly #lifeMs: number;
  #notBeforeMs = 0;

  constructor(limit: number, lifeMs: number) {
    this.#limit = limit;
    this.#lifeMs = lifeMs;
  }

  get size(): number {
    return this.#used.size;
  }

  /** A nonce for one source address. */
  issue(source: string, nowMs: number): string {
    const body = `${nowMs.toString(36)}.${randomBytes(9).toString('base64url')}`;
    return `${body}.${this.#sign(body, source)}`;
  }

  /** Looks before the password is checked: ours and young enough, and the count higher than any before. */
  check(nonce: string, source: string, count: number, nowMs: number): NonceUse {
    const issuedMs = this.#issuedMs(nonce, source);
    if (issuedMs === undefined) return 'foreign';
    if (nowMs - issuedMs > this.#lifeMs || issuedMs < this.#notBeforeMs) return 'stale';
    return count > (this.#used.get(nonce)?.count ?? 0) ? 'fresh' : 'stale';
  }

  /** Remembers the count after the password proved right. False when another request with that count was faster. */
  use(nonce: string, source: string, count: number, nowMs: number): boolean {
    if (this.check(nonce, source, count, nowMs) !== 'fresh') return false;
    this.#used.set(nonce, { issuedMs: this.#issuedMs(nonce, source) ?? nowMs, count });
    for (const [old, { issuedMs }] of this.#used) {
      const expired = nowMs - issuedMs > this.#lifeMs;
      if (!expired && this.#used.size <= this.#limit) break;
      if (!expired) this.#notBeforeMs = Math.max(this.#notBeforeMs, issuedMs + 1);
      this.#used.delete(old);
    }
    return true;
  }

  #issuedMs(nonce: string, source: string): number | undefined {
    const parts = nonce.split('.');
    if (parts.length !== 3 || nonce.length > 100) return undefined;
    const sent = Buffer.from(parts[2]!);
    const right = Buffer.from(this.#sign(`${parts[0]}.${parts[1]}`, source));
    if (sent.length !== right.length || !timingSafeEqual(sent, right)) return undefined;
    return Number.parseInt(parts[0]!, 36);
  }

  #sign(body: string, source: string): string {
    return createHmac('sha256', this.#secret).update(`${body}.${source}`).digest('base64url').slice(0, 22);
  }
}
