import type { MultiValued } from '../../binding/parameter-definition.ts';
import { applyMultiValued } from '../../binding/parameter-definition.ts';
import type { TenantContext } from './tenant-context.ts';

/** What Set-AzureADServicePrincipal and Update-MgServicePrincipal do: names are replaced as a whole, or added and taken away. */
export async function changeServicePrincipal(context: TenantContext, id: string, names: MultiValued | undefined, enabled: boolean | undefined): Promise<readonly []> {
  const former = await context.directory.getServicePrincipal(context.tenantId, id);
  await context.change(former.displayName, () =>
    context.directory.updateServicePrincipal(context.tenantId, former.objectId, {
      ...(names === undefined ? {} : { servicePrincipalNames: applyMultiValued(former.servicePrincipalNames, names) }),
      ...(enabled === undefined ? {} : { enabled }),
    }),
  );
  return [];
}
