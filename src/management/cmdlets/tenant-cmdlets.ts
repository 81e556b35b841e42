import type { Cmdlet } from './define-cmdlet.ts';
import type { TenantContext } from './tenant/tenant-context.ts';
import { addAzureAdDirectoryRoleMember } from './azure-ad/add-azure-ad-directory-role-member.ts';
import { addAzureAdGroupMember } from './azure-ad/add-azure-ad-group-member.ts';
import { getAzureAdApplication } from './azure-ad/get-azure-ad-application.ts';
import { getAzureAdDirectoryRoleMember } from './azure-ad/get-azure-ad-directory-role-member.ts';
import { getAzureAdDirectoryRole } from './azure-ad/get-azure-ad-directory-role.ts';
import { getAzureAdDomain } from './azure-ad/get-azure-ad-domain.ts';
import { getAzureAdGroupMember } from './azure-ad/get-azure-ad-group-member.ts';
import { getAzureAdGroup } from './azure-ad/get-azure-ad-group.ts';
import { getAzureAdServicePrincipalKeyCredential } from './azure-ad/get-azure-ad-service-principal-key-credential.ts';
import { getAzureAdServicePrincipal } from './azure-ad/get-azure-ad-service-principal.ts';
import { getAzureAdTenantDetail } from './azure-ad/get-azure-ad-tenant-detail.ts';
import { getAzureAdUser } from './azure-ad/get-azure-ad-user.ts';
import { newAzureAdApplication } from './azure-ad/new-azure-ad-application.ts';
import { newAzureAdGroup } from './azure-ad/new-azure-ad-group.ts';
import { newAzureAdServicePrincipalKeyCredential } from './azure-ad/new-azure-ad-service-principal-key-credential.ts';
import { newAzureAdServicePrincipal } from './azure-ad/new-azure-ad-service-principal.ts';
import { newAzureAdUser } from './azure-ad/new-azure-ad-user.ts';
import { removeAzureAdApplication } from './azure-ad/remove-azure-ad-application.ts';
import { removeAzureAdDirectoryRoleMember } from './azure-ad/remove-azure-ad-directory-role-member.ts';
import { removeAzureAdGroupMember } from './azure-ad/remove-azure-ad-group-member.ts';
import { removeAzureAdGroup } from './azure-ad/remove-azure-ad-group.ts';
import { removeAzureAdServicePrincipalKeyCredential } from './azure-ad/remove-azure-ad-service-principal-key-credential.ts';
import { removeAzureAdServicePrincipal } from './azure-ad/remove-azure-ad-service-principal.ts';
import { removeAzureAdUser } from './azure-ad/remove-azure-ad-user.ts';
import { revokeAzureAdUserAllRefreshToken } from './azure-ad/revoke-azure-ad-user-all-refresh-token.ts';
import { setAzureAdServicePrincipal } from './azure-ad/set-azure-ad-service-principal.ts';
import { setAzureAdUserPassword } from './azure-ad/set-azure-ad-user-password.ts';
import { setAzureAdUser } from './azure-ad/set-azure-ad-user.ts';
import { getMgApplication } from './microsoft-graph/get-mg-application.ts';
import { getMgDirectoryDeletedItemAsUser } from './microsoft-graph/get-mg-directory-deleted-item-as-user.ts';
import { getMgDirectoryDeletedItem } from './microsoft-graph/get-mg-directory-deleted-item.ts';
import { getMgDirectoryRoleMember } from './microsoft-graph/get-mg-directory-role-member.ts';
import { getMgDirectoryRole } from './microsoft-graph/get-mg-directory-role.ts';
import { getMgDomainFederationConfiguration } from './microsoft-graph/get-mg-domain-federation-configuration.ts';
import { getMgDomain } from './microsoft-graph/get-mg-domain.ts';
import { getMgGroupMember } from './microsoft-graph/get-mg-group-member.ts';
import { getMgGroup } from './microsoft-graph/get-mg-group.ts';
import { getMgOauth2PermissionGrant } from './microsoft-graph/get-mg-oauth2-permission-grant.ts';
import { getMgOrganization } from './microsoft-graph/get-mg-organization.ts';
import { getMgServicePrincipalAppRoleAssignedTo } from './microsoft-graph/get-mg-service-principal-app-role-assigned-to.ts';
import { getMgServicePrincipalAppRoleAssignment } from './microsoft-graph/get-mg-service-principal-app-role-assignment.ts';
import { getMgServicePrincipal } from './microsoft-graph/get-mg-service-principal.ts';
import { getMgUserOauth2PermissionGrant } from './microsoft-graph/get-mg-user-oauth2-permission-grant.ts';
import { getMgUser } from './microsoft-graph/get-mg-user.ts';
import { newMgApplication } from './microsoft-graph/new-mg-application.ts';
import { newMgDirectoryRoleMemberByRef } from './microsoft-graph/new-mg-directory-role-member-by-ref.ts';
import { newMgDomainFederationConfiguration } from './microsoft-graph/new-mg-domain-federation-configuration.ts';
import { newMgGroupMemberByRef } from './microsoft-graph/new-mg-group-member-by-ref.ts';
import { newMgGroupMember } from './microsoft-graph/new-mg-group-member.ts';
import { newMgGroup } from './microsoft-graph/new-mg-group.ts';
import { newMgOauth2PermissionGrant } from './microsoft-graph/new-mg-oauth2-permission-grant.ts';
import { newMgServicePrincipalAppRoleAssignedTo } from './microsoft-graph/new-mg-service-principal-app-role-assigned-to.ts';
import { newMgServicePrincipalAppRoleAssignment } from './microsoft-graph/new-mg-service-principal-app-role-assignment.ts';
import { newMgServicePrincipal } from './microsoft-graph/new-mg-service-principal.ts';
import { newMgUser } from './microsoft-graph/new-mg-user.ts';
import { removeMgApplication } from './microsoft-graph/remove-mg-application.ts';
import { removeMgDirectoryDeletedItem } from './microsoft-graph/remove-mg-directory-deleted-item.ts';
import { removeMgDirectoryRoleMemberByRef } from './microsoft-graph/remove-mg-directory-role-member-by-ref.ts';
import { removeMgGroupMemberByRef } from './microsoft-graph/remove-mg-group-member-by-ref.ts';
import { removeMgGroupMemberDirectoryObjectByRef } from './microsoft-graph/remove-mg-group-member-directory-object-by-ref.ts';
import { removeMgGroup } from './microsoft-graph/remove-mg-group.ts';
import { removeMgOauth2PermissionGrant } from './microsoft-graph/remove-mg-oauth2-permission-grant.ts';
import { removeMgServicePrincipalAppRoleAssignedTo } from './microsoft-graph/remove-mg-service-principal-app-role-assigned-to.ts';
import { removeMgServicePrincipalAppRoleAssignment } from './microsoft-graph/remove-mg-service-principal-app-role-assignment.ts';
import { removeMgServicePrincipal } from './microsoft-graph/remove-mg-service-principal.ts';
import { removeMgUser } from './microsoft-graph/remove-mg-user.ts';
import { restoreMgDirectoryDeletedItem } from './microsoft-graph/restore-mg-directory-deleted-item.ts';
import { revokeMgUserSignInSession } from './microsoft-graph/revoke-mg-user-sign-in-session.ts';
import { updateMgApplication } from './microsoft-graph/update-mg-application.ts';
import { updateMgDomainFederationConfiguration } from './microsoft-graph/update-mg-domain-federation-configuration.ts';
import { updateMgOrganization } from './microsoft-graph/update-mg-organization.ts';
import { updateMgServicePrincipal } from './microsoft-graph/update-mg-service-principal.ts';
import { updateMgUser } from './microsoft-graph/update-mg-user.ts';
import { addMsolGroupMember } from './tenant/add-msol-group-member.ts';
import { addMsolRoleMember } from './tenant/add-msol-role-member.ts';
import { getMsolCompanyInformation } from './tenant/get-msol-company-information.ts';
import { getMsolDomainFederationSettings } from './tenant/get-msol-domain-federation-settings.ts';
import { getMsolDomain } from './tenant/get-msol-domain.ts';
import { getMsolGroupMember } from './tenant/get-msol-group-member.ts';
import { getMsolGroup } from './tenant/get-msol-group.ts';
import { getMsolRoleMember } from './tenant/get-msol-role-member.ts';
import { getMsolRole } from './tenant/get-msol-role.ts';
import { getMsolServicePrincipalCredential } from './tenant/get-msol-service-principal-credential.ts';
import { getMsolServicePrincipal } from './tenant/get-msol-service-principal.ts';
import { getMsolUser } from './tenant/get-msol-user.ts';
import { newMsolGroup } from './tenant/new-msol-group.ts';
import { newMsolServicePrincipalCredential } from './tenant/new-msol-service-principal-credential.ts';
import { newMsolServicePrincipal } from './tenant/new-msol-service-principal.ts';
import { newMsolUser } from './tenant/new-msol-user.ts';
import { removeMsolGroupMember } from './tenant/remove-msol-group-member.ts';
import { removeMsolGroup } from './tenant/remove-msol-group.ts';
import { removeMsolRoleMember } from './tenant/remove-msol-role-member.ts';
import { removeMsolServicePrincipalCredential } from './tenant/remove-msol-service-principal-credential.ts';
import { removeMsolServicePrincipal } from './tenant/remove-msol-service-principal.ts';
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
  addAzureAdDirectoryRoleMember,
  addAzureAdGroupMember,
  addMsolGroupMember,
  addMsolRoleMember,
  getAzureAdApplication,
  getAzureAdDirectoryRole,
  getAzureAdDirectoryRoleMember,
  getAzureAdDomain,
  getAzureAdGroup,
  getAzureAdGroupMember,
  getAzureAdServicePrincipal,
  getAzureAdServicePrincipalKeyCredential,
  getAzureAdTenantDetail,
  getAzureAdUser,
  getMgApplication,
  getMgDirectoryDeletedItem,
  getMgDirectoryDeletedItemAsUser,
  getMgDirectoryRole,
  getMgDirectoryRoleMember,
  getMgDomain,
  getMgDomainFederationConfiguration,
  getMgGroup,
  getMgGroupMember,
  getMgOauth2PermissionGrant,
  getMgOrganization,
  getMgServicePrincipal,
  getMgServicePrincipalAppRoleAssignedTo,
  getMgServicePrincipalAppRoleAssignment,
  getMgUser,
  getMgUserOauth2PermissionGrant,
  getMsolCompanyInformation,
  getMsolDomain,
  getMsolDomainFederationSettings,
  getMsolGroup,
  getMsolGroupMember,
  getMsolRole,
  getMsolRoleMember,
  getMsolServicePrincipal,
  getMsolServicePrincipalCredential,
  getMsolUser,
  newAzureAdApplication,
  newAzureAdGroup,
  newAzureAdServicePrincipal,
  newAzureAdServicePrincipalKeyCredential,
  newAzureAdUser,
  newMgApplication,
  newMgDirectoryRoleMemberByRef,
  newMgDomainFederationConfiguration,
  newMgGroup,
  newMgGroupMember,
  newMgGroupMemberByRef,
  newMgOauth2PermissionGrant,
  newMgServicePrincipal,
  newMgServicePrincipalAppRoleAssignedTo,
  newMgServicePrincipalAppRoleAssignment,
  newMgUser,
  newMsolGroup,
  newMsolServicePrincipal,
  newMsolServicePrincipalCredential,
  newMsolUser,
  removeAzureAdApplication,
  removeAzureAdDirectoryRoleMember,
  removeAzureAdGroup,
  removeAzureAdGroupMember,
  removeAzureAdServicePrincipal,
  removeAzureAdServicePrincipalKeyCredential,
  removeAzureAdUser,
  removeMgApplication,
  removeMgDirectoryDeletedItem,
  removeMgDirectoryRoleMemberByRef,
  removeMgGroup,
  removeMgGroupMemberByRef,
  removeMgGroupMemberDirectoryObjectByRef,
  removeMgOauth2PermissionGrant,
  removeMgServicePrincipal,
  removeMgServicePrincipalAppRoleAssignedTo,
  removeMgServicePrincipalAppRoleAssignment,
  removeMgUser,
  removeMsolGroup,
  removeMsolGroupMember,
  removeMsolRoleMember,
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
