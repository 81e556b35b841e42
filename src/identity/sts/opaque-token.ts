import { createHash, randomBytes } from 'node:crypto';

/** Codes, refresh tokens, cookies and the like: 32 random bytes, base64url. */
export function createOpaqueToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What of such a token is stored. Without salt or cost: nobody guesses 32 random bytes. */
export function hashOpaqueToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
