import type { ErrorFacts } from '../../foundation/index.ts';
import { echo, sevenDigits } from './aadsts-errors.ts';
import { AadstsError } from './aadsts-error.ts';
import type { ServicePrincipalRow } from './service-principals.ts';

/*
 * The refusals around people's sign-in: what `aadsts-errors.ts` says of numbers and texts holds here as well.
 */

/** Shown as a page, never sent on: the address is not to be trusted. */
export function redirectUriMismatch(redirectUri: string, appId: string): AadstsError {
  const text = `The redirect URI '${echo(redirectUri)}' specified in the request does not match the redirect URIs configured for the application '${echo(appId)}'. Make sure the redirect URI sent in the request matches one added to your application.`;
  return new AadstsError([50011], 'invalid_request', text);
}

export function unsupportedResponseType(responseType: string): AadstsError {
  return new AadstsError([700054], 'unsupported_response_type', `response_type '${echo(responseType)}' is not enabled for the application.`);
}

export function unsupportedValue(parameter: string): AadstsError {
  return new AadstsError([90023], 'invalid_request', `The value of the parameter '${parameter}' is not supported.`);
}

/** Our use of `AADSTS9002325`, which Azure AD keeps for browser applications: every public client needs PKCE here. */
export function codeChallengeRequired(): AadstsError {
  return new AadstsError([9002325], 'invalid_request', 'Proof Key for Code Exchange is required for authorization code redemption.');
}

export function codeChallengeMethodInvalid(): AadstsError {
  return new AadstsError([50149], 'invalid_request', 'Invalid Code_Challenge_method parameter. Only S256 is accepted.');
}

export function codeChallengeSizeInvalid(): AadstsError {
  return new AadstsError([501491], 'invalid_request', 'Invalid size of Code_Challenge parameter.');
}

export function codeVerifierMismatch(): AadstsError {
  return new AadstsError([501481], 'invalid_grant', 'The Code_Verifier does not match the code_challenge supplied in the authorization request.');
}

/** A code or token that this service did not issue, or not to this application. */
export function grantMalformed(why: string): AadstsError {
  return new AadstsError([70000], 'invalid_grant', 'Provided grant is invalid or malformed.', { facts: { why } });
}

export function codeForOtherTenant(): AadstsError {
  return new AadstsError([700005], 'invalid_grant', 'Provided Authorization Code is intended to use against other tenant, thus rejected.');
}

export function replyAddressChanged(): AadstsError {
  return new AadstsError([500112], 'invalid_grant', 'The reply address does not match the reply address provided when requesting Authorization code.');
}

export function codeRedeemed(): AadstsError {
  return new AadstsError([54005], 'invalid_grant', 'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.');
}

export function grantExpired(): AadstsError {
  const text = 'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.';
  return new AadstsError([70008], 'invalid_grant', text);
}

/** The sign-in that a refresh token came of was revoked: by an administrator, or because a token of it was used twice. */
export function grantRevoked(why: string): AadstsError {
  return new AadstsError([70008], 'invalid_grant', 'The provided access grant is expired or revoked.', { facts: { why } });
}

/** Wording as in the Exchange team's post on Hybrid Modern Authentication. */
export function grantBeforePasswordChange(issuedAt: number, tokensValidFrom: number): AadstsError {
  const text = `The provided grant has expired due to it being revoked. The user might have changed or reset their password. The grant was issued on '${sevenDigits(issuedAt)}' and the TokensValidFrom date for this user is '${sevenDigits(tokensValidFrom)}'`;
  return new AadstsError([50173], 'invalid_grant', text);
}

/** Only told to who holds a grant of that account; a sign-in by name answers AADSTS50126 instead. */
export function accountNotFound(tenant: string): AadstsError {
  return new AadstsError([50034], 'invalid_grant', `The user account does not exist in the ${echo(tenant)} directory. To sign into this application, the account must be added to the directory.`);
}

const consentText = (appId: string, name: string): string =>
  `The user or administrator has not consented to use the application with ID '${echo(appId)}' named '${echo(name)}'. Send an interactive authorization request for this user and resource.`;

/** At a token endpoint. */
export function consentMissing(appId: string, name: string): AadstsError {
  return new AadstsError([65001], 'invalid_grant', consentText(appId, name), { suberror: 'consent_required' });
}

/** Where the request was not to be seen (`prompt=none`). */
export function consentNeeded(appId: string, name: string): AadstsError {
  return new AadstsError([65001], 'consent_required', consentText(appId, name));
}

export function consentDeclined(): AadstsError {
  return new AadstsError([65004], 'access_denied', 'User declined to consent to access the app.');
}

/** Shown as a page: the tenant keeps people from consenting by themselves. */
export function adminConsentRequired(): AadstsError {
  return new AadstsError([90094], 'access_denied', 'The grant requires administrator permission.', { status: 403 });
}

/** `AADSTS50058`: `prompt=none`, and nobody is signed in. */
export function nobodySignedIn(): AadstsError {
  return new AadstsError([50058], 'login_required', 'Session information is not sufficient for single-sign-on: a silent sign-in request was sent but no user is signed in.');
}

export function secondFactorRequired(resource: string): AadstsError {
  const text = `Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '${echo(resource)}'.`;
  return new AadstsError([50076], 'interaction_required', text, { suberror: 'basic_action' });
}

export function secondFactorNotEnrolled(resource: string): AadstsError {
  const text = `Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication to access '${echo(resource)}'.`;
  return new AadstsError([50079], 'interaction_required', text, { suberror: 'basic_action' });
}

/** Published as the failure of the second factor's request. */
export function secondFactorWrong(): AadstsError {
  return new AadstsError([500121], 'invalid_grant', 'Authentication failed during strong authentication request.');
}

export function blockedByConditionalAccess(why: string, during: 'authorize' | 'token'): AadstsError {
  const text = 'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.';
  return new AadstsError([53003], during === 'authorize' ? 'access_denied' : 'invalid_grant', text, { facts: { why } });
}

/** The password grant is for public clients here: for others it would hand people's passwords to servers. */
export function clientCredentialRequired(): AadstsError {
  return new AadstsError([7000218], 'invalid_client', "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.", {
    facts: { why: 'the password grant is open to public clients only' },
  });
}

/** A client that is registered as public may not show a credential. */
export function clientIsPublic(): AadstsError {
  return new AadstsError([700025], 'invalid_client', "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.");
}

/** Wording of the on-behalf-of refusals as public issue reports quote them. */
export function userAssertionInvalid(reason: string): AadstsError {
  return new AadstsError([50013], 'invalid_grant', `Assertion failed signature validation. [Reason - ${reason}]`);
}

export function userAssertionForOther(audience: string, client: ServicePrincipalRow): AadstsError {
  const text = `Assertion audience does not match the Client app presenting the assertion. The audience in the assertion was '${echo(audience)}' and the expected audience is '${client.appId}' or one of the Application Uris of this application with App ID '${client.appId}'(${echo(client.displayName)}).`;
  return new AadstsError([500131], 'invalid_grant', text);
}

export function userAssertionNotInTime(times: { now: number; begins: number; ends: number }): AadstsError {
  const text = `Assertion is not within its valid time range. Ensure that the access token is not expired before using it for user assertion, or request a new token. Current time: ${sevenDigits(times.now)}, assertion valid from ${sevenDigits(times.begins)}, expiry time of assertion ${sevenDigits(times.ends)}.`;
  return new AadstsError([500133], 'invalid_grant', text);
}

export function identityTokenAsAssertion(): AadstsError {
  return new AadstsError([240002], 'invalid_grant', "Input id_token can't be used as 'urn:ietf:params:oauth:grant-type:jwt-bearer' grant.");
}

export function applicationOnBehalfOf(appId: string): AadstsError {
  return new AadstsError([7000114], 'unauthorized_client', `Application '${echo(appId)}' is not allowed to make application on-behalf-of calls.`);
}

export function authorizationPending(): AadstsError {
  return new AadstsError([70016], 'authorization_pending', 'OAuth 2.0 device flow error. Authorization is pending. Continue polling.');
}

/** RFC 8628 §3.5. Azure AD publishes no number of its own for it; the one of a pending authorization is used. */
export function pollingTooFast(): AadstsError {
  return new AadstsError([70016], 'slow_down', 'OAuth 2.0 device flow error. The client polls faster than the interval allows.');
}

export function deviceCodeExpired(): AadstsError {
  return new AadstsError([70019], 'expired_token', 'Verification code expired. Have the user retry sign-in.');
}

/** `AADSTS65004`, published as UserDeclinedConsent; its `error` as the device flow's documentation names it. */
export function deviceSignInDeclined(): AadstsError {
  return new AadstsError([65004], 'authorization_declined', 'User declined to consent to access the app.');
}

/*
 * Answers of identity providers. 50008 and 5000811 are worded as published; the reason in brackets is for whoever set the
 * provider up, and names nothing that the answer did not.
 */

/** The assertion is missing, is not what was asked for, or says nothing of use. */
export function federatedTokenInvalid(reason: string, facts: ErrorFacts = {}): AadstsError {
  return new AadstsError([50008], 'invalid_request', `SAML token is invalid. [${reason}]`, { facts: { ...facts, reason } });
}

export function federatedSignatureInvalid(): AadstsError {
  return new AadstsError([5000811], 'invalid_request', 'Unable to verify token signature. The signing key identifier does not match any valid registered keys.');
}

/** No domain whose sign-in is under way has this issuer. */
export function federationRealmUnknown(issuer: string): AadstsError {
  return new AadstsError([50107], 'invalid_request', `The requested federation realm object '${echo(issuer)}' does not exist.`, { facts: { why: 'the issuer is not the IssuerUri of the domain' } });
}

export function federatedTokenNotInTime(times: { now: number; begins: number; ends: number }): AadstsError {
  const text = `Assertion is not within its valid time range. Ensure that the clocks of the identity provider and of this service agree. Current time: ${sevenDigits(times.now)}, assertion valid from ${sevenDigits(times.begins)}, expiry time of assertion ${sevenDigits(times.ends)}.`;
  return new AadstsError([500133], 'invalid_request', text);
}

/** The assertion is good, and the directory has nobody of that ImmutableId in that domain. */
export function federatedUserNotFound(immutableId: string, tenant: string): AadstsError {
  const text = `The user account '${echo(immutableId)}' does not exist in the ${echo(tenant)} directory. To sign into this application, the account must be added to the directory.`;
  return new AadstsError([51004], 'invalid_request', text);
}

/** Our use of `AADSTS70044`: the application wants a fresh sign-in, and the identity provider answered with an old one. */
export function federatedSignInTooOld(): AadstsError {
  return new AadstsError([70044], 'invalid_request', 'The session has expired or is invalid due to sign-in frequency checks.', { facts: { why: 'the identity provider did not ask the person again' } });
}
