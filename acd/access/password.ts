import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** Cost of RFC 7914 scrypt: 32 MiB and about 60 ms a guess on one core. Stored with each hash, so it can be raised later. */
const COST = { N: 2 ** 15, r: 8, p: 1, keyBytes: 32 } as const;
const MOST_MEMORY_BYTES = 64 * 1024 * 1024;

function derive(
  password: string,
  salt: Buffer,
  cost: { N: number; r: number; p: number },
  bytes: number,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, bytes, { ...cost, maxmem: MOST_MEMORY_BYTES }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

/** `scrypt$N$r$p$salt$key`, salt and key in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, COST, COST.keyBytes);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** False for a wrong password and for a stored text that is no hash of ours. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [scheme, n, r, p, saltText, keyText] = stored.split('$');
  if (scheme !== 'scrypt' || saltText === undefined || keyText === undefined) return false;
  const cost = { N: Number(n), r: Number(r), p: Number(p) };
  if (!Object.values(cost).every((value) => Number.isInteger(value) && value > 0)) return false;
  const key = Buffer.from(keyText, 'base64url');
  if (key.length < 16) return false;
  const given = await derive(password, Buffer.from(saltText, 'base64url'), cost, key.length);
  return timingSafeEqual(given, key);
}
