import type { Cmdlet } from './define-cmdlet.ts';
import type { ExchangeContext } from './exchange-context.ts';
import { getAcceptedDomain } from './accepted-domain/get-accepted-domain.ts';
import { newAcceptedDomain } from './accepted-domain/new-accepted-domain.ts';
import { removeAcceptedDomain } from './accepted-domain/remove-accepted-domain.ts';
import { getAdUser } from './active-directory/get-ad-user.ts';
import { setAdUser } from './active-directory/set-ad-user.ts';
import { addAdPermission } from './ad-permission/add-ad-permission.ts';
import { getAdPermission } from './ad-permission/get-ad-permission.ts';
import { removeAdPermission } from './ad-permission/remove-ad-permission.ts';
import { searchAdminAuditLog } from './audit/search-admin-audit-log.ts';
import { getAuthConfig } from './auth-config/get-auth-config.ts';
import { setAuthConfig } from './auth-config/set-auth-config.ts';
import { getAuthServer } from './auth-server/get-auth-server.ts';
import { newAuthServer } from './auth-server/new-auth-server.ts';
import { removeAuthServer } from './auth-server/remove-auth-server.ts';
import { setAuthServer } from './auth-server/set-auth-server.ts';
import { addAvailabilityAddressSpace } from './availability-address-space/add-availability-address-space.ts';
import { getAvailabilityAddressSpace } from './availability-address-space/get-availability-address-space.ts';
import { removeAvailabilityAddressSpace } from './availability-address-space/remove-availability-address-space.ts';
import { getAvailabilityConfig } from './availability-config/get-availability-config.ts';
import { newAvailabilityConfig } from './availability-config/new-availability-config.ts';
import { removeAvailabilityConfig } from './availability-config/remove-availability-config.ts';
import { setAvailabilityConfig } from './availability-config/set-availability-config.ts';
import { getUser } from './directory-view/get-user.ts';
import { setAdServerSettings } from './directory-view/set-ad-server-settings.ts';
import { addDistributionGroupMember } from './distribution-group/add-distribution-group-member.ts';
import { getDistributionGroupMember } from './distribution-group/get-distribution-group-member.ts';
import { getDistributionGroup } from './distribution-group/get-distribution-group.ts';
import { newDistributionGroup } from './distribution-group/new-distribution-group.ts';
import { removeDistributionGroupMember } from './distribution-group/remove-distribution-group-member.ts';
import { setAcceptedDomain } from './accepted-domain/set-accepted-domain.ts';
import { setDistributionGroup } from './distribution-group/set-distribution-group.ts';
import { updateDistributionGroupMember } from './distribution-group/update-distribution-group-member.ts';
import { removeDistributionGroup } from './distribution-group/remove-distribution-group.ts';
import { getEmailAddressPolicy } from './email-address-policy/get-email-address-policy.ts';
import { newEmailAddressPolicy } from './email-address-policy/new-email-address-policy.ts';
import { removeEmailAddressPolicy } from './email-address-policy/remove-email-address-policy.ts';
import { setEmailAddressPolicy } from './email-address-policy/set-email-address-policy.ts';
import { updateEmailAddressPolicy } from './email-address-policy/update-email-address-policy.ts';
import { enableExchangeCertificate } from './exchange-certificate/enable-exchange-certificate.ts';
import { exportExchangeCertificate } from './exchange-certificate/export-exchange-certificate.ts';
import { getExchangeCertificate } from './exchange-certificate/get-exchange-certificate.ts';
import { importExchangeCertificate } from './exchange-certificate/import-exchange-certificate.ts';
import { newExchangeCertificate } from './exchange-certificate/new-exchange-certificate.ts';
import { removeExchangeCertificate } from './exchange-certificate/remove-exchange-certificate.ts';
import { getClientAccessServer } from './exchange-server/get-client-access-server.ts';
import { getClientAccessService } from './exchange-server/get-client-access-service.ts';
import { getExchangeServer } from './exchange-server/get-exchange-server.ts';
import { getMailboxServer } from './exchange-server/get-mailbox-server.ts';
import { setClientAccessServer } from './exchange-server/set-client-access-server.ts';
import { setClientAccessService } from './exchange-server/set-client-access-service.ts';
import { addFederatedDomain } from './federation/add-federated-domain.ts';
import { getFederatedDomainProof } from './federation/get-federated-domain-proof.ts';
import { getFederatedOrganizationIdentifier } from './federation/get-federated-organization-identifier.ts';
import { getFederationInformation } from './federation/get-federation-information.ts';
import { getFederationTrust } from './federation/get-federation-trust.ts';
import { newFederationTrust } from './federation/new-federation-trust.ts';
import { removeFederatedDomain } from './federation/remove-federated-domain.ts';
import { removeFederationTrust } from './federation/remove-federation-trust.ts';
import { setFederatedOrganizationIdentifier } from './federation/set-federated-organization-identifier.ts';
import { setFederationTrust } from './federation/set-federation-trust.ts';
import { testFederationTrustCertificate } from './federation/test-federation-trust-certificate.ts';
import { testFederationTrust } from './federation/test-federation-trust.ts';
import { testOrganizationRelationship } from './federation/test-organization-relationship.ts';
import { getHybridConfiguration } from './hybrid-configuration/get-hybrid-configuration.ts';
import { newHybridConfiguration } from './hybrid-configuration/new-hybrid-configuration.ts';
import { removeHybridConfiguration } from './hybrid-configuration/remove-hybrid-configuration.ts';
import { setHybridConfiguration } from './hybrid-configuration/set-hybrid-configuration.ts';
import { getIntraOrganizationConfiguration } from './intra-organization/get-intra-organization-configuration.ts';
import { getIntraOrganizationConnector } from './intra-organization/get-intra-organization-connector.ts';
import { newIntraOrganizationConnector } from './intra-organization/new-intra-organization-connector.ts';
import { removeIntraOrganizationConnector } from './intra-organization/remove-intra-organization-connector.ts';
import { setIntraOrganizationConnector } from './intra-organization/set-intra-organization-connector.ts';
import { getInboundConnector } from './mail-connectors/get-inbound-connector.ts';
import { getOutboundConnector } from './mail-connectors/get-outbound-connector.ts';
import { getReceiveConnector } from './mail-connectors/get-receive-connector.ts';
import { getSendConnector } from './mail-connectors/get-send-connector.ts';
import { newInboundConnector } from './mail-connectors/new-inbound-connector.ts';
import { newOutboundConnector } from './mail-connectors/new-outbound-connector.ts';
import { newSendConnector } from './mail-connectors/new-send-connector.ts';
import { removeInboundConnector } from './mail-connectors/remove-inbound-connector.ts';
import { removeOutboundConnector } from './mail-connectors/remove-outbound-connector.ts';
import { removeSendConnector } from './mail-connectors/remove-send-connector.ts';
import { setInboundConnector } from './mail-connectors/set-inbound-connector.ts';
import { setOutboundConnector } from './mail-connectors/set-outbound-connector.ts';
import { setReceiveConnector } from './mail-connectors/set-receive-connector.ts';
import { setSendConnector } from './mail-connectors/set-send-connector.ts';
import { addMailboxFolderPermission } from './mailbox-calendar/add-mailbox-folder-permission.ts';
import { getMessage } from './transport-queue/get-message.ts';
import { getQueue } from './transport-queue/get-queue.ts';
import { removeMessage } from './transport-queue/remove-message.ts';
import { retryQueue } from './transport-queue/retry-queue.ts';
import { getMailboxAutoReplyConfiguration } from './mailbox-auto-reply/get-mailbox-auto-reply-configuration.ts';
import { setMailboxAutoReplyConfiguration } from './mailbox-auto-reply/set-mailbox-auto-reply-configuration.ts';
import { getCalendarProcessing } from './mailbox-calendar/get-calendar-processing.ts';
import { getMailboxCalendarConfiguration } from './mailbox-calendar/get-mailbox-calendar-configuration.ts';
import { getMailboxFolderPermission } from './mailbox-calendar/get-mailbox-folder-permission.ts';
import { removeMailboxFolderPermission } from './mailbox-calendar/remove-mailbox-folder-permission.ts';
import { setCalendarProcessing } from './mailbox-calendar/set-calendar-processing.ts';
import { setMailboxCalendarConfiguration } from './mailbox-calendar/set-mailbox-calendar-configuration.ts';
import { setMailboxFolderPermission } from './mailbox-calendar/set-mailbox-folder-permission.ts';
import { getManagementRoleAssignment } from './management-role/get-management-role-assignment.ts';
import { newManagementRoleAssignment } from './management-role/new-management-role-assignment.ts';
import { removeManagementRoleAssignment } from './management-role/remove-management-role-assignment.ts';
import { getMigrationEndpoint } from './migration/get-migration-endpoint.ts';
import { newMigrationEndpoint } from './migration/new-migration-endpoint.ts';
import { removeMigrationEndpoint } from './migration/remove-migration-endpoint.ts';
import { setMigrationEndpoint } from './migration/set-migration-endpoint.ts';
import { testMigrationServerAvailability } from './migration/test-migration-server-availability.ts';
import { restartService } from './oauth/restart-service.ts';
import { testOAuthConnectivity } from './oauth/test-oauth-connectivity.ts';
import { getOnPremisesOrganization } from './on-premises-organization/get-on-premises-organization.ts';
import { newOnPremisesOrganization } from './on-premises-organization/new-on-premises-organization.ts';
import { removeOnPremisesOrganization } from './on-premises-organization/remove-on-premises-organization.ts';
import { setOnPremisesOrganization } from './on-premises-organization/set-on-premises-organization.ts';
import { getOrganizationConfig } from './organization-config/get-organization-config.ts';
import { setOrganizationConfig } from './organization-config/set-organization-config.ts';
import { getOrganizationRelationship } from './organization-relationship/get-organization-relationship.ts';
import { newOrganizationRelationship } from './organization-relationship/new-organization-relationship.ts';
import { removeOrganizationRelationship } from './organization-relationship/remove-organization-relationship.ts';
import { setOrganizationRelationship } from './organization-relationship/set-organization-relationship.ts';
import { getPartnerApplication } from './partner-application/get-partner-application.ts';
import { newPartnerApplication } from './partner-application/new-partner-application.ts';
import { removePartnerApplication } from './partner-application/remove-partner-application.ts';
import { setPartnerApplication } from './partner-application/set-partner-application.ts';
import { disableMailUser } from './recipients/disable-mail-user.ts';
import { disableMailbox } from './recipients/disable-mailbox.ts';
import { disableRemoteMailbox } from './recipients/disable-remote-mailbox.ts';
import { enableMailUser } from './recipients/enable-mail-user.ts';
import { enableMailbox } from './recipients/enable-mailbox.ts';
import { enableRemoteMailbox } from './recipients/enable-remote-mailbox.ts';
import { getMailContact } from './recipients/get-mail-contact.ts';
import { getMailUser } from './recipients/get-mail-user.ts';
import { getMailbox } from './recipients/get-mailbox.ts';
import { getRecipient } from './recipients/get-recipient.ts';
import { getRemoteMailbox } from './recipients/get-remote-mailbox.ts';
import { newMailContact } from './recipients/new-mail-contact.ts';
import { newMailUser } from './recipients/new-mail-user.ts';
import { newMailbox } from './recipients/new-mailbox.ts';
import { newRemoteMailbox } from './recipients/new-remote-mailbox.ts';
import { removeMailContact } from './recipients/remove-mail-contact.ts';
import { removeMailUser } from './recipients/remove-mail-user.ts';
import { removeMailbox } from './recipients/remove-mailbox.ts';
import { removeRemoteMailbox } from './recipients/remove-remote-mailbox.ts';
import { setMailContact } from './recipients/set-mail-contact.ts';
import { setMailUser } from './recipients/set-mail-user.ts';
import { setMailbox } from './recipients/set-mailbox.ts';
import { setRemoteMailbox } from './recipients/set-remote-mailbox.ts';
import { getRemoteDomain } from './remote-domain/get-remote-domain.ts';
import { newRemoteDomain } from './remote-domain/new-remote-domain.ts';
import { removeRemoteDomain } from './remote-domain/remove-remote-domain.ts';
import { setRemoteDomain } from './remote-domain/set-remote-domain.ts';
import { getServerComponentState } from './server-component-state/get-server-component-state.ts';
import { setServerComponentState } from './server-component-state/set-server-component-state.ts';
import { getSettingOverride } from './setting-override/get-setting-override.ts';
import { newSettingOverride } from './setting-override/new-setting-override.ts';
import { setSettingOverride } from './setting-override/set-setting-override.ts';
import { setUser } from './recipients/set-user.ts';
import { removeSettingOverride } from './setting-override/remove-setting-override.ts';
import { getSharingPolicy } from './sharing-policy/get-sharing-policy.ts';
import { newSharingPolicy } from './sharing-policy/new-sharing-policy.ts';
import { removeSharingPolicy } from './sharing-policy/remove-sharing-policy.ts';
import { setSharingPolicy } from './sharing-policy/set-sharing-policy.ts';
import { getAutodiscoverVirtualDirectory } from './virtual-directory/get-autodiscover-virtual-directory.ts';
import { getMapiVirtualDirectory } from './virtual-directory/get-mapi-virtual-directory.ts';
import { getOabVirtualDirectory } from './virtual-directory/get-oab-virtual-directory.ts';
import { getWebServicesVirtualDirectory } from './virtual-directory/get-web-services-virtual-directory.ts';
import { setAutodiscoverVirtualDirectory } from './virtual-directory/set-autodiscover-virtual-directory.ts';
import { setMapiVirtualDirectory } from './virtual-directory/set-mapi-virtual-directory.ts';
import { setOabVirtualDirectory } from './virtual-directory/set-oab-virtual-directory.ts';
import { setWebServicesVirtualDirectory } from './virtual-directory/set-web-services-virtual-directory.ts';
import { addRoleGroupMember } from './role-group/add-role-group-member.ts';
import { getRoleGroup } from './role-group/get-role-group.ts';
import { getRoleGroupMember } from './role-group/get-role-group-member.ts';
import { removeRoleGroupMember } from './role-group/remove-role-group-member.ts';
import { getManagementRole } from './management-role/get-management-role.ts';
import { newManagementRole } from './management-role/new-management-role.ts';
import { removeManagementRole } from './management-role/remove-management-role.ts';
import { setManagementRoleAssignment } from './management-role/set-management-role-assignment.ts';
import { getManagementRoleEntry } from './management-role-entry/get-management-role-entry.ts';
import { addManagementRoleEntry } from './management-role-entry/add-management-role-entry.ts';
import { setManagementRoleEntry } from './management-role-entry/set-management-role-entry.ts';
import { removeManagementRoleEntry } from './management-role-entry/remove-management-role-entry.ts';
import { getManagementScope } from './management-scope/get-management-scope.ts';
import { newManagementScope } from './management-scope/new-management-scope.ts';
import { setManagementScope } from './management-scope/set-management-scope.ts';
import { removeManagementScope } from './management-scope/remove-management-scope.ts';
import { newRoleGroup } from './role-group/new-role-group.ts';
import { removeRoleGroup } from './role-group/remove-role-group.ts';

/** The cmdlets of an organisation. */
export const exchangeCmdlets: readonly Cmdlet<ExchangeContext>[] = [
  addAdPermission,
  getAdUser,
  setAdUser,
  addAvailabilityAddressSpace,
  addDistributionGroupMember,
  addFederatedDomain,
  addMailboxFolderPermission,
  addManagementRoleEntry,
  addRoleGroupMember,
  disableMailbox,
  disableMailUser,
  disableRemoteMailbox,
  enableExchangeCertificate,
  enableMailbox,
  enableMailUser,
  enableRemoteMailbox,
  exportExchangeCertificate,
  getAcceptedDomain,
  getAdPermission,
  getAuthConfig,
  getAuthServer,
  getAutodiscoverVirtualDirectory,
  getAvailabilityAddressSpace,
  getAvailabilityConfig,
  getCalendarProcessing,
  getMailboxAutoReplyConfiguration,
  getMessage,
  getQueue,
  getClientAccessServer,
  getClientAccessService,
  getDistributionGroup,
  getDistributionGroupMember,
  getEmailAddressPolicy,
  getExchangeCertificate,
  getExchangeServer,
  getFederatedDomainProof,
  getFederatedOrganizationIdentifier,
  getFederationInformation,
  getFederationTrust,
  getHybridConfiguration,
  getInboundConnector,
  getIntraOrganizationConfiguration,
  getIntraOrganizationConnector,
  getMailbox,
  getMailboxCalendarConfiguration,
  getMailboxFolderPermission,
  getMailboxServer,
  getMailContact,
  getMailUser,
  getManagementRole,
  getManagementRoleAssignment,
  getManagementRoleEntry,
  getManagementScope,
  getMapiVirtualDirectory,
  getMigrationEndpoint,
  getOabVirtualDirectory,
  getOnPremisesOrganization,
  getOrganizationConfig,
  getOrganizationRelationship,
  getOutboundConnector,
  getPartnerApplication,
  getReceiveConnector,
  getRecipient,
  getRemoteDomain,
  getRemoteMailbox,
  getRoleGroup,
  getRoleGroupMember,
  getSendConnector,
  getServerComponentState,
  getSettingOverride,
  getSharingPolicy,
  getUser,
  getWebServicesVirtualDirectory,
  importExchangeCertificate,
  newAcceptedDomain,
  newAuthServer,
  newAvailabilityConfig,
  newDistributionGroup,
  newEmailAddressPolicy,
  newExchangeCertificate,
  newFederationTrust,
  newHybridConfiguration,
  newInboundConnector,
  newIntraOrganizationConnector,
  newMailbox,
  newMailContact,
  newMailUser,
  newManagementRole,
  newManagementRoleAssignment,
  newManagementScope,
  newMigrationEndpoint,
  newOnPremisesOrganization,
  newOrganizationRelationship,
  newOutboundConnector,
  newPartnerApplication,
  newRemoteDomain,
  newRemoteMailbox,
  newRoleGroup,
  newSendConnector,
  newSettingOverride,
  newSharingPolicy,
  removeAcceptedDomain,
  removeAdPermission,
  removeAuthServer,
  removeAvailabilityAddressSpace,
  removeAvailabilityConfig,
  removeDistributionGroup,
  removeDistributionGroupMember,
  removeEmailAddressPolicy,
  removeExchangeCertificate,
  removeFederatedDomain,
  removeFederationTrust,
  removeHybridConfiguration,
  removeInboundConnector,
  removeIntraOrganizationConnector,
  removeMailbox,
  removeMailboxFolderPermission,
  removeMailContact,
  removeMailUser,
  removeManagementRole,
  removeManagementRoleAssignment,
  removeManagementRoleEntry,
  removeManagementScope,
  removeMigrationEndpoint,
  removeOnPremisesOrganization,
  removeOrganizationRelationship,
  removeOutboundConnector,
  removePartnerApplication,
  removeRemoteDomain,
  removeRemoteMailbox,
  removeRoleGroup,
  removeRoleGroupMember,
  removeSendConnector,
  removeSettingOverride,
  removeSharingPolicy,
  restartService,
  searchAdminAuditLog,
  setAcceptedDomain,
  setAdServerSettings,
  setAuthConfig,
  setAuthServer,
  setAutodiscoverVirtualDirectory,
  setAvailabilityConfig,
  setCalendarProcessing,
  removeMessage,
  retryQueue,
  setMailboxAutoReplyConfiguration,
  setClientAccessServer,
  setClientAccessService,
  setDistributionGroup,
  setEmailAddressPolicy,
  setFederatedOrganizationIdentifier,
  setFederationTrust,
  setHybridConfiguration,
  setInboundConnector,
  setIntraOrganizationConnector,
  setMailbox,
  setMailboxCalendarConfiguration,
  setMailboxFolderPermission,
  setMailContact,
  setMailUser,
  setManagementRoleAssignment,
  setManagementRoleEntry,
  setManagementScope,
  setMapiVirtualDirectory,
  setMigrationEndpoint,
  setOabVirtualDirectory,
  setOnPremisesOrganization,
  setOrganizationConfig,
  setOrganizationRelationship,
  setOutboundConnector,
  setPartnerApplication,
  setReceiveConnector,
  setRemoteDomain,
  setRemoteMailbox,
  setSendConnector,
  setServerComponentState,
  setSettingOverride,
  setSharingPolicy,
  setUser,
  setWebServicesVirtualDirectory,
  testFederationTrust,
  testFederationTrustCertificate,
  testMigrationServerAvailability,
  testOAuthConnectivity,
  testOrganizationRelationship,
  updateDistributionGroupMember,
  updateEmailAddressPolicy,
];
