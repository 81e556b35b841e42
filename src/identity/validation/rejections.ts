import type { ErrorFacts } from '../../foundation/index.ts';
import type { TokenRejectionCode } from '../identity-error.ts';
import { quotable, TokenRejected } from './token-rejected.ts';

/*
 * Every refusal with the number, text and category that Exchange answers. Texts come from published 401 answers: the
 * Exchange team's posts on Hybrid Modern Authentication and on hybrid free/busy, and Microsoft's support articles.
 * Where no public text exists the entry says "simulated": number and wording are ours.
 */

function reject(code: TokenRejectionCode, diagnosticsCode: string, reason: string, category: string, facts: ErrorFacts): TokenRejected {
  return new TokenRejected(code, { code: diagnosticsCode, reason, category }, facts);
}

export function invalidSignature(facts: ErrorFacts): TokenRejected {
  return reject('IDENTITY_TOKEN_SIGNATURE', '2000000', 'The token has an invalid signature.', 'invalid_signature', facts);
}

/** Exchange says the same whether the signature is wrong or the key unknown to it: stale AuthServer keys are the usual cause. */
export function unknownKey(facts: ErrorFacts): TokenRejected {
  return reject('IDENTITY_TOKEN_KEY_UNKNOWN', '2000000', 'The token has an invalid signature.', 'invalid_signature', facts);
}

export function refusedAlgorithm(algorithm: unknown): TokenRejected {
  return reject('IDENTITY_TOKEN_ALGORITHM', '2000000', 'The token has an invalid signature.', 'invalid_signature', { algorithm: quotable(algorithm) });
}

export function malformed(what: string): TokenRejected {
  return reject('IDENTITY_TOKEN_MALFORMED', '2000001', 'OAuth token submitted with the request can not be parsed.', 'invalid_token', { what });
}

/** Simulated: no public text for lifetimes. */
export function expired(facts: ErrorFacts): TokenRejected {
  return reject('IDENTITY_TOKEN_EXPIRED', '2000002', 'The token has expired.', 'invalid_lifetime', facts);
}

/** Simulated: no public text for lifetimes. */
export function notYetValid(facts: ErrorFacts): TokenRejected {
  return reject('IDENTITY_TOKEN_NOT_YET_VALID', '2000002', 'The token is not yet valid.', 'invalid_lifetime', facts);
}

/** An audience that is not of the form this server expects, or names another application. */
export function invalidAudience(audience: unknown): TokenRejected {
  const text = quotable(audience);
  return reject('IDENTITY_TOKEN_AUDIENCE', '2000003', `The audience claim value is invalid '${text}'.`, 'invalid_resource', { audience: text });
}

export function wrongHost(audience: unknown, host: string): TokenRejected {
  const text = quotable(audience);
  return reject('IDENTITY_TOKEN_AUDIENCE', '2000003', `The hostname component of the audience claim value '${text}' is invalid`, 'invalid_resource', {
    audience: text,
    host: quotable(host),
  });
}

/** The request came in over another scheme than the audience says: TLS was taken off on the way. */
export function wrongScheme(audience: unknown, host: string, scheme: string): TokenRejected {
  const expected = `https://${quotable(host)}`;
  const actual = `${quotable(scheme)}://${quotable(host)}`;
  const reason = `The hostname component of the audience claim value is invalid. Expected '${expected}'. Actual '${actual}'.`;
  return reject('IDENTITY_TOKEN_SCHEME', '2000003', reason, 'invalid_resource', { audience: quotable(audience), expected, actual });
}

export function unknownTenant(tenant: unknown): TokenRejected {
  const text = quotable(tenant);
  return reject('IDENTITY_TOKEN_TENANT', '2000004', `The tenant for tenant guid '${text}' does not exist.`, 'invalid_tenant', { tenant: text });
}

export function missingUser(facts: ErrorFacts): TokenRejected {
  return reject('IDENTITY_TOKEN_USER_MISSING', '2000005', 'The user specified by the user-context in the token does not exist.', 'invalid_user', facts);
}

export function ambiguousUser(facts: ErrorFacts): TokenRejected {
  return reject('IDENTITY_TOKEN_USER_AMBIGUOUS', '2000005', 'The user specified by the user-context in the token is ambiguous.', 'invalid_user', facts);
}

/** Simulated: no public text for an issuer that no AuthServer names. */
export function unknownIssuer(issuer: unknown): TokenRejected {
  const text = quotable(issuer);
  return reject('IDENTITY_TOKEN_ISSUER', '2000006', `The issuer of the token '${text}' is not trusted.`, 'invalid_issuer', { issuer: text });
}

/** Simulated: no public text for outer and actor token that do not belong together. */
export function actorMismatch(what: string): TokenRejected {
  return reject('IDENTITY_TOKEN_ACTOR_MISMATCH', '2000007', 'The token and its actor token do not belong together.', 'invalid_token', { what });
}

/** Simulated: no public text for an actor that may not speak for users. */
export function notTrustedForDelegation(applicationId: string): TokenRejected {
  return reject('IDENTITY_TOKEN_NOT_TRUSTED_FOR_DELEGATION', '2000007', 'The actor token is not trusted for delegation.', 'invalid_token', { applicationId });
}

export function unknownPartner(applicationId: string, facts: ErrorFacts = {}): TokenRejected {
  return notPermitted('IDENTITY_TOKEN_PARTNER_UNKNOWN', applicationId, facts);
}

/**
 * The partner application has no linked account. For a request on a user's behalf Exchange lets the token pass and
 * answers with the SOAP fault "The application is missing a linked account for RBAC roles, …": who answers such a
 * request may do the same on this code.
 */
export function partnerNotLinked(applicationId: string): TokenRejected {
  return notPermitted('IDENTITY_TOKEN_PARTNER_NOT_LINKED', applicationId, {});
}

function notPermitted(code: TokenRejectionCode, applicationId: string, facts: ErrorFacts): TokenRejected {
  const text = quotable(applicationId);
  const reason = `The token should have valid permissions or linked account associated with partner application '${text}'.`;
  return reject(code, '2000008', reason, 'invalid_grant', { applicationId: text, ...facts });
}

/** Text as published, number simulated: the public text came without one. */
export function profileNotApplicable(profile: string): TokenRejected {
  return reject('IDENTITY_TOKEN_PROFILE', '2000009', `This token profile '${profile}' is not applicable for the current protocol`, 'invalid_token', { profile });
}

/** Simulated: no public text for a missing scope. */
export function missingScope(scopes: unknown): TokenRejected {
  return reject('IDENTITY_TOKEN_SCOPE', '2000010', "The token does not have the scope 'user_impersonation'.", 'invalid_grant', { scopes: quotable(scopes) });
}
