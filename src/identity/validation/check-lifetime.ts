import { timeOf } from '../tokens/decode-token.ts';
import type { Claims } from '../tokens/decode-token.ts';
import { expired, malformed, notYetValid } from './rejections.ts';

/**
 * Checks `exp` (required) and `nbf` (RFC 7519 §4.1.4 and §4.1.5), allowing for clocks that differ by `skewMs`.
 *
 * @returns when the token ends, epoch milliseconds, skew not counted
 * @throws TokenRejected `IDENTITY_TOKEN_EXPIRED`, `IDENTITY_TOKEN_NOT_YET_VALID`, `IDENTITY_TOKEN_MALFORMED`
 */
export function checkLifetime(claims: Claims, now: number, skewMs: number): number {
  const ends = timeOf(claims['exp']);
  if (ends === undefined) throw malformed('exp');
  const begins = claims['nbf'] === undefined ? 0 : timeOf(claims['nbf']);
  if (begins === undefined) throw malformed('nbf');
  if (now > ends + skewMs) throw expired({ expiresAt: new Date(ends).toISOString(), now: new Date(now).toISOString(), skewMs });
  if (now < begins - skewMs) throw notYetValid({ notBefore: new Date(begins).toISOString(), now: new Date(now).toISOString(), skewMs });
  return ends;
}
