import { createHash } from 'node:crypto';
import { ManagementError } from '../../management-error.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import type { TenantContext } from '../tenant/tenant-context.ts';

/** What tokens say of every consent here (docs/identity.md). */
const scope = 'user_impersonation';

export interface PermissionGrant {
  /** Made of what it joins, because the token service keeps no id of its own. */
  id: string;
  /** Application ids. */
  clientAppId: string;
  /** `*` for all resources. */
  resourceAppId: string;
  /** Object id of the person who agreed; null for everybody. */
  userId: string | null;
  row: OutputObject;
}

/** Every consent of the tenant: those for everybody, and those of people, of one person where one is named by object id. */
export async function listPermissionGrants({ directory, tenantId }: TenantContext, userId?: string): Promise<readonly PermissionGrant[]> {
  const principals = await directory.listServicePrincipals(tenantId);
  const objectIds = new Map(principals.map(({ appId, objectId }) => [appId, objectId]));
  const forEverybody = userId === undefined ? principals.flatMap(({ appId, consentedResources }) => consentedResources.map((resourceId) => ({ clientId: appId, resourceId, userId: null }))) : [];
  const byPeople = userId === undefined ? await directory.listTenantConsents(tenantId) : await directory.listConsents(tenantId, userId);
  return [...forEverybody, ...byPeople].map((consent) => {
    const id = createHash('sha256').update(`${consent.clientId}/${consent.resourceId}/${consent.userId ?? ''}`).digest('base64url');
    return {
      id,
      clientAppId: consent.clientId,
      resourceAppId: consent.resourceId,
      userId: consent.userId,
      row: {
        ClientId: objectIds.get(consent.clientId) ?? consent.clientId,
        ConsentType: consent.userId === null ? 'AllPrincipals' : 'Principal',
        Id: id,
        PrincipalId: consent.userId,
        ResourceId: objectIds.get(consent.resourceId) ?? consent.resourceId,
        Scope: scope,
      },
    };
  });
}

/** The consent of that id. @throws ManagementError `MANAGEMENT_OBJECT_NOT_FOUND` where it is not among them */
export function namedGrant(among: readonly PermissionGrant[], wanted: string): PermissionGrant {
  const found = among.find(({ id }) => id === wanted);
  if (found !== undefined) return found;
  throw new ManagementError('MANAGEMENT_OBJECT_NOT_FOUND', `[Request_ResourceNotFound] : Resource '${wanted.slice(0, 256)}' does not exist or one of its queried reference-property objects are not present.`);
}
