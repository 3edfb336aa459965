import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../config/clock.ts';
import {
  addAudit,
  createSession,
  type Database,
  deleteExpiredSessions,
  deleteSession,
  deleteSessionsOfUser,
  extendSession,
  findAgentOfUser,
  findSession,
  findUserForSignIn,
  liveSessions,
} from '../store/index.ts';
import { FailedAttempts } from './attempts.ts';
import { type Identity, identityOf } from './identity.ts';
import { hashPassword, verifyPassword } from './password.ts';

/** A session ends this long after it was last used: a shift with its breaks. */
export const SESSION_IDLE_MS = 14 * 60 * 60_000;
/** How old the stored expiry may get before it is written again. */
const EXTEND_AFTER_MS = 10 * 60_000;
/** How long an identity may be served from memory; a disabled user is out after this at the latest. */
const REMEMBERED_MS = 5_000;
const MOST_REMEMBERED = 5_000;

export type SignInOutcome =
  | { readonly kind: 'signed-in'; readonly token: string; readonly identity: Identity; readonly expiresAtMs: number }
  | { readonly kind: 'wrong-credentials' }
  | { readonly kind: 'too-many' };

/** Sessions that are over: one, or all of a user but one. */
export type SessionEnd =
  | { readonly kind: 'session'; readonly token: string }
  | { readonly kind: 'user'; readonly userId: string; readonly exceptToken: string | undefined };

const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url');

/** Who is at the other end: passwords in, opaque tokens out; only their hashes are kept. */
export class Sessions {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #byName: FailedAttempts;
  readonly #byAddress: FailedAttempts;
  readonly #endListeners = new Set<(end: SessionEnd) => void>();
  readonly #remembered = new Map<string, { identity: Identity; untilMs: number }>();
  /** Checked when the name is unknown, so that an unknown name takes as long as a known one. */
  readonly #decoy = hashPassword(randomBytes(18).toString('base64url'));

  constructor(db: Database, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
    this.#byName = new FailedAttempts(clock, { most: 10, windowMs: 10 * 60_000 });
    this.#byAddress = new FailedAttempts(clock, { most: 100, windowMs: 10 * 60_000 });
  }

  async signIn(username: string, password: string, address: string): Promise<SignInOutcome> {
    const name = username.toLowerCase();
    if (this.#byName.blocked(name) || this.#byAddress.blocked(address)) return { kind: 'too-many' };
    const user = await findUserForSignIn(this.#db, username);
    const right = await verifyPassword(password, user?.passwordHash ?? (await this.#decoy));
    if (!user || !right || user.disabled) {
      this.#byName.fail(name);
      this.#byAddress.fail(address);
      return { kind: 'wrong-credentials' };
    }
    this.#byName.succeed(name);
    const token = randomBytes(32).toString('base64url');
    const expiresAtMs = this.#clock.now() + SESSION_IDLE_MS;
    await createSession(this.#db, { tokenHash: hashOf(token), userId: user.id, expiresAtMs });
    await addAudit(this.#db, { actorId: user.id, action: 'signed-in', objectKind: 'session', objectId: null });
    await deleteExpiredSessions(this.#db, this.#clock.now());
    const identity = identityOf(user, await findAgentOfUser(this.#db, user.id));
    return { kind: 'signed-in', token, identity, expiresAtMs };
  }

  /** The person behind a token, or undefined. Using a session keeps it alive. */
  async who(token: string): Promise<Identity | undefined> {
    if (token.length !== 43) return undefined;
    const now = this.#clock.now();
    const tokenHash = hashOf(token);
    const known = this.#remembered.get(tokenHash);
    if (known && known.untilMs > now) return known.identity;
    this.#remembered.delete(tokenHash);
    const session = await findSession(this.#db, tokenHash, now);
    if (!session) return undefined;
    if (session.expiresAtMs - now < SESSION_IDLE_MS - EXTEND_AFTER_MS) {
      await extendSession(this.#db, tokenHash, now + SESSION_IDLE_MS);
    }
    const identity = identityOf(session.user, await findAgentOfUser(this.#db, session.userId));
    if (this.#remembered.size >= MOST_REMEMBERED) this.#remembered.clear();
    this.#remembered.set(tokenHash, { identity, untilMs: now + REMEMBERED_MS });
    return identity;
  }

  /** Forgets what is remembered of a token, so that a change of the user is seen at once. */
  forget(token: string): void {
    this.#remembered.delete(hashOf(token));
  }

  async signOut(token: string): Promise<void> {
    this.forget(token);
    await deleteSession(this.#db, hashOf(token));
    this.#tell({ kind: 'session', token });
  }

  /** Ends all sessions of a user: the password is new, or what they may do. `exceptToken` is the one that asked for it. */
  async endAllOf(userId: string, exceptToken?: string): Promise<void> {
    for (const [hash, { identity }] of this.#remembered) {
      if (identity.userId === userId) this.#remembered.delete(hash);
    }
    await deleteSessionsOfUser(this.#db, userId, exceptToken === undefined ? '' : hashOf(exceptToken));
    this.#tell({ kind: 'user', userId, exceptToken });
  }

  /** Those of the tokens whose sessions are over. Looking does not keep a session alive. */
  async ended(tokens: readonly string[]): Promise<readonly string[]> {
    const live = await liveSessions(this.#db, tokens.map(hashOf), this.#clock.now());
    return tokens.filter((token) => !live.has(hashOf(token)));
  }

  /** Hears of sessions that are ended here. Returns how to stop. */
  onEnd(listener: (end: SessionEnd) => void): () => void {
    this.#endListeners.add(listener);
    return () => this.#endListeners.delete(listener);
  }

  #tell(end: SessionEnd): void {
    for (const listener of this.#endListeners) listener(end);
  }
}
