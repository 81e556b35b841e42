import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** scrypt's N: 32 MiB and some 60 ms a guess. The cost is part of the stored text, so it can be raised without breaking old hashes. */
export const defaultHashCost = 32_768;

const blockSize = 8;
const parallelization = 1;
const longestSecret = 1024;
/** Hashes that came from on premises: made of the password's bytes as they are, not normalized. */
export const syncedScheme = 'premises-scrypt';
/** 128 MiB: what a hash from elsewhere may cost at most to check. */
const mostSyncedMemory = 2 ** 27;

type Cost = { N: number; r: number; p: number };

/** Hashes a password or client secret: `scrypt$N$r$p$salt$hash`, salt and hash base64url (RFC 7914). */
export async function hashSecret(secret: string, N: number): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(secret.normalize('NFKC'), salt, { N, r: blockSize, p: parallelization });
  return ['scrypt', N, blockSize, parallelization, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** True when the secret is the hashed one. Takes as long for a wrong one. */
export async function verifySecret(secret: string, stored: string): Promise<boolean> {
  const [scheme, N, r, p, salt, hash] = stored.split('$');
  if ((scheme !== 'scrypt' && scheme !== syncedScheme) || salt === undefined || hash === undefined || secret.length > longestSecret) return false;
  const expected = Buffer.from(hash, 'base64url');
  const actual = await derive(scheme === syncedScheme ? secret : secret.normalize('NFKC'), Buffer.from(salt, 'base64url'), { N: Number(N), r: Number(r), p: Number(p) });
  return timingSafeEqual(actual, expected);
}

/**
 * Spends the time of a verification, so that an unknown account cannot be told from a wrong password by the clock: that
 * of a hash like another account's, where one is given.
 */
export async function spendVerification(secret: string, N: number, like?: string | null): Promise<false> {
  if (typeof like === 'string') {
    await verifySecret(secret.slice(0, longestSecret), like);
    return false;
  }
  await derive(secret.slice(0, longestSecret), Buffer.alloc(16), { N, r: blockSize, p: parallelization });
  return false;
}

/** Whether a text is a hash as on-premises organisations keep them: `scrypt$N$r$p$salt$key`, base64, at a bearable cost. */
export function isSyncedHash(text: string): boolean {
  const [, N = '', r = '', p = '', salt = '', key = ''] = /^scrypt\$(\d{1,8})\$(\d{1,2})\$(\d{1,2})\$([\w+/-]{16,96}={0,2})\$([\w+/-]{43}=?)$/.exec(text) ?? [];
  const cost = Number(N);
  return salt !== '' && key !== '' && cost >= 2 && Number.isInteger(Math.log2(cost)) && Number(r) >= 1 && Number(p) >= 1 && Number(p) <= 16 && 128 * cost * Number(r) <= mostSyncedMemory;
}

/** Such a hash as it is stored here. */
export function storedSyncedHash(text: string): string {
  return text.replace(/^scrypt/, syncedScheme);
}

/** Client secrets are 32 random bytes. */
export function createClientSecret(): string {
  return randomBytes(32).toString('base64url');
}

function derive(secret: string, salt: Buffer, { N, r, p }: Cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, 32, { N, r, p, maxmem: 256 * N * r }, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}
