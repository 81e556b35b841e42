import { createHash, timingSafeEqual } from 'node:crypto';
import { codeChallengeMethodInvalid, codeChallengeRequired, codeChallengeSizeInvalid, codeVerifierMismatch } from './sign-in-errors.ts';

/**
 * Reads the challenge of an authorization request (RFC 7636 §4.3). Only S256: `plain`, which an absent method means
 * too, protects nobody who can read the request.
 *
 * @throws AadstsError 9002325, 50149, 501491
 */
export function readCodeChallenge(parameters: ReadonlyMap<string, string>, required: boolean): string | null {
  const challenge = parameters.get('code_challenge');
  const method = parameters.get('code_challenge_method');
  if (challenge === undefined || challenge === '') {
    if (required || method !== undefined) throw codeChallengeRequired();
    return null;
  }
  if (method !== 'S256') throw codeChallengeMethodInvalid();
  // The SHA-256 of anything, base64url.
  if (!/^[A-Za-z0-9_-]{43}$/.test(challenge)) throw codeChallengeSizeInvalid();
  return challenge;
}

/**
 * Compares the verifier with the challenge (RFC 7636 §4.6). A verifier where no challenge was sent is refused as well: it
 * shows that somebody took the challenge out (RFC 9700 §4.8.2).
 *
 * @throws AadstsError 501481
 */
export function checkCodeVerifier(challenge: string | null, verifier: string | undefined): void {
  if (challenge === null && (verifier === undefined || verifier === '')) return;
  if (challenge === null || verifier === undefined || !/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) throw codeVerifierMismatch();
  const computed = createHash('sha256').update(verifier).digest('base64url');
  if (!timingSafeEqual(Buffer.from(computed), Buffer.from(challenge))) throw codeVerifierMismatch();
}
