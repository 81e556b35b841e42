import type { ErrorFacts } from '../../foundation/index.ts';
import { AadstsError } from './aadsts-error.ts';

/*
 * The refusals that the token service makes, with Azure AD's numbers and texts. Numbers and short meanings are from
 * "Microsoft Entra authentication and authorization error codes" (Microsoft Learn); wording is as public issue reports
 * quote it. What is put to a use of our own says so.
 */

/** What a client sent, as an answer may repeat it: one line, printable, 200 characters. */
export function echo(value: string): string {
  return value.replace(/[^\x20-\x7e]/g, '?').slice(0, 200);
}

export function missingParameter(name: string): AadstsError {
  return new AadstsError([900144], 'invalid_request', `The request body must contain the following parameter: '${name}'.`);
}

export function malformedRequest(why: string, status = 400): AadstsError {
  return new AadstsError([9002313], 'invalid_request', 'Invalid request. Request is malformed or invalid.', { status, facts: { why } });
}

export function onlyPost(method: string): AadstsError {
  return new AadstsError([900561], 'invalid_request', `The endpoint only accepts POST requests. Received a ${echo(method)} request.`, { status: 405 });
}

export function unsupportedGrant(grantType: string): AadstsError {
  return new AadstsError([70003], 'unsupported_grant_type', `The app requested an unsupported grant type '${echo(grantType)}'.`);
}

/** Discovery answers `invalid_tenant`, the token endpoints `invalid_request`. */
export function tenantNotFound(tenant: string, error: 'invalid_tenant' | 'invalid_request' = 'invalid_request'): AadstsError {
  const text = `Tenant '${echo(tenant)}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`;
  return new AadstsError([90002], error, text);
}

export function noTenantInformation(): AadstsError {
  return new AadstsError([50059], 'invalid_request', 'No tenant-identifying information found in either the request or implied by any provided credentials.');
}

export function applicationNotFound(appId: string, tenant: string): AadstsError {
  const text = `Application with identifier '${echo(appId)}' was not found in the directory '${echo(tenant)}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`;
  return new AadstsError([700016], 'unauthorized_client', text);
}

export function applicationDisabled(appId: string): AadstsError {
  return new AadstsError([7000112], 'unauthorized_client', `Application '${echo(appId)}' is disabled.`);
}

export function resourceNotFound(resource: string, tenant: string): AadstsError {
  const text = `The resource principal named ${echo(resource)} was not found in the tenant named ${echo(tenant)}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`;
  return new AadstsError([500011], 'invalid_resource', text);
}

export function invalidScope(scope: string): AadstsError {
  return new AadstsError([70011], 'invalid_scope', `The provided value for the input parameter 'scope' is not valid. The scope ${echo(scope)} is not valid.`);
}

export function missingClientCredential(): AadstsError {
  return new AadstsError([7000218], 'invalid_client', "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.");
}

export function invalidClientSecret(appId: string): AadstsError {
  const text = `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${echo(appId)}'.`;
  return new AadstsError([7000215], 'invalid_client', text);
}

export function expiredClientSecret(appId: string): AadstsError {
  return new AadstsError([7000222], 'invalid_client', `The provided client secret keys for app '${echo(appId)}' are expired.`);
}

/** One registered key, as the text names it. */
export interface ConfiguredKey {
  startDate: number;
  endDate: number;
  thumbprint: string;
}

/** The certificate that signed is not registered on the principal. */
export function assertionKeyNotFound(thumbprint: string, configured: readonly ConfiguredKey[]): AadstsError {
  const keys = configured.slice(0, 10).map((key, index) => `Key${index}:${validity(key)}, Thumbprint=${key.thumbprint};`);
  const text = `Error validating credentials. AADSTS50012: Client assertion contains an invalid signature. [Reason - The key was not found., Thumbprint of key used by client: '${echo(thumbprint)}', Configured keys: [${keys.join('')}]]`;
  return new AadstsError([70002, 50012], 'invalid_client', text, { facts: { thumbprint } });
}

/** The certificate is registered, and its key did not make this signature; or it is outside its validity. */
export function assertionSignatureInvalid(key: ConfiguredKey, why: 'signature' | 'expired'): AadstsError {
  const reason = why === 'signature' ? 'Key was found, but use of the key to verify the signature failed.' : 'The key used is expired.';
  const text = `Client assertion contains an invalid signature. [Reason - ${reason}, Thumbprint of key used by client: '${key.thumbprint}', Found key '${validity(key)}']`;
  return new AadstsError([700027], 'invalid_client', text, { facts: { thumbprint: key.thumbprint, why } });
}

function validity({ startDate, endDate }: ConfiguredKey): string {
  return `Start=${usDate(startDate)}, End=${usDate(endDate)}`;
}

/** `02/07/2021 17:00:39`, UTC, as the published messages write it. */
function usDate(at: number): string {
  const iso = new Date(at).toISOString();
  return `${iso.slice(5, 7)}/${iso.slice(8, 10)}/${iso.slice(0, 4)} ${iso.slice(11, 19)}`;
}

export function assertionNotInTime(times: { now: number; begins: number; ends: number }): AadstsError {
  const text = `Client assertion is not within its valid time range. Current time: ${sevenDigits(times.now)}, assertion valid from ${sevenDigits(times.begins)}, expiry time of assertion ${sevenDigits(times.ends)}.`;
  return new AadstsError([700024], 'invalid_client', text);
}

/** Seconds with seven decimals, as .NET prints them. */
export function sevenDigits(at: number): string {
  return `${new Date(at).toISOString().slice(0, 23)}0000Z`;
}

/** Number and text from memory of public reports: *unverified*. */
export function assertionAudienceInvalid(audience: string): AadstsError {
  return new AadstsError([700023], 'invalid_client', 'Client assertion audience claim does not match Realm issuer.', { facts: { audience: echo(audience) } });
}

/** An assertion that is no JWT, or lacks what one needs. `AADSTS50027` is published as InvalidJwtToken. */
export function assertionMalformed(what: string): AadstsError {
  return new AadstsError([50027], 'invalid_client', `JWT token is invalid or malformed. [${what}]`);
}

/** Our use of `AADSTS50027`: no number is published for an assertion that was used before. */
export function assertionReplayed(): AadstsError {
  return new AadstsError([50027], 'invalid_client', 'JWT token is invalid or malformed. [The assertion was used before.]');
}

/** Our use of `AADSTS53003`: the tenant does not allow the password grant. */
export function passwordGrantBlocked(): AadstsError {
  return new AadstsError([53003], 'invalid_grant', 'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.', {
    facts: { why: 'the password grant is off for this tenant' },
  });
}

/** Also answered for accounts that do not exist: Azure AD would say AADSTS50034 and so tell who has an account. The facts say which it was. */
export function invalidPassword(why: 'no such account' | 'wrong password' | 'no password set'): AadstsError {
  return new AadstsError([50126], 'invalid_grant', 'Error validating credentials due to invalid username or password.', { facts: { why } });
}

export function accountLocked(): AadstsError {
  return new AadstsError([50053], 'invalid_grant', "The account is locked, you've tried to sign in too many times with an incorrect user ID or password.");
}

export function accountDisabled(): AadstsError {
  return new AadstsError([50057], 'invalid_grant', 'The user account is disabled.');
}

/** Our use of `AADSTS50107`, published for a federation realm that does not exist: a password says nothing about people who sign in at an identity provider. */
export function federatedDomain(domain: string): AadstsError {
  return new AadstsError([50107], 'invalid_grant', `The requested federation realm object '${echo(domain)}' does not exist.`, { facts: { why: 'the domain is federated: its people sign in with a browser, at their identity provider' } });
}

export function onPremisesUnavailable(facts: ErrorFacts): AadstsError {
  return new AadstsError([80001], 'temporarily_unavailable', 'The Authentication Agent is unable to connect to Active Directory.', { status: 503, facts });
}

export function onPremisesTimedOut(): AadstsError {
  return new AadstsError([80002], 'temporarily_unavailable', 'Password validation request timed out.', { status: 503 });
}

export function onPremisesUnexpected(facts: ErrorFacts): AadstsError {
  return new AadstsError([80005], 'temporarily_unavailable', 'An unknown error occurred while processing the response from the Authentication Agent.', { status: 503, facts });
}

export function tooManyRequests(): AadstsError {
  return new AadstsError([90055], 'temporarily_unavailable', 'There are too many incoming requests. Try again later.', { status: 429 });
}

export function issuanceFailed(): AadstsError {
  return new AadstsError([50000], 'server_error', "There's an issue with the sign-in service.", { status: 500 });
}
