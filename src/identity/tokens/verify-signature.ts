import { constants, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { longestToken } from './decode-token.ts';
import type { DecodedToken } from './decode-token.ts';

/** The signature algorithms that tokens and assertions may use; everything else is refused before any key is looked at. */
const allowedAlgorithms = ['RS256', 'PS256'] as const;

export type AllowedAlgorithm = (typeof allowedAlgorithms)[number];

/** NIST SP 800-131A; RFC 7518 §3.3 and §3.5. */
const shortestKey = 2048;

/** Keys that were looked at; reading their details anew each time would cost a twentieth of the check. */
const usableKeys = new WeakMap<KeyObject, boolean>();

function isUsable(key: KeyObject): boolean {
  const known = usableKeys.get(key);
  if (known !== undefined) return known;
  const usable = key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= shortestKey;
  usableKeys.set(key, usable);
  return usable;
}

/** What was signed, as bytes. Nothing waits between writing and checking, so that one place is enough for all. */
const signingInput = Buffer.alloc(longestToken);

/** True for RS256 and PS256, spelled exactly so. */
export function isAllowedAlgorithm(algorithm: unknown): algorithm is AllowedAlgorithm {
  return algorithm === 'RS256' || algorithm === 'PS256';
}

/**
 * True when the key signed the token (RFC 7515 §5.2). The key is the caller's: header fields that bring or fetch keys
 * (`jwk`, `jku`, `x5c`, `x5u`) play no part. Every `crit` field fails (§4.1.11), because none is known here, as do
 * keys that are not RSA of at least 2048 bits, or restricted to PSS by their own kind.
 *
 * OpenSSL is called directly, on this thread: by way of WebCrypto, as jose does it, the same check took five times as
 * long (`bench/tokens.ts`).
 */
export function verifySignature({ text, header, signedLength, signatureBytes }: DecodedToken, key: KeyObject): boolean {
  const { alg } = header;
  if (!isAllowedAlgorithm(alg) || header['crit'] !== undefined) return false;
  if (!isUsable(key)) return false;
  const signed = signingInput.subarray(0, signingInput.write(text, 0, signedLength, 'latin1'));
  // For an RSA key the padding is PKCS #1 v1.5 where none is named; naming it costs as much as the check itself.
  if (alg === 'RS256') return verify('sha256', signed, key, signatureBytes);
  return verify('sha256', signed, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }, signatureBytes);
}
