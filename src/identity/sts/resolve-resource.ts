import { invalidScope, resourceNotFound } from './aadsts-errors.ts';
import { servicePrincipalNameKey } from './service-principals.ts';
import type { StsContext } from './sts-context.ts';
import type { StsTenant } from './sts-types.ts';
import type { TokenRequest } from './token-request.ts';
import { requiredParameter } from './token-request.ts';

/** What a token is asked for. */
export interface Resource {
  /** The token's audience. */
  audience: string;
  /** The application whose service principal name matched. */
  appId: string;
}

/** Scopes of OpenID Connect and OAuth that name no resource. */
const protocolScopes = new Set(['openid', 'profile', 'email', 'offline_access']);

/** The scopes of a request; none where the parameter is absent. */
export function requestedScopes(request: TokenRequest): string[] {
  return (request.parameters.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
}

/** The resource as the request names it: `resource` at version 1 and ACS, the part before the last slash of `scope` at version 2. */
export function requestedResource(request: TokenRequest): string {
  if (request.endpoint !== 'v2') return requiredParameter(request, 'resource');
  requiredParameter(request, 'scope');
  const scopes = requestedScopes(request).filter((scope) => !protocolScopes.has(scope));
  const resources = new Set(scopes.map((scope) => scope.slice(0, Math.max(scope.lastIndexOf('/'), 0))));
  const [resource] = resources;
  if (resource === undefined || resource === '' || resources.size > 1) throw invalidScope(scopes.join(' '));
  return resource;
}

/**
 * Finds the service principal name that stands for a resource.
 *
 * `{application id}/{host}@{realm}` (ACS) needs that application to have `{application id}/{host}`, a wildcard
 * `{application id}/*.{parent domain}`, or `https://{host}` among its names. Anything else must be a name itself.
 *
 * @throws AadstsError 500011
 */
export async function resolveResource(context: StsContext, tenant: StsTenant, resource: string): Promise<Resource> {
  const [, appId, host, realm] = /^([^/@]+)\/([^/@]+)@([^/@]+)$/.exec(resource) ?? [];
  if (appId === undefined || host === undefined || realm === undefined) {
    const found = await findNames(context, tenant, [resource]);
    if (found[0] === undefined) throw resourceNotFound(resource, tenant.displayName);
    return { audience: resource, appId: found[0].appId };
  }
  const wildcard = `${appId}/*.${host.split('.').slice(1).join('.')}`;
  const names = await findNames(context, tenant, [`${appId}/${host}`, wildcard, `https://${host}`]);
  const own = names.find((name) => name.appId === appId.toLowerCase());
  if (own === undefined || realm.toLowerCase() !== tenant.id) throw resourceNotFound(resource, tenant.displayName);
  return { audience: `${own.appId}/${host}@${tenant.id}`, appId: own.appId };
}

/** True for the application id, and for every other service principal name of an application. */
export async function isNameOf(context: StsContext, tenant: StsTenant, { appId }: { appId: string }, name: string): Promise<boolean> {
  return name !== '' && (await findNames(context, tenant, [name])).some((found) => found.appId === appId);
}

async function findNames({ db }: StsContext, tenant: StsTenant, names: readonly string[]): Promise<{ appId: string }[]> {
  return db
    .selectFrom('servicePrincipalName')
    .innerJoin('servicePrincipal', 'servicePrincipal.objectId', 'servicePrincipalName.servicePrincipalId')
    .select('servicePrincipal.appId')
    .where('servicePrincipalName.tenantId', '=', tenant.id)
    .where('servicePrincipalName.nameKey', 'in', names.map(servicePrincipalNameKey))
    .where('servicePrincipal.enabled', '=', 1)
    .execute();
}
