import type { Cmdlet } from './define-cmdlet.ts';
import type { TenantContext } from './tenant/tenant-context.ts';
import { getAzureAdApplication } from './azure-ad/get-azure-ad-application.ts';
import { getAzureAdDomain } from './azure-ad/get-azure-ad-domain.ts';
import { getAzureAdServicePrincipal } from './azure-ad/get-azure-ad-service-principal.ts';
import { getAzureAdServicePrincipalKeyCredential } from './azure-ad/get-azure-ad-service-principal-key-credential.ts';
import { getAzureAdTenantDetail } from './azure-ad/get-azure-ad-tenant-detail.ts';
import { getAzureAdUser } from './azure-ad/get-azure-ad-user.ts';
import { newAzureAdApplication } from './azure-ad/new-azure-ad-application.ts';
import { newAzureAdServicePrincipal } from './azure-ad/new-azure-ad-service-principal.ts';
import { newAzureAdServicePrincipalKeyCredential } from './azure-ad/new-azure-ad-service-principal-key-credential.ts';
import { newAzureAdUser } from './azure-ad/new-azure-ad-user.ts';
import { removeAzureAdApplication } from './azure-ad/remove-azure-ad-application.ts';
import { removeAzureAdServicePrincipal } from './azure-ad/remove-azure-ad-service-principal.ts';
import { removeAzureAdServicePrincipalKeyCredential } from './azure-ad/remove-azure-ad-service-principal-key-credential.ts';
import { removeAzureAdUser } from './azure-ad/remove-azure-ad-user.ts';
import { revokeAzureAdUserAllRefreshToken } from './azure-ad/revoke-azure-ad-user-all-refresh-token.ts';
import { setAzureAdServicePrincipal } from './azure-ad/set-azure-ad-service-principal.ts';
import { setAzureAdUser } from './azure-ad/set-azure-ad-user.ts';
import { setAzureAdUserPassword } from './azure-ad/set-azure-ad-user-password.ts';
import { getMgApplication } from './microsoft-graph/get-mg-application.ts';
import { getMgDirectoryDeletedItem } from './microsoft-graph/get-mg-directory-deleted-item.ts';
import { getMgDirectoryDeletedItemAsUser } from './microsoft-graph/get-mg-directory-deleted-item-as-user.ts';
import { getMgDomain } from './microsoft-graph/get-mg-domain.ts';
import { getMgDomainFederationConfiguration } from './microsoft-graph/get-mg-domain-federation-configuration.ts';
import { getMgOrganization } from './microsoft-graph/get-mg-organization.ts';
import { getMgServicePrincipal } from './microsoft-graph/get-mg-service-principal.ts';
import { getMgUser } from './microsoft-graph/get-mg-user.ts';
import { newMgApplication } from './microsoft-graph/new-mg-application.ts';
import { newMgDomainFederationConfiguration } from './microsoft-graph/new-mg-domain-federation-configuration.ts';
import { newMgServicePrincipal } from './microsoft-graph/new-mg-service-principal.ts';
import { newMgUser } from './microsoft-graph/new-mg-user.ts';
import { removeMgApplication } from './microsoft-graph/remove-mg-application.ts';
import { removeMgDirectoryDeletedItem } from './microsoft-graph/remove-mg-directory-deleted-item.ts';
import { removeMgServicePrincipal } from './microsoft-graph/remove-mg-service-principal.ts';
import { removeMgUser } from './microsoft-graph/remove-mg-user.ts';
import { restoreMgDirectoryDeletedItem } from './microsoft-graph/restore-mg-directory-deleted-item.ts';
import { revokeMgUserSignInSession } from './microsoft-graph/revoke-mg-user-sign-in-session.ts';
import { updateMgApplication } from './microsoft-graph/update-mg-application.ts';
import { updateMgDomainFederationConfiguration } from './microsoft-graph/update-mg-domain-federation-configuration.ts';
import { updateMgOrganization } from './microsoft-graph/update-mg-organization.ts';
import { updateMgServicePrincipal } from './microsoft-graph/update-mg-service-principal.ts';
import { updateMgUser } from './microsoft-graph/update-mg-user.ts';
import { getMsolCompanyInformation } from './tenant/get-msol-company-information.ts';
import { getMsolDomain } from './tenant/get-msol-domain.ts';
import { getMsolDomainFederationSettings } from './tenant/get-msol-domain-federation-settings.ts';
import { getMsolServicePrincipal } from './tenant/get-msol-service-principal.ts';
import { getMsolServicePrincipalCredential } from './tenant/get-msol-service-principal-credential.ts';
import { getMsolUser } from './tenant/get-msol-user.ts';
import { newMsolServicePrincipal } from './tenant/new-msol-service-principal.ts';
import { newMsolServicePrincipalCredential } from './tenant/new-msol-service-principal-credential.ts';
import { newMsolUser } from './tenant/new-msol-user.ts';
import { removeMsolServicePrincipal } from './tenant/remove-msol-service-principal.ts';
import { removeMsolServicePrincipalCredential } from './tenant/remove-msol-service-principal-credential.ts';
import { removeMsolUser } from './tenant/remove-msol-user.ts';
import { restoreMsolUser } from './tenant/restore-msol-user.ts';
import { setMsolDirSyncEnabled } from './tenant/set-msol-dir-sync-enabled.ts';
import { setMsolDomainAuthentication } from './tenant/set-msol-domain-authentication.ts';
import { setMsolServicePrincipal } from './tenant/set-msol-service-principal.ts';
import { setMsolUser } from './tenant/set-msol-user.ts';
import { setMsolUserPassword } from './tenant/set-msol-user-password.ts';
import { setMsolUserPrincipalName } from './tenant/set-msol-user-principal-name.ts';

/** The cmdlets of a tenant’s directory. */
export const tenantCmdlets: readonly Cmdlet<TenantContext>[] = [
  getAzureAdApplication,
  getAzureAdDomain,
  getAzureAdServicePrincipal,
  getAzureAdServicePrincipalKeyCredential,
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
  newAzureAdApplication,
  newAzureAdServicePrincipal,
  newAzureAdServicePrincipalKeyCredential,
  newAzureAdUser,
  newMgApplication,
  newMgDomainFederationConfiguration,
  newMgServicePrincipal,
  newMgUser,
  newMsolServicePrincipal,
  newMsolServicePrincipalCredential,
  newMsolUser,
  removeAzureAdApplication,
  removeAzureAdServicePrincipal,
  removeAzureAdServicePrincipalKeyCredential,
  removeAzureAdUser,
  removeMgApplication,
  removeMgDirectoryDeletedItem,
  removeMgServicePrincipal,
  removeMgUser,
  removeMsolServicePrincipal,
  removeMsolServicePrincipalCredential,
  removeMsolUser,
  restoreMgDirectoryDeletedItem,
  restoreMsolUser,
  revokeAzureAdUserAllRefreshToken,
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
