import type { MultiValued } from '../../binding/parameter-definition.ts';
import { applyMultiValued } from '../../binding/parameter-definition.ts';
import type { TenantContext } from './tenant-context.ts';

export interface ServicePrincipalChanges {
  /** Replaced as a whole, or added and taken away. */
  names?: MultiValued | undefined;
  displayName?: string | undefined;
  enabled?: boolean | undefined;
}

/** What the cmdlets that change a service principal do; nothing where nothing was given. */
export async function changeServicePrincipal(context: TenantContext, id: string, { names, displayName, enabled }: ServicePrincipalChanges): Promise<readonly []> {
  if (names === undefined && displayName === undefined && enabled === undefined) return [];
  const former = await context.directory.getServicePrincipal(context.tenantId, id);
  await context.change(former.displayName, () =>
    context.directory.updateServicePrincipal(context.tenantId, former.objectId, {
      ...(names === undefined ? {} : { servicePrincipalNames: applyMultiValued(former.servicePrincipalNames, names) }),
      ...(displayName === undefined ? {} : { displayName }),
      ...(enabled === undefined ? {} : { enabled }),
    }),
  );
  return [];
}
