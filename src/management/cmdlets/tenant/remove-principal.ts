import type { OutputObject } from '../define-cmdlet.ts';
import type { TenantContext } from './tenant-context.ts';

/** Takes an application away, and its principal, which is one with it here. With `passThru` says that it did. */
export async function removePrincipal({ directory, tenantId, change }: TenantContext, id: string, passThru: boolean | undefined = false): Promise<readonly OutputObject[]> {
  const { displayName, objectId } = await directory.getServicePrincipal(tenantId, id);
  const done = await change(displayName, () => directory.removeServicePrincipal(tenantId, objectId).then(() => true));
  return done === true && passThru ? [{ Value: true }] : [];
}
