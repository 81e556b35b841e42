import type { Cmdlet } from './define-cmdlet.ts';
import type { TenantContext } from './tenant/tenant-context.ts';
import { getMsolCompanyInformation } from './tenant/get-msol-company-information.ts';
import { getMsolServicePrincipalCredential } from './tenant/get-msol-service-principal-credential.ts';
import { getMsolServicePrincipal } from './tenant/get-msol-service-principal.ts';
import { getMsolUser } from './tenant/get-msol-user.ts';
import { newMsolServicePrincipalCredential } from './tenant/new-msol-service-principal-credential.ts';
import { removeMsolServicePrincipalCredential } from './tenant/remove-msol-service-principal-credential.ts';
import { setMsolServicePrincipal } from './tenant/set-msol-service-principal.ts';
import { setMsolUserPrincipalName } from './tenant/set-msol-user-principal-name.ts';
import { setMsolUser } from './tenant/set-msol-user.ts';

/** The cmdlets of a tenant’s directory. */
export const tenantCmdlets: readonly Cmdlet<TenantContext>[] = [
  getMsolCompanyInformation,
  getMsolServicePrincipal,
  getMsolServicePrincipalCredential,
  getMsolUser,
  newMsolServicePrincipalCredential,
  removeMsolServicePrincipalCredential,
  setMsolServicePrincipal,
  setMsolUser,
  setMsolUserPrincipalName,
];
