import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { SignJWT } from 'jose';
import { sharedCertificate } from '../certificates/test-certificates.ts';
import { certificateBase64, readCertificate } from '../certificates/read-certificate.ts';
import { acsIssuerId, exchangeApplicationId } from '../well-known.ts';
import { createTokenValidator } from './create-token-validator.ts';
import type { TokenValidator, TokenValidatorOptions, ValidateOptions } from './create-token-validator.ts';
import { formatDiagnostics, TokenRejected } from './token-rejected.ts';
import type { TrustedAuthServer, TrustedPartnerApplication, UserContext } from './trust-settings.ts';

/*
 * For tests: an ACS and an AzureAD server with keys, and tokens of every shape that they could have signed.
 */

export const now = Date.UTC(2026, 10, 21, 12, 0, 0);
export const seconds = now / 1000;
export const clock = { now: () => now };
export const tenant = '11111111-2222-3333-4444-555555555555';
export const otherTenant = '99999999-2222-3333-4444-555555555555';
export const host = 'mail.contoso.test';
export const target: ValidateOptions = { host, scheme: 'https' };
export const audience = `${exchangeApplicationId}/${host}@${tenant}`;
export const issuer = `https://sts.windows.net/${tenant}/`;

export const acsKey = await sharedCertificate('acs');
export const evoKey = await sharedCertificate('evosts');

export const acs: TrustedAuthServer = {
  name: 'ACS',
  type: 'MicrosoftACS',
  issuerIdentifier: acsIssuerId,
  realm: tenant,
  enabled: true,
  isDefaultAuthorizationEndpoint: false,
  certificates: [certificateBase64(acsKey.certificate)],
};
export const evoSts: TrustedAuthServer = {
  name: 'EvoSts',
  type: 'AzureAD',
  issuerIdentifier: issuer,
  realm: tenant,
  enabled: true,
  isDefaultAuthorizationEndpoint: true,
  authorizationEndpoint: 'https://login.windows.net/common/oauth2/authorize',
  certificates: [evoKey.certificate],
};
export const partner: TrustedPartnerApplication = {
  name: 'Exchange Online',
  applicationIdentifier: exchangeApplicationId,
  enabled: true,
  useAuthServer: true,
  linkedAccount: 'contoso.test/Users/Exchange Online-ApplicationAccount',
};

export const people: Record<string, string[]> = { 'anna@contoso.test': ['Anna'], 'twin@contoso.test': ['Twin 1', 'Twin 2'] };

export function validator(changes: Partial<TokenValidatorOptions<string>> = {}): TokenValidator<string> {
  return createTokenValidator<string>({
    authServers: [acs, evoSts],
    partnerApplications: [partner],
    resolveUser: async (context: UserContext) => people[context.smtp ?? context.upn ?? ''] ?? [],
    clock,
    ...changes,
  });
}

export type Json = Record<string, unknown>;

export function sign(claims: Json, key: { certificate: string; privateKey: string }, header: Json = {}): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ typ: 'JWT', alg: 'RS256', x5t: readCertificate(key.certificate).x5t, ...header }).sign(createPrivateKey(key.privateKey));
}

export const actorClaims: Json = {
  aud: audience,
  iss: `${acsIssuerId}@${tenant}`,
  nbf: seconds - 60,
  exp: seconds + 86_400,
  nameid: `${exchangeApplicationId}@${tenant}`,
  identityprovider: `${acsIssuerId}@${tenant}`,
  oid: 'b3b3f9b8-0000-0000-0000-000000000001',
  sub: 'b3b3f9b8-0000-0000-0000-000000000001',
  trustedfordelegation: 'true',
};
export const outerClaims: Json = {
  iss: `${exchangeApplicationId}@${tenant}`,
  aud: audience,
  nbf: seconds - 60,
  exp: seconds + 3600,
  nameid: 'anna@contoso.test',
  nii: 'urn:federation:MicrosoftOnline',
  smtp: 'anna@contoso.test',
  upn: 'anna@contoso.test',
};
export const userClaims: Json = {
  aud: `https://${host}`,
  iss: issuer,
  nbf: seconds - 60,
  exp: seconds + 3600,
  appid: 'd3590ed6-52b3-4102-aeff-aad2292ab01c',
  scp: 'Mail.Send user_impersonation',
  oid: 'o1',
  upn: 'anna@contoso.test',
  onprem_sid: 'S-1-5-21-1',
  tid: tenant,
  ver: '1.0',
};

export function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

export function unsigned(claims: Json, header: Json = { typ: 'JWT', alg: 'none' }): string {
  return `${encode(header)}.${encode(claims)}.`;
}

export async function actAs(actor: Json = {}, outer: Json = {}, actorHeader: Json = {}): Promise<string> {
  return unsigned({ ...outerClaims, actortoken: await sign({ ...actorClaims, ...actor }, acsKey, actorHeader), ...outer });
}

export async function rejection(token: string | Promise<string>, options: { target?: ValidateOptions; with?: Partial<TokenValidatorOptions<string>> } = {}): Promise<TokenRejected> {
  const text = await token;
  try {
    await validator(options.with).validate(text, options.target ?? target);
  } catch (error) {
    assert.ok(error instanceof TokenRejected, String(error));
    const shown = JSON.stringify(error.facts) + formatDiagnostics(error.diagnostics);
    for (const part of text.split('.')) assert.ok(part.length < 20 || !shown.includes(part), 'the token is not in the error');
    return error;
  }
  throw new assert.AssertionError({ message: 'the token was accepted' });
}

export async function rejected(token: string | Promise<string>, code: string, diagnostics: string | RegExp, options: Parameters<typeof rejection>[1] = {}): Promise<void> {
  const error = await rejection(token, options);
  assert.equal(error.code, code);
  const header = formatDiagnostics(error.diagnostics);
  if (typeof diagnostics === 'string') assert.equal(header, diagnostics);
  else assert.match(header, diagnostics);
}

export const invalidSignature = '2000000;reason="The token has an invalid signature.";error_category="invalid_signature"';
export const unparsable = '2000001;reason="OAuth token submitted with the request can not be parsed.";error_category="invalid_token"';
