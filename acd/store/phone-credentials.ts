import { instant, type Queryable } from './database.ts';

/** What a phone must prove: HA1 of RFC 2617, i.e. MD5 of `user:realm:password`. The password itself is kept nowhere. */
export interface PhoneCredential {
  readonly phoneUser: string;
  readonly realm: string;
  readonly ha1: string;
  readonly expiresAtMs: number;
}

/** Replaces what the phone had before. */
export async function savePhoneCredential(db: Queryable, credential: PhoneCredential): Promise<void> {
  await db.query(
    `insert into phone_credentials (phone_user, realm, ha1, expires_at) values ($1, $2, $3, $4)
     on conflict (phone_user) do update set realm = excluded.realm, ha1 = excluded.ha1, expires_at = excluded.expires_at`,
    [credential.phoneUser, credential.realm, credential.ha1, instant(credential.expiresAtMs)],
  );
}

/** Undefined when there is none or it has expired. */
export async function findPhoneCredential(
  db: Queryable,
  phoneUser: string,
  nowMs: number,
): Promise<PhoneCredential | undefined> {
  const { rows } = await db.query<PhoneCredential>(
    `select phone_user as "phoneUser", realm, ha1, expires_at as "expiresAtMs" from phone_credentials
      where phone_user = $1 and expires_at > $2`,
    [phoneUser, instant(nowMs)],
  );
  return rows[0];
}

export async function deletePhoneCredential(db: Queryable, phoneUser: string): Promise<void> {
  await db.query('delete from phone_credentials where phone_user = $1', [phoneUser]);
}
