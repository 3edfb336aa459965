import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../config/clock.ts';
import type { PhoneUser } from '../../switch/index.ts';
import { type Database, deletePhoneCredential, findPhoneCredential, savePhoneCredential } from '../store/index.ts';

/** What a page's phone gets. The password is said once and kept nowhere. */
export interface IssuedPhone {
  readonly user: string;
  readonly domain: string;
  readonly password: string;
  readonly expiresAtMs: number;
}

/** Users that start so are callers from the page: they may dial entry numbers and nothing else. */
export const GUEST_PREFIX = 'guest-';

/** Short-lived credentials for browser phones, and the switch's question about them. */
export class Phones {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #domain: string;

  constructor(db: Database, clock: Clock, domain: string) {
    this.#db = db;
    this.#clock = clock;
    this.#domain = domain;
  }

  /** Makes a new password for the phone; an older one stops working for new registrations. */
  async issue(user: string, lifetimeMs: number): Promise<IssuedPhone> {
    const password = randomBytes(24).toString('base64url');
    const ha1 = createHash('md5').update(`${user}:${this.#domain}:${password}`).digest('hex');
    const expiresAtMs = this.#clock.now() + lifetimeMs;
    await savePhoneCredential(this.#db, { phoneUser: user, realm: this.#domain, ha1, expiresAtMs });
    return { user, domain: this.#domain, password, expiresAtMs };
  }

  /** A phone for one caller of the page. */
  issueGuest(lifetimeMs: number): Promise<IssuedPhone> {
    return this.issue(`${GUEST_PREFIX}${randomBytes(8).toString('hex')}`, lifetimeMs);
  }

  revoke(user: string): Promise<void> {
    return deletePhoneCredential(this.#db, user);
  }

  /** What the switch is told when the phone registers or calls; undefined when it is unknown or its time is over. */
  async lookUp(user: string, domain: string): Promise<PhoneUser | undefined> {
    if (domain !== this.#domain || user.length > 80) return undefined;
    const credential = await findPhoneCredential(this.#db, user, this.#clock.now());
    if (!credential) return undefined;
    return { user, domain, ha1: credential.ha1, variables: { user_context: 'agents', tandem_user: user } };
  }
}
