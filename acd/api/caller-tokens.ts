import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../config/clock.ts';

/**
 * Proof that a caller page owns its guest phone: `user.expiry.mac`, signed with a key of this process. It opens nothing but the
 * view of that one call, so it needs no table; after a restart of the server the page asks for a new one.
 */
export class CallerTokens {
  readonly #key = randomBytes(32);
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  issue(phoneUser: string, expiresAtMs: number): string {
    const body = `${phoneUser}.${expiresAtMs}`;
    return `${body}.${this.#mac(body).toString('base64url')}`;
  }

  /** The guest phone's user, or undefined for a token that is not ours or whose time is over. */
  check(token: unknown): string | undefined {
    if (typeof token !== 'string' || token.length > 200) return undefined;
    const [user, expiry, mac] = token.split('.');
    if (!user || !expiry || !mac) return undefined;
    const given = Buffer.from(mac, 'base64url');
    const right = this.#mac(`${user}.${expiry}`);
    if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
    return Number(expiry) > this.#clock.now() ? user : undefined;
  }

  #mac(body: string): Buffer {
    return createHmac('sha256', this.#key).update(body).digest();
  }
}
