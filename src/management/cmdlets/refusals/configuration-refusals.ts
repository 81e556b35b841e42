import type { Refusal } from './refusal.ts';
import { numbered } from './refusal.ts';

/** Of Set-OrganizationConfig: what would steer something that is not here. */
const organizationSettings = `
  ACLableSyncedObjectEnabled ActionableMessagesExtenalAccessTokenEnabled ActivityBasedAuthenticationTimeoutEnabled ActivityBasedAuthenticationTimeoutInterval
  ActivityBasedAuthenticationTimeoutWithSingleSignOnEnabled AdfsAudienceUris AdfsAuthenticationConfiguration AdfsEncryptCertificateThumbprint AdfsIssuer
  AdfsSignCertificateThumbprints AppsForOfficeEnabled AsyncSendEnabled AuditDisabled AutoArchivingThresholdPercentage AutodiscoverPartialDirSync AutoEnableArchiveMailbox
  AutoExpandingArchive AutomaticForcedReadReceiptEnabled BlockMoveMessagesForGroupFolders BookingsAddressEntryRestricted BookingsAuthEnabled BookingsBlockedWordsEnabled
  BookingsCreationOfCustomQuestionsRestricted BookingsEnabled BookingsExposureOfStaffDetailsRestricted BookingsMembershipApprovalRequired BookingsNamingPolicyEnabled
  BookingsNamingPolicyPrefix BookingsNamingPolicyPrefixEnabled BookingsNamingPolicySuffix BookingsNamingPolicySuffixEnabled BookingsNotesEntryRestricted
  BookingsPaymentsEnabled BookingsPhoneNumberEntryRestricted BookingsSearchEngineIndexDisabled BookingsSmsMicrosoftEnabled BookingsSocialSharingRestricted
  ByteEncoderTypeFor7BitCharsets CalendarVersionStoreEnabled ComplianceMLBgdCrawlEnabled ConnectorsActionableMessagesEnabled ConnectorsEnabled ConnectorsEnabledForOutlook
  ConnectorsEnabledForSharepoint ConnectorsEnabledForTeams ConnectorsEnabledForYammer CustomerFeedbackEnabled CustomerLockboxEnabled DataClassifications
  DefaultAuthenticationPolicy DefaultFolderPermissionRestricted DefaultGroupAccessType DefaultMinutesToReduceLongEventsBy DefaultMinutesToReduceShortEventsBy
  DefaultPublicFolderAgeLimit DefaultPublicFolderDeletedItemRetention DefaultPublicFolderIssueWarningQuota DefaultPublicFolderMaxItemSize
  DefaultPublicFolderMovedItemRetention DefaultPublicFolderProhibitPostQuota DelayedDelicensingEnabled DirectReportsGroupAutoCreationEnabled
  DisablePlusAddressInRecipients DistributionGroupDefaultOU DistributionGroupNameBlockedWordsList DistributionGroupNamingPolicy DLPViaDcsEnabled DLPWaitOnSendEnabled
  DLPWaitOnSendTimeout ElcProcessingDisabled EmptyAddressBookForNonExchangeUsers EnableAuthAdminReadSession EnableDownloadDomains EnableForwardingAddressSyncForMailboxes
  EnableOrgWidePermissionOnScopedRoles EnableOutlookEvents EndUserDLUpgradeFlowsDisabled EndUserMailNotificationForDelayedDelicensingEnabled EnforceExoAppRbacPermissions
  EnforceShortenEventSetting EwsAllowEntourage EwsAllowMacOutlook EwsAllowOutlook ExchangeAttributesCloudManagedByDefault ExchangeAttributesServerManagedByDefault
  ExchangeNotificationEnabled ExchangeNotificationRecipients FindTimeAttendeeAuthenticationEnabled FindTimeAutoScheduleDisabled FindTimeLockPollForAttendeesEnabled
  FindTimeOnlineMeetingOptionDisabled FocusedInboxOn HierarchicalAddressBookRoot HybridRSVPEnabled Industry InRegionRoutingEnabled IPListBlocked IsAgendaMailEnabled
  IsExcludedFromOffboardMigration IsExcludedFromOnboardMigration IsFfoMigrationInProgress IsGroupFoldersAndRulesEnabled IsGroupMemberAllowedToEditContent
  LeanPopoutEnabled LinkPreviewEnabled MailboxDataEncryptionEnabled MailTipsAllTipsEnabled MailTipsExternalRecipientsTipsEnabled MailTipsGroupMetricsEnabled
  MailTipsLargeAudienceThreshold MailTipsMailboxSourcedTipsEnabled ManagedFolderHomepage MapiHttpEnabled MaskClientIpInReceivedHeadersEnabled
  MatchSenderOrganizerProperties MaxConcurrentMigrations MessageHighlightsEnabled MessageRecallAlertRecipientsEnabled MessageRecallAlertRecipientsReadMessagesOnlyEnabled
  MessageRecallEnabled MessageRecallMaxRecallableAge MessageRemindersEnabled MicrosoftExchangeRecipientEmailAddresses MicrosoftExchangeRecipientEmailAddressPolicyEnabled
  MicrosoftExchangeRecipientPrimarySmtpAddress MicrosoftExchangeRecipientReplyRecipient MitigationsEnabled MobileAppEducationEnabled
  OabShadowDistributionOldestFileAgeLimit OnlineMeetingsByDefaultEnabled OrganizationSummary OutlookGifPickerDisabled OutlookMobileGCCRestrictionsEnabled
  OutlookMobileHelpShiftEnabled OutlookMobileSingleAccountEnabled OutlookPayEnabled OutlookTextPredictionDisabled PerTenantSwitchToESTSEnabled
  PostponeRoamingSignaturesUntilLater PreferredInternetCodePageForShiftJis PublicComputersDetectionEnabled PublicFolderMailboxesLockedForNewConnections
  PublicFolderMailboxesMigrationComplete PublicFolderMigrationComplete PublicFolderShowClientControl PublicFoldersLockedForMigration ReadTrackingEnabled
  RecallReadMessagesEnabled RecipientDelimiters RefreshSessionEnabled RejectDirectSend RequiredCharsetCoverage SCLJunkThreshold SendFromAliasEnabled
  SharedDomainEmailAddressFlowEnabled ShortenEventScopeDefault SiteMailboxCreationURL SmtpActionableMessagesEnabled TenantAdminNotificationForDelayedDelicensingEnabled
  TwoClickMailPreviewEnabled UMAvailableLanguages UnblockUnsafeSenderPromptEnabled UseIcsSyncStateStreaming VisibleMeetingUpdateProperties WACDiscoveryEndpoint
  WebPushNotificationsDisabled WebSuggestedRepliesDisabled WorkspaceTenantEnabled
`;

const endpoints = ['New-MigrationEndpoint', 'Set-MigrationEndpoint'];
const assigns = ['New-ManagementRoleAssignment', 'Set-ManagementRoleAssignment'];
const policies = ['New-EmailAddressPolicy', 'Set-EmailAddressPolicy'];

/** What the cmdlets of hybrid set-up, servers and policies refuse. */
export const configurationRefusals: readonly Refusal[] = [
  { because: 'Nothing here acts on it.', of: ['Set-AcceptedDomain'], names: ['CanHaveCloudCache', 'EnableNego2Authentication', 'SendingFromDomainDisabled', 'SendingToDomainDisabled'], side: 'Cloud' },
  { because: 'Nothing here acts on it.', of: ['Set-AcceptedDomain'], names: ['PendingCompletion', 'PendingRemoval'], side: 'OnPremises' },
  { because: 'Kerberos is not taken here: there are no alternate service accounts, and no arrays.', of: ['Set-ClientAccessService', 'Set-ClientAccessServer'], names: ['AlternateServiceAccountCredential', 'Array', 'CleanUpInvalidAlternateServiceAccountCredentials', 'RemoveAlternateServiceAccountCredentials'] },
  { because: 'Delegates are added and removed by clients here, and nobody is told of a permission.', of: ['Remove-MailboxFolderPermission'], names: ['ResetDelegateUserCollection'] },
  { because: 'Delegates are added and removed by clients here, and nobody is told of a permission.', of: ['Remove-MailboxFolderPermission'], names: ['SendNotificationToUser'], side: 'Cloud' },
  { because: 'Only a partner that has its tokens from an authorization server is built: -ApplicationIdentifier names it.', of: ['New-PartnerApplication', 'Set-PartnerApplication'], names: ['AuthMetadataUrl', 'TrustAnySSLCertificate'], side: 'OnPremises' },
  { because: 'Only a partner that has its tokens from an authorization server is built: Set-AuthServer -RefreshAuthMetadata reads keys anew.', of: ['Set-PartnerApplication'], names: ['RefreshAuthMetadata'], side: 'OnPremises' },
  { because: 'What an application may do follows from the roles of its linked account here.', of: ['New-PartnerApplication', 'Set-PartnerApplication'], names: ['AccountType', 'ActAsPermissions', 'AppOnlyPermissions', 'IssuerIdentifier'] },
  { because: 'Moves between tenants are not built.', of: ['New-OrganizationRelationship', 'Set-OrganizationRelationship'], names: ['MailboxMoveCapability', 'MailboxMovePublishedScopes'], side: 'Cloud' },
  { because: 'Moves between tenants are not built.', of: ['New-OrganizationRelationship', 'Set-OrganizationRelationship'], names: ['OAuthApplicationId'] },
  { because: 'The gateway of this deployment knows no provisioning keys: it takes the certificate’s proof.', of: ['New-FederationTrust'], names: ['AdministratorProvisioningId'] },
  { because: 'No warning about DNS is given here.', of: ['New-FederationTrust'], names: ['SuppressDnsWarning'], accepted: true },
  { because: 'It was Exchange 2010’s: -TlsCertificateName, -SendingTransportServers and -ReceivingTransportServers took its place.', of: ['New-HybridConfiguration', 'Set-HybridConfiguration'], names: ['SecureMailCertificateThumbprint', 'TransportServers'] },
  { because: 'Recipients have no custom attributes, department, company or state here.', of: policies, names: [...numbered('ConditionalCustomAttribute', 15), 'ConditionalCompany', 'ConditionalDepartment', 'ConditionalStateOrProvince'] },
  { because: 'There are no organizational units here.', of: policies, names: ['RecipientContainer'] },
  { because: 'Addresses that no enabled template makes are not made.', of: policies, names: ['DisabledEmailAddressTemplates'] },
  { because: 'There are no Microsoft 365 Groups here.', of: ['New-EmailAddressPolicy'], names: ['IncludeUnifiedGroupRecipients'], side: 'Cloud' },
  { because: 'There are no Microsoft 365 Groups here.', of: ['New-EmailAddressPolicy'], names: ['ManagedByFilter'] },
  { because: 'Mailboxes have no settings by policy here, so there are no such policies.', of: ['Get-EmailAddressPolicy'], names: ['IncludeMailboxSettingOnlyPolicy'], accepted: true },
  { because: 'Only remote moves are tested and kept here: -ExchangeRemoteMove.', of: ['New-MigrationEndpoint', 'Test-MigrationServerAvailability'], names: ['Compliance', 'ExchangeOutlookAnywhere', 'Gmail', 'PSTImport', 'PublicFolder', 'PublicFolderToUnifiedGroup'] },
  { because: 'Only remote moves are tested and kept here: -ExchangeRemoteMove.', of: ['New-MigrationEndpoint'], names: ['IMAP', 'OAuthCode', 'RedirectUri'] },
  { because: 'Only remote moves are tested and kept here: -ExchangeRemoteMove.', of: ['Test-MigrationServerAvailability'], names: ['Imap', 'FilePath', 'RPCProxyServer'] },
  { because: 'Only remote moves are tested and kept here: -ExchangeRemoteMove.', of: endpoints, names: ['NspiServer', 'RpcProxyServer'] },
  { because: 'Only remote moves are tested and kept here: -ExchangeRemoteMove.', of: [...endpoints, 'Test-MigrationServerAvailability'], names: ['Authentication', 'ExchangeServer', 'MailboxPermission', 'Port', 'PublicFolderDatabaseServerLegacyDN', 'Security', 'ServiceAccountKeyFileData', 'SourceMailboxLegacyDN', 'TestMailbox'] },
  { because: 'Certificates are always checked.', of: [...endpoints, 'Test-MigrationServerAvailability'], names: ['AcceptUntrustedCertificates'] },
  { because: 'Moves between tenants are not built.', of: endpoints, names: ['ApplicationId', 'AppSecretKeyVaultUrl'] },
  { because: 'Moves between tenants are not built.', of: ['New-MigrationEndpoint'], names: ['RemoteTenant'] },
  { because: 'There is one place to keep them here.', of: [...endpoints, 'Test-MigrationServerAvailability'], names: ['Partition'] },
  { because: 'The server is named here: -RemoteServer.', of: ['New-MigrationEndpoint', 'Test-MigrationServerAvailability'], names: ['Autodiscover', 'EmailAddress'] },
  { because: 'Nothing here acts on it.', of: ['Set-OrganizationConfig'], names: organizationSettings.trim().split(/\s+/) },
  { because: 'Its name is always Hybrid Configuration.', of: ['Set-HybridConfiguration'], names: ['Name'] },
  { because: 'The server reads no file of yours: -FileData takes the bytes.', of: ['Import-ExchangeCertificate'], names: ['FileName'] },
  { because: 'It is no longer used: -FileData takes the bytes.', of: ['Import-ExchangeCertificate'], names: ['Instance'] },
  { because: 'States count at once here.', of: ['Set-ServerComponentState'], names: ['TimeoutInSeconds'] },
  { because: 'States are kept in one place here.', of: ['Set-ServerComponentState'], names: ['LocalOnly', 'RemoteOnly'], accepted: true },
  { because: 'Where-Object and Sort-Object do it.', of: ['Get-RoleGroup'], names: ['Filter', 'SortBy'] },
  { because: 'There is one directory here, and there are no groups of partners.', of: ['Get-RoleGroup'], names: ['ReadFromDomainController', 'ShowPartnerLinked'], accepted: true },
  { because: 'Roles are given to people and role groups here.', of: ['New-ManagementRoleAssignment'], names: ['Policy', 'UnScopedTopLevel'] },
  { because: 'Roles are given to people and role groups here.', of: ['New-ManagementRoleAssignment'], names: ['App', 'CustomResourceScope'], side: 'Cloud' },
  { because: 'Roles are given to people and role groups here.', of: ['Set-ManagementRoleAssignment'], names: ['CustomResourceScope'], side: 'Cloud' },
  { because: 'Roles are given to people and role groups here.', of: ['New-ManagementRoleAssignment'], names: ['Computer'], side: 'OnPremises' },
  { because: 'Who may manage roles may hand them on here: there are no delegating assignments.', of: ['New-ManagementRoleAssignment', 'Get-ManagementRoleAssignment'], names: ['Delegating'] },
  { because: 'Assignments are narrowed to recipients by -CustomRecipientWriteScope and -RecipientRelativeWriteScope here.', of: [...assigns, 'Get-ManagementRoleAssignment'], names: ['CustomConfigWriteScope', 'ExclusiveConfigWriteScope', 'ExclusiveRecipientWriteScope', 'RecipientAdministrativeUnitScope', 'RecipientGroupScope', 'RecipientOrganizationalUnitScope'] },
  { because: 'Assignments are narrowed to recipients by -CustomRecipientWriteScope and -RecipientRelativeWriteScope here.', of: ['Get-ManagementRoleAssignment'], names: ['ConfigWriteScope', 'Exclusive', 'WritableDatabase', 'WritableServer', 'WritableRecipient'] },
  { because: 'Nothing is asked here that -Force would answer.', of: ['New-ManagementRoleAssignment'], names: ['Force'], accepted: true },
  { because: 'Nothing is asked here that -Force would answer.', of: ['Set-ManagementRoleAssignment', 'New-ManagementRole', 'New-RoleGroup', 'Remove-RoleGroup'], names: ['Force'], side: 'Cloud', accepted: true },
  { because: 'Every role is under a built-in one here.', of: ['New-ManagementRole'], names: ['UnScopedTopLevel'], side: 'OnPremises' },
  { because: 'A role group has its members here, and is linked to no other forest.', of: ['New-RoleGroup'], names: ['LinkedCredential', 'LinkedDomainController', 'LinkedForeignGroup'], side: 'OnPremises' },
  { because: 'Role groups are the business of Organization Management here.', of: ['New-RoleGroup'], names: ['ManagedBy'] },
  { because: 'Roles are narrowed to recipients by -CustomRecipientWriteScope here.', of: ['New-RoleGroup'], names: ['CustomConfigWriteScope', 'RecipientOrganizationalUnitScope'], side: 'OnPremises' },
  { because: 'Role groups have no account names here.', of: ['New-RoleGroup'], names: ['SamAccountName'], side: 'OnPremises' },
  { because: 'It is for the service’s own use.', of: ['New-RoleGroup'], names: ['Id'] },
  { because: 'It is for the service’s own use.', of: ['New-RoleGroup'], names: ['WellKnownObject'], side: 'Cloud' },
  { because: 'It was Exchange 2010’s.', of: ['Set-ClientAccessServer'], names: ['IrmLogEnabled', 'IrmLogMaxAge', 'IrmLogMaxDirectorySize', 'IrmLogMaxFileSize', 'IrmLogPath', 'IsOutOfService'] },
  { because: 'Settings are given one by one.', of: ['Set-ADServerSettings'], names: ['RunspaceServerSettings'] },
  { because: 'Endpoints are found by name or type here.', of: ['Get-MigrationEndpoint'], names: ['ConnectionSettings'], side: 'OnPremises' },
  { because: 'Everything that is known of an endpoint is always shown.', of: ['Get-MigrationEndpoint'], names: ['Diagnostic'], side: 'OnPremises', accepted: true },
  { because: 'Everything that is known of an endpoint is always shown.', of: ['Get-MigrationEndpoint'], names: ['DiagnosticArgument'], side: 'OnPremises' },
  { because: 'Everything that is known of an endpoint is always shown.', of: ['Get-MigrationEndpoint'], names: ['DiagnosticInfo'], side: 'Cloud' },
  { because: 'There is one place to keep them here.', of: ['Get-MigrationEndpoint'], names: ['Partition'], side: 'Cloud' },
  { because: 'Nobody from outside the organisation administers it here.', of: ['Search-AdminAuditLog'], names: ['ExternalAccess'] },
  { because: 'Rights are on servers as a whole here: they have no children, no properties and no owner of their own.', of: ['Add-ADPermission', 'Remove-ADPermission'], names: ['ChildObjectTypes', 'InheritedObjectType', 'Instance', 'Properties'] },
  { because: 'Servers have no owner of their own here.', of: ['Add-ADPermission', 'Get-ADPermission'], names: ['Owner'] },
  { because: 'It was Exchange 2010’s: how many moves run at once follows from the migration endpoint.', of: ['Set-WebServicesVirtualDirectory'], names: ['MRSProxyMaxConnections'] },
];
