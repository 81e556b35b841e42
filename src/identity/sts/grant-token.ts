import { noTenantInformation, tenantNotFound, unsupportedGrant } from './aadsts-errors.ts';
import { grantActorToken } from './grant-actor-token.ts';
import { grantApplicationToken } from './grant-application-token.ts';
import { findAuthorizationCode, grantAuthorizationCode } from './grant-authorization-code.ts';
import { grantByPassword } from './grant-by-password.ts';
import { grantDeviceCode, tenantOfDeviceCode } from './grant-device-code.ts';
import { grantOnBehalfOf } from './grant-on-behalf-of.ts';
import { grantRefreshToken } from './grant-refresh-token.ts';
import { findRefreshToken } from './refresh-tokens.ts';
import { grantMalformed } from './sign-in-errors.ts';
import type { StsContext } from './sts-context.ts';
import type { StsTenant } from './sts-types.ts';
import { findTenant } from './tenants.ts';
import { decodeToken, textClaim } from '../tokens/decode-token.ts';
import { requiredParameter } from './token-request.ts';
import type { TokenEndpoint, TokenRequest } from './token-request.ts';
import type { TokenService } from './token-service.ts';

/** The JSON of a granted token. Version 1 and ACS write numbers as texts. */
export type TokenAnswer = Readonly<Record<string, string | number>>;

export type Grant = (service: TokenService, tenant: StsTenant, request: TokenRequest) => Promise<TokenAnswer>;

const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** Grants of people. MSAL names the device code's grant as RFC 8628 does, clients of version 1 in short. */
const userGrants: readonly (readonly [string, Grant])[] = [
  ['password', grantByPassword],
  ['authorization_code', grantAuthorizationCode],
  ['refresh_token', grantRefreshToken],
  ['urn:ietf:params:oauth:grant-type:device_code', grantDeviceCode],
  ['device_code', grantDeviceCode],
  [jwtBearer, grantOnBehalfOf],
];

/** Which grants each endpoint takes. The JWT bearer grant means an actor token at ACS, and on-behalf-of at version 1 and 2. */
const grants: Readonly<Record<TokenEndpoint, ReadonlyMap<string, Grant>>> = {
  acs: new Map([
    ['http://oauth.net/grant_type/jwt/1.0/bearer', grantActorToken],
    [jwtBearer, grantActorToken],
    ['client_credentials', grantActorToken],
  ]),
  v1: new Map([['client_credentials', grantApplicationToken], ...userGrants]),
  v2: new Map([['client_credentials', grantApplicationToken], ...userGrants]),
};

/** Path segments that leave the tenant open; the user name decides then. */
export const openTenants = new Set(['common', 'organizations']);

/**
 * Grants a token or says why not.
 *
 * @throws AadstsError
 */
export async function grantToken(service: TokenService, request: TokenRequest): Promise<TokenAnswer> {
  const grantType = requiredParameter(request, 'grant_type');
  const grant = grants[request.endpoint].get(grantType);
  if (grant === undefined) throw unsupportedGrant(grantType);
  return grant(service, await tenantOf(service.context, request, grantType), request);
}

async function tenantOf(context: StsContext, request: TokenRequest, grantType: string): Promise<StsTenant> {
  if (!openTenants.has(request.tenantName.toLowerCase())) return namedTenant(context, request.tenantName);
  if (grantType !== 'password' && grantType !== 'client_credentials') {
    const id = await tenantOfGrant(context, request, grantType);
    if (id === undefined) throw grantMalformed('no such grant');
    return namedTenant(context, id);
  }
  const name = request.parameters.get('username')?.split('@')[1];
  if (name === undefined || name === '') throw noTenantInformation();
  return namedTenant(context, name);
}

async function namedTenant(context: StsContext, name: string): Promise<StsTenant> {
  const tenant = await findTenant(context, name);
  if (tenant === undefined) throw tenantNotFound(name);
  return tenant;
}

/** At `/common` the code or token knows its tenant. */
async function tenantOfGrant(context: StsContext, request: TokenRequest, grantType: string): Promise<string | undefined> {
  if (grantType === 'authorization_code') return (await findAuthorizationCode(context, requiredParameter(request, 'code')))?.tenantId;
  if (grantType === 'refresh_token') return (await findRefreshToken(context, requiredParameter(request, 'refresh_token')))?.family.tenantId;
  // The assertion's own word, which its check confirms.
  if (grantType === jwtBearer) return textClaim(decodeToken(requiredParameter(request, 'assertion'))?.claims ?? {}, 'tid');
  return tenantOfDeviceCode(context, request);
}
