import type { Clock } from '../../foundation/index.ts';
import { createBoundedCache, systemClock } from '../../foundation/index.ts';
import { decodeToken } from '../tokens/decode-token.ts';
import type { DecodedToken } from '../tokens/decode-token.ts';
import { isAllowedAlgorithm, verifySignature } from '../tokens/verify-signature.ts';
import { exchangeApplicationId } from '../well-known.ts';
import type { RequestTarget } from './check-audience.ts';
import { createChallenge } from './create-challenge.ts';
import type { Challenge, ChallengeOptions } from './create-challenge.ts';
import { compileIssuers, issuerOf, keyOf } from './issuers.ts';
import type { Issuer } from './issuers.ts';
import { invalidSignature, malformed, profileNotApplicable, refusedAlgorithm } from './rejections.ts';
import type { TokenProfile, TrustedAuthServer, TrustedPartnerApplication, UserContext, ValidatedToken } from './trust-settings.ts';
import { validateApplicationToken } from './validate-application-token.ts';
import { validateUserToken } from './validate-user-token.ts';

export interface TokenValidatorOptions<User> {
  authServers: readonly TrustedAuthServer[];
  partnerApplications: readonly TrustedPartnerApplication[];
  /** Everybody whom a token's user context may mean. None is answered 2000005 "does not exist", more than one "is ambiguous". */
  resolveUser: (context: UserContext) => Promise<readonly User[]>;
  /** The application id under which this service is known. Default Exchange's. */
  applicationId?: string;
  clock?: Clock;
  /** How much clocks may differ. Default 300,000 ms. */
  clockSkewMs?: number;
  /** Verified signatures kept. Default 2,000. */
  cacheCapacity?: number;
}

export interface ValidateOptions extends RequestTarget {
  /** What the protocol takes. Default everything. */
  profiles?: readonly TokenProfile[];
}

export interface TokenValidator<User> {
  /**
   * Decides about the token of an `Authorization: Bearer` header.
   *
   * @throws TokenRejected
   */
  validate(token: string, options: ValidateOptions): Promise<ValidatedToken<User>>;
  /** The 401 that a request without a token, or with a refused one, is answered with. */
  challenge(options?: ChallengeOptions): Challenge;
}

/** A token whose signature an issuer's key has verified. Lifetimes and all else are still to be checked. */
export interface VerifiedToken extends DecodedToken {
  issuer: Issuer;
}

export type VerifyToken = (token: DecodedToken) => VerifiedToken;

/**
 * Creates a validator for a fixed state of configuration; after a change, create a new one. Keys are parsed here, once,
 * and signatures that verified are remembered (by the token itself, bounded), so that the repeated token of a busy client
 * costs a look-up and a few comparisons.
 */
export function createTokenValidator<User>(options: TokenValidatorOptions<User>): TokenValidator<User> {
  const clock = options.clock ?? systemClock;
  const issuers = compileIssuers(options.authServers);
  const verified = createBoundedCache<VerifiedToken>(options.cacheCapacity ?? 2000);
  const context = {
    partnerApplications: options.partnerApplications,
    resolveUser: options.resolveUser,
    applicationId: options.applicationId ?? exchangeApplicationId,
    now: () => clock.now(),
    skewMs: options.clockSkewMs ?? 300_000,
    verify(token: DecodedToken): VerifiedToken {
      const known = verified.get(token.text);
      if (known !== undefined) return known;
      if (!isAllowedAlgorithm(token.header['alg'])) throw refusedAlgorithm(token.header['alg']);
      const issuer = issuerOf(issuers, token);
      if (!verifySignature(token, keyOf(issuer, token))) throw invalidSignature({ authServer: issuer.server.name });
      const result = { ...token, issuer };
      verified.set(token.text, result);
      return result;
    },
  };
  return {
    async validate(text, target) {
      const token = decodeToken(text);
      if (token === undefined) throw malformed('token');
      return await validateByProfile(token, target, context);
    },
    challenge: (challengeOptions) => createChallenge(options.authServers, challengeOptions),
  };
}

export interface ValidationContext<User> {
  partnerApplications: readonly TrustedPartnerApplication[];
  resolveUser: (context: UserContext) => Promise<readonly User[]>;
  applicationId: string;
  now: () => number;
  skewMs: number;
  verify: VerifyToken;
}

/**
 * Three shapes of token are told apart before anything is verified: with an `actortoken` inside it is an application on
 * a user's behalf; a signed one is the application's own when an ACS server issued it, a user's otherwise.
 */
async function validateByProfile<User>(token: DecodedToken, target: ValidateOptions, context: ValidationContext<User>): Promise<ValidatedToken<User>> {
  const takes = (profile: TokenProfile): void => {
    if (target.profiles !== undefined && !target.profiles.includes(profile)) throw profileNotApplicable(profile);
  };
  if (Object.hasOwn(token.claims, 'actortoken')) {
    takes('S2SAppActAs');
    return validateApplicationToken({ outer: token, target, context });
  }
  const signed = context.verify(token);
  if (signed.issuer.server.type === 'MicrosoftACS') {
    takes('S2SAppOnly');
    return validateApplicationToken({ actor: signed, target, context });
  }
  takes('User');
  return validateUserToken(signed, target, context);
}
