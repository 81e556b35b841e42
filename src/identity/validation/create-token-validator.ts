import type { Clock } from '../../foundation/index.ts';
import { systemClock } from '../../foundation/index.ts';
import { decodeToken } from '../tokens/decode-token.ts';
import type { DecodedToken } from '../tokens/decode-token.ts';
import { isAllowedAlgorithm, verifySignature } from '../tokens/verify-signature.ts';
import { exchangeApplicationId } from '../well-known.ts';
import { checkApplicationToken } from './check-application-token.ts';
import type { RequestTarget } from './check-audience.ts';
import { checkUserToken } from './check-user-token.ts';
import { createChallenge } from './create-challenge.ts';
import type { Challenge, ChallengeOptions } from './create-challenge.ts';
import { compileIssuers, issuerOf, keyOf } from './issuers.ts';
import { namesSomebody, onlyUser } from './only-user.ts';
import { invalidSignature, malformed, profileNotApplicable, refusedAlgorithm } from './rejections.ts';
import type { CheckedToken, TokenProfile, TrustedAuthServer, TrustedPartnerApplication, UserContext, ValidatedToken } from './trust-settings.ts';
import { createVerifiedTokens } from './verified-tokens.ts';
import type { VerifiedToken } from './verified-tokens.ts';

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

/**
 * Creates a validator for a fixed state of configuration; after a change, create a new one. Keys are parsed here, once,
 * and signatures that verified are remembered (by the token itself, bounded), so that the repeated token of a busy client
 * costs a look-up and a few comparisons.
 */
export function createTokenValidator<User>(options: TokenValidatorOptions<User>): TokenValidator<User> {
  const clock = options.clock ?? systemClock;
  const issuers = compileIssuers(options.authServers);
  const verified = createVerifiedTokens(options.cacheCapacity ?? 2000);
  const context: ValidationContext = {
    partnerApplications: options.partnerApplications,
    applicationId: options.applicationId ?? exchangeApplicationId,
    now: () => clock.now(),
    skewMs: options.clockSkewMs ?? 300_000,
    recall: (text) => verified.recall(text),
    verify(token) {
      const { text, header, claims } = token;
      if (!isAllowedAlgorithm(header['alg'])) throw refusedAlgorithm(header['alg']);
      const issuer = issuerOf(issuers, token);
      if (!verifySignature(token, keyOf(issuer, token))) throw invalidSignature({ authServer: issuer.server.name });
      const result = { text, claims, issuer };
      verified.remember(result);
      return result;
    },
  };
  return {
    async validate(text, target) {
      const token = checkByProfile(text, target, context);
      if (token.profile === 'S2SAppOnly') return token;
      if (!namesSomebody(token.context)) throw malformed('user context');
      return { ...token, user: onlyUser(await options.resolveUser(token.context), token.context) };
    },
    challenge: (challengeOptions) => createChallenge(options.authServers, challengeOptions),
  };
}

export interface ValidationContext {
  partnerApplications: readonly TrustedPartnerApplication[];
  applicationId: string;
  now: () => number;
  skewMs: number;
  /** The token of this very text, if its signature was verified before. */
  recall: (text: string) => VerifiedToken | undefined;
  /** @throws TokenRejected when no key of a trusted issuer signed it */
  verify: (token: DecodedToken) => VerifiedToken;
}

/**
 * Three shapes of token are told apart before anything is verified: with an `actortoken` inside it is an application on
 * a user's behalf; a signed one is the application's own when an ACS server issued it, a user's otherwise.
 */
function checkByProfile(text: string, target: ValidateOptions, context: ValidationContext): CheckedToken {
  const signed = context.recall(text) ?? verifyOuter(text, target, context);
  if (!('issuer' in signed)) return checkApplicationToken({ outer: signed, target, context });
  if (signed.issuer.server.type === 'MicrosoftACS') {
    checkProfile('S2SAppOnly', target);
    return checkApplicationToken({ actor: signed, target, context });
  }
  checkProfile('User', target);
  return checkUserToken(signed, target, context);
}

/** A token with an actor token inside is not signed itself; every other one is verified here. */
function verifyOuter(text: string, target: ValidateOptions, context: ValidationContext): VerifiedToken | DecodedToken {
  const token = decodeToken(text);
  if (token === undefined) throw malformed('token');
  if (token.claims['actortoken'] === undefined) return context.verify(token);
  checkProfile('S2SAppActAs', target);
  return token;
}

function checkProfile(profile: TokenProfile, { profiles }: ValidateOptions): void {
  if (profiles !== undefined && !profiles.includes(profile)) throw profileNotApplicable(profile);
}
