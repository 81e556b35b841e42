import { readCertificate } from '../certificates/read-certificate.ts';
import { decodeToken, textClaim, timeClaim } from '../tokens/decode-token.ts';
import type { Claims, DecodedToken } from '../tokens/decode-token.ts';
import { isAllowedAlgorithm, verifySignature } from '../tokens/verify-signature.ts';
import { isNameOf } from './resolve-resource.ts';
import type { ServicePrincipalRow } from './service-principals.ts';
import { applicationOnBehalfOf, identityTokenAsAssertion, userAssertionForOther, userAssertionInvalid, userAssertionNotInTime } from './sign-in-errors.ts';
import { publishedKeys } from './signing-keys.ts';
import { issuerOfTenant } from './sts-context.ts';
import type { StsContext } from './sts-context.ts';
import type { StsTenant } from './sts-types.ts';

/** What a person's token says, once it is believed. */
export interface UserAssertion {
  userId: string;
  /** Epoch milliseconds. */
  issuedAt: number;
  /** `pwd`, or `pwd mfa`. */
  methods: string;
}

/**
 * Checks a token of this service as an assertion about a person (RFC 7523 §3): an access token, for the client that
 * presents it. It is this service's own clock that it ends by: no skew is allowed.
 *
 * @throws AadstsError 50013, 500131, 500133, 240002, 7000114
 */
export async function verifyUserAssertion(context: StsContext, text: string, { tenant, client }: { tenant: StsTenant; client: ServicePrincipalRow }): Promise<UserAssertion> {
  const token = decodeToken(text);
  if (token === undefined || !isAllowedAlgorithm(token.header['alg'])) throw userAssertionInvalid('The token is malformed, or not signed with RS256.');
  await checkSignature(context, token);
  const { claims } = token;
  const issuer = issuerOfTenant(context, tenant.id);
  const named = textClaim(claims, 'iss');
  if (named !== issuer && named !== `${issuer}v2.0`) throw userAssertionInvalid('The token was issued for another tenant, or is none of a person.');
  const issuedAt = checkTimes(claims, context.clock.now());
  const audience = textClaim(claims, 'aud') ?? '';
  const userId = textClaim(claims, 'oid');
  if (textClaim(claims, 'appid') === undefined) throw identityTokenAsAssertion();
  if (textClaim(claims, 'scp') === undefined || userId === undefined) throw applicationOnBehalfOf(textClaim(claims, 'appid') ?? '');
  if (!(await isNameOf(context, tenant, client, audience))) throw userAssertionForOther(audience, client);
  return { userId, issuedAt, methods: methodsOf(claims) };
}

/** Only keys that this service publishes now: what signed a token that is still good is among them. */
async function checkSignature(context: StsContext, token: DecodedToken): Promise<void> {
  const name = textClaim(token.header, 'x5t') ?? textClaim(token.header, 'kid');
  const key = (await publishedKeys(context)).find(({ x5t }) => x5t === name);
  if (key === undefined) throw userAssertionInvalid('The key was not found.');
  if (!verifySignature(token, readCertificate(key.certificate).publicKey)) throw userAssertionInvalid('Key was found, but use of the key to verify the signature failed.');
}

function checkTimes(claims: Claims, now: number): number {
  const [begins, ends, issuedAt] = [timeClaim(claims, 'nbf'), timeClaim(claims, 'exp'), timeClaim(claims, 'iat')];
  if (begins === undefined || ends === undefined || issuedAt === undefined) throw userAssertionInvalid('The token says no times.');
  if (now < begins || now >= ends) throw userAssertionNotInTime({ now, begins, ends });
  // Tokens count in whole seconds: what was issued in the second of a change of password counts as after it.
  return issuedAt + 999;
}

function methodsOf(claims: Claims): string {
  const { amr } = claims;
  return Array.isArray(amr) && amr.includes('mfa') ? 'pwd mfa' : 'pwd';
}
