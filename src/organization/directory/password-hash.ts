import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** RFC 7914 §2: N, r and p. Memory is 128·N·r bytes. */
export interface PasswordCost {
  cost: number;
  blockSize: number;
  parallelization: number;
}

/** 32 MiB and about a fifth of a second: one of OWASP's recommended settings for scrypt. */
export const defaultPasswordCost: PasswordCost = { cost: 2 ** 15, blockSize: 8, parallelization: 3 };

const keyLength = 32;

/** A password as it is stored: `scrypt$N$r$p$salt$key`, salt and key in base64. The cost travels with the hash. */
export async function hashPassword(password: string, cost: PasswordCost): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return ['scrypt', cost.cost, cost.blockSize, cost.parallelization, salt.toString('base64'), key.toString('base64')].join('$');
}

/** Compares in constant time. False for a hash of a form that we never wrote. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [scheme, cost, blockSize, parallelization, salt, key] = stored.split('$');
  if (scheme !== 'scrypt' || salt === undefined || key === undefined) return false;
  const expected = Buffer.from(key, 'base64');
  const actual = await derive(password, Buffer.from(salt, 'base64'), { cost: Number(cost), blockSize: Number(blockSize), parallelization: Number(parallelization) });
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

function derive(password: string, salt: Buffer, cost: PasswordCost): Promise<Buffer> {
  const options = { N: cost.cost, r: cost.blockSize, p: cost.parallelization, maxmem: 256 * cost.cost * cost.blockSize };
  return new Promise((resolve, reject) => {
    scrypt(password, salt, keyLength, options, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}
