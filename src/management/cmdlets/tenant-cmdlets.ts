import type { Cmdlet } from './define-cmdlet.ts';
import type { TenantContext } from './tenant/tenant-context.ts';
import { getAzureAdServicePrincipal } from './azure-ad/get-azure-ad-service-principal.ts';
import { getAzureAdTenantDetail } from './azure-ad/get-azure-ad-tenant-detail.ts';
import { getAzureAdUser } from './azure-ad/get-azure-ad-user.ts';
import { setAzureAdServicePrincipal } from './azure-ad/set-azure-ad-service-principal.ts';
import { setAzureAdUserPassword } from './azure-ad/set-azure-ad-user-password.ts';
import { setAzureAdUser } from './azure-ad/set-azure-ad-user.ts';
import { getMgApplication } from './microsoft-graph/get-mg-application.ts';
import { getMgDirectoryDeletedItemAsUser } from './microsoft-graph/get-mg-directory-deleted-item-as-user.ts';
import { getMgDirectoryDeletedItem } from './microsoft-graph/get-mg-directory-deleted-item.ts';
import { getMgDomain } from './microsoft-graph/get-mg-domain.ts';
import { getMgDomainFederationConfiguration } from './microsoft-graph/get-mg-domain-federation-configuration.ts';
import { getMgOrganization } from './microsoft-graph/get-mg-organization.ts';
import { getMgServicePrincipal } from './microsoft-graph/get-mg-service-principal.ts';
import { getMgUser } from './microsoft-graph/get-mg-user.ts';
import { newMgApplication } from './microsoft-graph/new-mg-application.ts';
import { newMgDomainFederationConfiguration } from './microsoft-graph/new-mg-domain-federation-configuration.ts';
import { newMgServicePrincipal } from './microsoft-graph/new-mg-service-principal.ts';
import { removeMgApplication } from './microsoft-graph/remove-mg-application.ts';
import { removeMgDirectoryDeletedItem } from './microsoft-graph/remove-mg-directory-deleted-item.ts';
import { removeMgUser } from './microsoft-graph/remove-mg-user.ts';
import { restoreMgDirectoryDeletedItem } from './microsoft-graph/restore-mg-directory-deleted-item.ts';
import { revokeMgUserSignInSession } from './microsoft-graph/revoke-mg-user-sign-in-session.ts';
import { updateMgApplication } from './microsoft-graph/update-mg-application.ts';
import { updateMgDomainFederationConfiguration } from './microsoft-graph/update-mg-domain-federation-configuration.ts';
import { updateMgOrganization } from './microsoft-graph/update-mg-organization.ts';
import { updateMgServicePrincipal } from './microsoft-graph/update-mg-service-principal.ts';
import { updateMgUser } from './microsoft-graph/update-mg-user.ts';
import { getMsolCompanyInformation } from './tenant/get-msol-company-information.ts';
import { getMsolDomainFederationSettings } from './tenant/get-msol-domain-federation-settings.ts';
import { getMsolDomain } from './tenant/get-msol-domain.ts';
import { getMsolServicePrincipalCredential } from './tenant/get-msol-service-principal-credential.ts';
import { getMsolServicePrincipal } from './tenant/get-msol-service-principal.ts';
import { getMsolUser } from './tenant/get-msol-user.ts';
import { newMsolServicePrincipalCredential } from './tenant/new-msol-service-principal-credential.ts';
import { removeMsolServicePrincipalCredential } from './tenant/remove-msol-service-principal-credential.ts';
import { removeMsolUser } from './tenant/remove-msol-user.ts';
import { restoreMsolUser } from './tenant/restore-msol-user.ts';
import { setMsolDirSyncEnabled } from './tenant/set-msol-dir-sync-enabled.ts';
import { setMsolDomainAuthentication } from './tenant/set-msol-domain-authentication.ts';
import { setMsolServicePrincipal } from './tenant/set-msol-service-principal.ts';
import { setMsolUserPassword } from './tenant/set-msol-user-password.ts';
import { setMsolUserPrincipalName } from './tenant/set-msol-user-principal-name.ts';
import { setMsolUser } from './tenant/set-msol-user.ts';

/** The cmdlets of a tenant’s directory. */
export const tenantCmdlets: readonly Cmdlet<TenantContext>[] = [
  getAzureAdServicePrincipal,
  getAzureAdTenantDetail,
  getAzureAdUser,
  getMgApplication,
  getMgDirectoryDeletedItem,
  getMgDirectoryDeletedItemAsUser,
  getMgDomain,
  getMgDomainFederationConfiguration,
  getMgOrganization,
  getMgServicePrincipal,
  getMgUser,
  getMsolCompanyInformation,
  getMsolDomain,
  getMsolDomainFederationSettings,
  getMsolServicePrincipal,
  getMsolServicePrincipalCredential,
  getMsolUser,
  newMgApplication,
  newMgDomainFederationConfiguration,
  newMgServicePrincipal,
  newMsolServicePrincipalCredential,
  removeMgApplication,
  removeMgDirectoryDeletedItem,
  removeMgUser,
  removeMsolServicePrincipalCredential,
  removeMsolUser,
  restoreMgDirectoryDeletedItem,
  restoreMsolUser,
  revokeMgUserSignInSession,
  setAzureAdServicePrincipal,
  setAzureAdUser,
  setAzureAdUserPassword,
  setMsolDirSyncEnabled,
  setMsolDomainAuthentication,
  setMsolServicePrincipal,
  setMsolUser,
  setMsolUserPassword,
  setMsolUserPrincipalName,
  updateMgApplication,
  updateMgDomainFederationConfiguration,
  updateMgOrganization,
  updateMgServicePrincipal,
  updateMgUser,
];
