import type { KeyObject } from 'node:crypto';
import { compactVerify } from 'jose';
import type { DecodedToken } from './decode-token.ts';

/** The signature algorithms that tokens and assertions may use; everything else is refused before any key is looked at. */
export const allowedAlgorithms = ['RS256', 'PS256'] as const;

export type AllowedAlgorithm = (typeof allowedAlgorithms)[number];

/** True for RS256 and PS256, spelled exactly so. */
export function isAllowedAlgorithm(algorithm: unknown): algorithm is AllowedAlgorithm {
  return allowedAlgorithms.some((allowed) => allowed === algorithm);
}

/**
 * True when the key signed the token. The key is the caller's: header fields that bring or fetch keys (`jwk`, `jku`,
 * `x5c`, `x5u`) play no part, and a `crit` field that jose does not know fails (RFC 7515 §4.1.11),
 * as do keys that are not RSA of at least 2048 bits.
 */
export async function verifySignature(token: DecodedToken, key: KeyObject): Promise<boolean> {
  try {
    await compactVerify(token.text, key, { algorithms: [...allowedAlgorithms] });
    return true;
  } catch {
    return false;
  }
}
