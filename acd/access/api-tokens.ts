import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../../config/clock.ts';
import {
  type ApiToken,
  addAudit,
  createApiToken,
  type Database,
  findApiToken,
  listApiTokens,
  markApiTokenUsed,
  revokeApiToken,
} from '../store/index.ts';
import { type Identity, systemIdentity } from './identity.ts';
import type { Permission } from './permission.ts';

/** How every token begins, so that scanners for leaked secrets know it. */
const PREFIX = 'tandem_';
const LENGTH = PREFIX.length + 43;
/** A revoked token is out after this at the latest, on every node. */
const REMEMBERED_MS = 5_000;
const MOST_REMEMBERED = 1_000;
/** How exact "last used" is. */
const NOTE_USE_AFTER_MS = 60_000;

/** The token is said once. */
export interface IssuedToken {
  readonly token: string;
  readonly tokenId: string;
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url');

/** What other systems show in place of a session; only hashes are kept. */
export class ApiTokens {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #remembered = new Map<string, { identity: Identity; untilMs: number }>();

  constructor(db: Database, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  /** Throws `store.conflict` when a token in force has the name. */
  async issue(name: string, permissions: readonly Permission[], actorId: string): Promise<IssuedToken> {
    const token = `${PREFIX}${randomBytes(32).toString('base64url')}`;
    const id = randomUUID();
    const createdAtMs = this.#clock.now();
    await createApiToken(this.#db, {
      id,
      tokenHash: hashOf(token),
      name,
      permissions,
      createdBy: actorId,
      createdAtMs,
    });
    await addAudit(this.#db, {
      actorId,
      action: 'created',
      objectKind: 'api-token',
      objectId: id,
      detail: { name, permissions },
    });
    return { token, tokenId: id };
  }

  list(): Promise<readonly ApiToken[]> {
    return listApiTokens(this.#db);
  }

  /** False when there is none in force with that id. */
  async revoke(tokenId: string, actorId: string): Promise<boolean> {
    const done = await revokeApiToken(this.#db, tokenId, this.#clock.now());
    if (!done) return false;
    this.#remembered.clear();
    await addAudit(this.#db, { actorId, action: 'revoked', objectKind: 'api-token', objectId: tokenId });
    return true;
  }

  /** The system behind a token, or undefined for one that is unknown or revoked. */
  async who(token: string): Promise<Identity | undefined> {
    if (token.length !== LENGTH || !token.startsWith(PREFIX)) return undefined;
    const now = this.#clock.now();
    const hash = hashOf(token);
    const known = this.#remembered.get(hash);
    if (known && known.untilMs > now) return known.identity;
    this.#remembered.delete(hash);
    const found = await findApiToken(this.#db, hash);
    if (!found) return undefined;
    if (now - (found.lastUsedAtMs ?? 0) > NOTE_USE_AFTER_MS) await markApiTokenUsed(this.#db, found.id, now);
    const identity = systemIdentity(found);
    if (this.#remembered.size >= MOST_REMEMBERED) this.#remembered.clear();
    this.#remembered.set(hash, { identity, untilMs: now + REMEMBERED_MS });
    return identity;
  }
}
