import { noTenantInformation, tenantNotFound, unsupportedGrant } from './aadsts-errors.ts';
import { grantActorToken } from './grant-actor-token.ts';
import { grantApplicationToken } from './grant-application-token.ts';
import { grantByPassword } from './grant-by-password.ts';
import type { StsContext } from './sts-context.ts';
import type { StsTenant } from './sts-types.ts';
import { findTenant } from './tenants.ts';
import { requiredParameter } from './token-request.ts';
import type { TokenEndpoint, TokenRequest } from './token-request.ts';
import type { TokenService } from './token-service.ts';

/** The JSON of a granted token. Version 1 and ACS write numbers as texts. */
export type TokenAnswer = Readonly<Record<string, string | number>>;

export type Grant = (service: TokenService, tenant: StsTenant, request: TokenRequest) => Promise<TokenAnswer>;

/** Which grants each endpoint takes. At version 1 and 2 the JWT bearer grant would mean on-behalf-of, which is not offered. */
const grants: Readonly<Record<TokenEndpoint, ReadonlyMap<string, Grant>>> = {
  acs: new Map([
    ['http://oauth.net/grant_type/jwt/1.0/bearer', grantActorToken],
    ['urn:ietf:params:oauth:grant-type:jwt-bearer', grantActorToken],
    ['client_credentials', grantActorToken],
  ]),
  v1: new Map([
    ['client_credentials', grantApplicationToken],
    ['password', grantByPassword],
  ]),
  v2: new Map([
    ['client_credentials', grantApplicationToken],
    ['password', grantByPassword],
  ]),
};

/** Path segments that leave the tenant open; the user name decides then. */
const openTenants = new Set(['common', 'organizations']);

/**
 * Grants a token or says why not.
 *
 * @throws AadstsError
 */
export async function grantToken(service: TokenService, request: TokenRequest): Promise<TokenAnswer> {
  const grantType = requiredParameter(request, 'grant_type');
  const grant = grants[request.endpoint].get(grantType);
  if (grant === undefined) throw unsupportedGrant(grantType);
  return grant(service, await tenantOf(service.context, request), request);
}

async function tenantOf(context: StsContext, request: TokenRequest): Promise<StsTenant> {
  const open = openTenants.has(request.tenantName.toLowerCase());
  const name = open ? request.parameters.get('username')?.split('@')[1] : request.tenantName;
  if (name === undefined || name === '') throw noTenantInformation();
  const tenant = await findTenant(context, name);
  if (tenant === undefined) throw tenantNotFound(name);
  return tenant;
}
