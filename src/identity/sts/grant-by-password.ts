import { createHash, randomUUID } from 'node:crypto';
import { outlookClientId } from '../well-known.ts';
import { accountDisabled, accountLocked, applicationDisabled, applicationNotFound, invalidPassword, passwordGrantBlocked, tooManyRequests } from './aadsts-errors.ts';
import { writeAudit } from './audit.ts';
import { accessTokenAnswer } from './grant-application-token.ts';
import type { Grant } from './grant-token.ts';
import { requestedResource, requestedScopes, resolveResource } from './resolve-resource.ts';
import { spendVerification, verifySecret } from './secret-hash.ts';
import { findServicePrincipalRow } from './service-principals.ts';
import { issuerOfTenant } from './sts-context.ts';
import type { StsTenant } from './sts-types.ts';
import { requiredParameter } from './token-request.ts';
import type { TokenRequest } from './token-request.ts';
import type { TokenService } from './token-service.ts';
import { findUserRow } from './users.ts';
import type { UserRow } from './users.ts';

/**
 * Exchanges a user name and password for the token of Hybrid Modern Authentication (RFC 6749 §4.3), where the tenant
 * allows it. Claims as the published token of the Exchange team's post shows them; an `id_token` comes along when
 * `openid` was asked for. There is no refresh token.
 */
export const grantByPassword: Grant = async (service, tenant, request) => {
  const { context } = service;
  if (!tenant.passwordGrantEnabled) throw passwordGrantBlocked();
  const clientId = await publicClient(service, tenant, request);
  const user = await signIn(service, tenant, request);
  const resource = await resolveResource(context, tenant, requestedResource(request));
  const now = Math.floor(context.clock.now() / 1000);
  const seconds = tenant.accessTokenSeconds;
  const subject = pairwiseSubject(user, clientId);
  const person = { name: user.displayName, oid: user.objectId, sub: subject, tid: tenant.id };
  const token = await service.sign({
    aud: resource.audience,
    iss: issuerOfTenant(context, tenant.id),
    iat: now,
    nbf: now,
    exp: now + seconds,
    acr: '1',
    amr: ['pwd'],
    appid: clientId,
    appidacr: '0',
    ...person,
    ...(user.onPremisesSecurityIdentifier === null ? {} : { onprem_sid: user.onPremisesSecurityIdentifier }),
    scp: 'user_impersonation',
    unique_name: user.userPrincipalName,
    upn: user.userPrincipalName,
    uti: randomUUID(),
    ver: '1.0',
  });
  const answer = accessTokenAnswer(request.endpoint, { token, now, seconds, resource: resource.audience });
  return {
    ...answer,
    scope: request.endpoint === 'v2' ? `${resource.audience}/user_impersonation` : 'user_impersonation',
    ...(requestedScopes(request).includes('openid') ? { id_token: await identityToken(service, request, { tenant, user, clientId, person, now, seconds }) } : {}),
    ...(request.parameters.has('client_info') ? { client_info: Buffer.from(JSON.stringify({ uid: user.objectId, utid: tenant.id })).toString('base64url') } : {}),
  };
};

/** Outlook, or a public client that the tenant has a service principal for. */
async function publicClient({ context }: TokenService, tenant: StsTenant, request: TokenRequest): Promise<string> {
  const clientId = (request.parameters.get('client_id') ?? outlookClientId).toLowerCase();
  const principal = await findServicePrincipalRow(context, tenant.id, clientId);
  if (principal?.enabled === 0) throw applicationDisabled(clientId);
  if (clientId !== outlookClientId && principal?.appId !== clientId) throw applicationNotFound(clientId, tenant.id);
  return clientId;
}

async function signIn(service: TokenService, tenant: StsTenant, request: TokenRequest): Promise<UserRow> {
  const { context, attempts } = service;
  const userName = requiredParameter(request, 'username');
  const password = requiredParameter(request, 'password');
  if (!attempts.addressMayTry(request.clientAddress)) throw tooManyRequests();
  const found = await findUserRow(context, tenant.id, userName);
  // Only the user principal name signs in; the object id is no name.
  const user = found?.userPrincipalNameKey === userName.toLowerCase() ? found : undefined;
  if (!(await attempts.begin(tenant.id, userName, user))) {
    attempts.addressFailed(request.clientAddress);
    throw accountLocked();
  }
  const hash = user?.passwordHash ?? undefined;
  const right = await service.limit(() => (hash === undefined ? spendVerification(password, context.hashCost) : verifySecret(password, hash)));
  if (user === undefined || !right) {
    attempts.addressFailed(request.clientAddress);
    await noteLock(service, user, request);
    throw invalidPassword(user === undefined ? 'no such account' : hash === undefined ? 'no password set' : 'wrong password');
  }
  await attempts.succeeded(user);
  if (user.enabled === 0) throw accountDisabled();
  return user;
}

async function noteLock({ context }: TokenService, user: UserRow | undefined, request: TokenRequest): Promise<void> {
  if (user === undefined) return;
  const now = context.clock.now();
  const row = await context.db.selectFrom('user').select(['lockedUntil', 'failedSignIns']).where('objectId', '=', user.objectId).executeTakeFirst();
  if (row === undefined || row.lockedUntil <= now) return;
  const details = { lockedUntil: new Date(row.lockedUntil).toISOString(), failures: row.failedSignIns, clientAddress: request.clientAddress };
  await writeAudit(context.db, { at: now, tenantId: user.tenantId, actor: 'client', action: 'user.lock', target: user.userPrincipalName, requestId: request.requestId, details });
}

/** A subject that differs from application to application (OpenID Connect Core §8.1). */
function pairwiseSubject(user: UserRow, clientId: string): string {
  return createHash('sha256').update(`${user.objectId} ${clientId}`).digest('base64url');
}

interface IdentityTokenInput {
  tenant: StsTenant;
  user: UserRow;
  clientId: string;
  person: { name: string; oid: string; sub: string; tid: string };
  now: number;
  seconds: number;
}

/** No `nonce` claim: a null one makes MSAL fail with nonce_mismatch. */
async function identityToken(service: TokenService, request: TokenRequest, { tenant, user, clientId, person, now, seconds }: IdentityTokenInput): Promise<string> {
  const issuer = issuerOfTenant(service.context, tenant.id);
  const times = { aud: clientId, iat: now, nbf: now, exp: now + seconds };
  if (request.endpoint === 'v1') return service.sign({ ...times, iss: issuer, ...person, upn: user.userPrincipalName, unique_name: user.userPrincipalName, ver: '1.0' });
  return service.sign({ ...times, iss: `${issuer}v2.0`, ...person, preferred_username: user.userPrincipalName, ver: '2.0' });
}
