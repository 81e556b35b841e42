import type { Claims } from '../tokens/decode-token.ts';
import type { Issuer } from './issuers.ts';

/** A token whose signature an issuer's key has verified. Lifetimes and all else are still to be checked. */
export interface VerifiedToken {
  text: string;
  claims: Claims;
  issuer: Issuer;
}

export interface VerifiedTokens {
  /** The token of this very text, if it is remembered. */
  recall(text: string): VerifiedToken | undefined;
  remember(token: VerifiedToken): void;
}

/**
 * Remembers at most `capacity` tokens, and forgets all of them when one more comes: a token in use is then checked once
 * more, which costs less than keeping an order for each that comes only once.
 */
export function createVerifiedTokens(capacity: number): VerifiedTokens {
  const tokens = new Map<string, VerifiedToken>();
  return {
    recall(text) {
      const known = tokens.get(keyOf(text));
      return known?.text === text ? known : undefined;
    },
    remember(token) {
      if (tokens.size >= capacity) tokens.clear();
      tokens.set(keyOf(token.text), token);
    },
  };
}

/** The end of the signature finds a token, cheaper than its thousand characters; the whole text is then compared. */
function keyOf(text: string): string {
  return text.slice(-12);
}
