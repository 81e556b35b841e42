import type { TenantContext } from './tenant-context.ts';

/** Takes an application away, and its principal, which is one with it here. */
export async function removePrincipal({ directory, tenantId, change }: TenantContext, id: string): Promise<readonly []> {
  const { displayName, objectId } = await directory.getServicePrincipal(tenantId, id);
  await change(displayName, () => directory.removeServicePrincipal(tenantId, objectId));
  return [];
}
