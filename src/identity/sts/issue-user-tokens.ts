import { createHash, randomUUID } from 'node:crypto';
import type { GrantedAccess } from './access-policy.ts';
import { accessTokenAnswer } from './grant-application-token.ts';
import type { TokenAnswer } from './grant-token.ts';
import { groupsOfUser, rolesIn } from './groups.ts';
import type { IdentifiedClient } from './identify-client.ts';
import { scopeAnswer, scopeClaim } from './requested-access.ts';
import type { RequestedAccess } from './requested-access.ts';
import type { ServicePrincipalRow } from './service-principals.ts';
import { issuerOfTenant } from './sts-context.ts';
import type { StsContext } from './sts-context.ts';
import type { StsTenant } from './sts-types.ts';
import type { TokenService } from './token-service.ts';
import type { UserRow } from './users.ts';

/** A person's sign-in, as tokens tell of it. */
export interface UserGrant extends IdentifiedClient {
  tenant: StsTenant;
  user: UserRow;
  endpoint: 'v1' | 'v2';
  access: RequestedAccess;
  granted: GrantedAccess;
  /** `pwd` or `fed`, and `mfa` where there was a second factor. */
  methods: string;
  /** When the person signed in, epoch milliseconds. */
  signedInAt: number;
  /** As the authorization request sent it. */
  nonce?: string | null;
  refreshToken?: string;
  /** The request asked for `client_info`. */
  clientInfo: boolean;
}

/** Azure AD leaves the groups out of a token beyond this many. */
const mostGroups = 200;

/**
 * Issues what a person's grant is worth: an access token with the claims of Hybrid Modern Authentication (as the Exchange
 * team's post shows them), an `id_token` where `openid` was asked for, the refresh token that was made, `client_info`.
 */
export async function issueUserTokens(service: TokenService, grant: UserGrant): Promise<TokenAnswer> {
  const { context } = service;
  const { tenant, user, client, endpoint, access, granted } = grant;
  const now = Math.floor(context.clock.now() / 1000);
  const seconds = tenant.accessTokenSeconds;
  const person = { name: user.displayName, oid: user.objectId, sub: pairwiseSubject(user, client.appId), tid: tenant.id };
  const token = await service.sign({
    aud: granted.audience,
    iss: issuerOfTenant(context, tenant.id),
    iat: now,
    nbf: now,
    exp: now + seconds,
    acr: '1',
    amr: grant.methods.split(' '),
    appid: client.appId,
    appidacr: grant.method,
    ...person,
    ...(user.onPremisesSecurityIdentifier === null ? {} : { onprem_sid: user.onPremisesSecurityIdentifier }),
    ...(await memberships(context, user, granted.application)),
    scp: scopeClaim(access),
    unique_name: user.userPrincipalName,
    upn: user.userPrincipalName,
    uti: randomUUID(),
    ver: '1.0',
  });
  return {
    ...accessTokenAnswer(endpoint, { token, now, seconds, resource: granted.audience }),
    scope: scopeAnswer(endpoint, access),
    ...(access.scopes.includes('openid') ? { id_token: await identityToken(service, grant, { person, now, seconds }) } : {}),
    ...(grant.refreshToken === undefined ? {} : { refresh_token: grant.refreshToken }),
    ...(grant.clientInfo ? { client_info: Buffer.from(JSON.stringify({ uid: user.objectId, utid: tenant.id })).toString('base64url') } : {}),
  };
}

/** A subject that differs from application to application (OpenID Connect Core §8.1). */
function pairwiseSubject(user: UserRow, clientId: string): string {
  return createHash('sha256').update(`${user.objectId} ${clientId}`).digest('base64url');
}

/** Groups where the application wants them, and the roles that the person has in it, alone or through a group. */
async function memberships(context: StsContext, user: UserRow, application: ServicePrincipalRow): Promise<{ groups?: readonly string[]; hasgroups?: true; roles?: string[] }> {
  const groups = await groupsOfUser(context, user.objectId);
  const roles = await rolesIn(context, application, [user.objectId, ...groups]);
  return {
    ...(application.emitsGroups === 0 ? {} : groupClaims(groups)),
    ...(roles.length === 0 ? {} : { roles }),
  };
}

/** `groups`, or where they are too many, a hint that there are some. */
export function groupClaims(groups: readonly string[]): { groups?: readonly string[]; hasgroups?: true } {
  if (groups.length === 0) return {};
  return groups.length > mostGroups ? { hasgroups: true } : { groups };
}

interface IdentityTokenInput {
  person: { name: string; oid: string; sub: string; tid: string };
  now: number;
  seconds: number;
}

/** No `nonce` claim where none was sent: a null one makes MSAL fail with nonce_mismatch. */
async function identityToken(service: TokenService, grant: UserGrant, { person, now, seconds }: IdentityTokenInput): Promise<string> {
  const { tenant, user, client, nonce } = grant;
  const issuer = issuerOfTenant(service.context, tenant.id);
  const claims = {
    aud: client.appId,
    iat: now,
    nbf: now,
    exp: now + seconds,
    auth_time: Math.floor(grant.signedInAt / 1000),
    ...person,
    ...(await memberships(service.context, user, client)),
    ...(nonce === undefined || nonce === null ? {} : { nonce }),
  };
  if (grant.endpoint === 'v1') return service.sign({ ...claims, iss: issuer, amr: grant.methods.split(' '), upn: user.userPrincipalName, unique_name: user.userPrincipalName, ver: '1.0' });
  return service.sign({ ...claims, iss: `${issuer}v2.0`, preferred_username: user.userPrincipalName, ...(user.mail === null ? {} : { email: user.mail }), ver: '2.0' });
}
