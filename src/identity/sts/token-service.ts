import type { Limiter } from './limiter.ts';
import { createLimiter } from './limiter.ts';
import { tooManyRequests } from './aadsts-errors.ts';
import { createSignInAttempts } from './sign-in-attempts.ts';
import type { SignInAttempts } from './sign-in-attempts.ts';
import { createSignInStarts } from './sign-in-starts.ts';
import type { SignInStarts } from './sign-in-starts.ts';
import { createTokenSigner } from './signing-keys.ts';
import type { Sign } from './signing-keys.ts';
import type { StsContext } from './sts-context.ts';

/** What the grants share: the store, the signing key, and the brakes on guessing. */
export interface TokenService {
  context: StsContext;
  sign: Sign;
  attempts: SignInAttempts;
  starts: SignInStarts;
  /** For everything that hashes. */
  limit: Limiter;
}

export function createTokenService(context: StsContext): TokenService {
  return {
    context,
    sign: createTokenSigner(context),
    attempts: createSignInAttempts(context),
    starts: createSignInStarts(context.clock),
    limit: createLimiter({ concurrent: 2, waiting: 64, refuse: tooManyRequests }),
  };
}
