import type { Refusal } from './refusal.ts';

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const graphLists = ['Get-MgApplication', 'Get-MgDirectoryDeletedItemAsUser', 'Get-MgDomain', 'Get-MgDomainFederationConfiguration', 'Get-MgOrganization', 'Get-MgServicePrincipal', 'Get-MgUser'];
const graphReaders = [...graphLists, 'Get-MgDirectoryDeletedItem'];
const graphRemovers = ['Remove-MgApplication', 'Remove-MgDirectoryDeletedItem', 'Remove-MgServicePrincipal', 'Remove-MgUser'];
const graphChangers = ['New-MgDomainFederationConfiguration', 'Restore-MgDirectoryDeletedItem', 'Revoke-MgUserSignInSession', 'Update-MgApplication', 'Update-MgDomainFederationConfiguration', 'Update-MgOrganization', 'Update-MgServicePrincipal', 'Update-MgUser'];
const graphMakers = ['New-MgApplication', 'New-MgServicePrincipal', 'New-MgUser'];
const graphWriters = ['New-MgApplication', 'New-MgDomainFederationConfiguration', 'New-MgServicePrincipal', 'New-MgUser', 'Update-MgApplication', 'Update-MgDomainFederationConfiguration', 'Update-MgOrganization', 'Update-MgServicePrincipal', 'Update-MgUser'];
const graphOtherLists = ['Get-MgDirectoryRole', 'Get-MgDirectoryRoleMember', 'Get-MgGroup', 'Get-MgGroupMember', 'Get-MgOauth2PermissionGrant', 'Get-MgServicePrincipalAppRoleAssignedTo', 'Get-MgServicePrincipalAppRoleAssignment', 'Get-MgUserOauth2PermissionGrant'];
const graphConsentsAndAssignments = ['Get-MgOauth2PermissionGrant', 'Get-MgServicePrincipalAppRoleAssignedTo', 'Get-MgServicePrincipalAppRoleAssignment', 'Get-MgUserOauth2PermissionGrant'];
const graphAssigners = ['New-MgServicePrincipalAppRoleAssignedTo', 'New-MgServicePrincipalAppRoleAssignment'];
const graphRoleAndGroupRemovers = ['Remove-MgDirectoryRoleMemberByRef', 'Remove-MgGroup', 'Remove-MgGroupMemberByRef', 'Remove-MgGroupMemberDirectoryObjectByRef', 'Remove-MgOauth2PermissionGrant', 'Remove-MgServicePrincipalAppRoleAssignedTo', 'Remove-MgServicePrincipalAppRoleAssignment'];
const graphReferers = ['New-MgDirectoryRoleMemberByRef', 'New-MgGroupMemberByRef'];
const graphPeople = ['New-MgUser', 'Update-MgUser'];
const graphPrincipals = ['New-MgServicePrincipal', 'Update-MgServicePrincipal'];
const graphApplications = ['New-MgApplication', 'Update-MgApplication'];
const azureAdPeople = ['New-AzureADUser', 'Set-AzureADUser'];
const azureAdPrincipals = ['New-AzureADServicePrincipal', 'Set-AzureADServicePrincipal'];
const msolPeople = ['New-MsolUser', 'Set-MsolUser'];

const noLicences = 'The tenant’s directory has no licences.';
const notOfPeople = 'Of people the tenant’s directory keeps name, sign-in, addresses and source anchor.';
const notOfApplications = 'Of applications the tenant’s directory keeps names, certificates, roles and where sign-ins end.';
const onlyNameAndMembers = 'A security group has a name and members here.';
const setHere = 'The directory sets it itself.';
const otherRooms = 'It is of a part of Microsoft Graph that is not here.';
const notActedOn = 'Nothing here acts on it.';
const ownCmdlets = 'It has cmdlets of its own, where it is built.';

/** What the cmdlets of the tenant's directory refuse. */
export const directoryRefusals: readonly Refusal[] = [
  { because: 'No request goes to Microsoft Graph here that it could steer or follow.', of: [...graphReaders, ...graphRemovers, ...graphChangers, ...graphMakers, ...graphOtherLists, ...graphAssigners, ...graphRoleAndGroupRemovers, ...graphReferers, 'New-MgGroup', 'New-MgOauth2PermissionGrant'], names: words('Break Headers HttpPipelineAppend HttpPipelinePrepend Proxy ProxyCredential ProxyUseDefaultCredentials ResponseHeadersVariable') },
  { because: 'Name the object by its id, or send it through the pipe.', of: [...graphReaders, ...graphRemovers, ...graphChangers, ...graphAssigners, ...graphReferers, ...graphConsentsAndAssignments, 'Get-MgGroup', 'New-MgGroupMember', 'Get-MgDirectoryRole', ...graphRoleAndGroupRemovers], names: ['InputObject'] },
  { because: 'What an object is related to is not shown with it.', of: [...graphReaders, ...graphConsentsAndAssignments, 'Get-MgDirectoryRole', 'Get-MgDirectoryRoleMember', 'Get-MgGroup', 'Get-MgGroupMember'], names: ['ExpandProperty'] },
  { because: 'Select-Object -Skip leaves the first ones out.', of: [...graphLists.filter((name) => name !== 'Get-MgUser'), ...graphConsentsAndAssignments, 'Get-MgDirectoryRole', 'Get-MgDirectoryRoleMember', 'Get-MgGroup', 'Get-MgGroupMember'], names: ['Skip'] },
  { because: 'Microsoft Graph searches people, applications and groups. -Filter and Where-Object look for others.', of: ['Get-MgDirectoryDeletedItemAsUser', 'Get-MgDomain', 'Get-MgDomainFederationConfiguration', 'Get-MgOrganization', ...graphConsentsAndAssignments, 'Get-MgDirectoryRole'], names: ['Search'] },
  { because: 'Objects have no versions here that it could name.', of: [...graphRemovers, ...graphRoleAndGroupRemovers], names: ['IfMatch'] },
  { because: 'What is not a parameter of its own is not kept.', of: [...graphWriters, 'New-MgGroup', ...graphReferers, 'New-MgOauth2PermissionGrant', ...graphAssigners], names: ['AdditionalProperties'] },
  { because: setHere, of: [...graphMakers, 'Update-MgDomainFederationConfiguration', 'New-MgGroup', 'New-MgOauth2PermissionGrant', ...graphAssigners], names: ['Id'] },

  { because: noLicences, of: graphPeople, names: words('AssignedLicenses AssignedPlans LicenseAssignmentStates LicenseDetails ProvisionedPlans UsageLocation') },
  { because: setHere, of: graphPeople, names: words('CreatedDateTime DeletedDateTime LastPasswordChangeDateTime OnPremisesLastSyncDateTime OnPremisesSyncEnabled SecurityIdentifier ServiceProvisioningErrors OnPremisesProvisioningErrors') },
  { because: 'Revoke-MgUserSignInSession sets it.', of: graphPeople, names: ['SignInSessionsValidFromDateTime'] },
  { because: 'Addresses come with directory synchronisation, or with the mailbox.', of: graphPeople, names: words('Mail ProxyAddresses OtherMails ImAddresses') },
  { because: ownCmdlets, of: graphPeople, names: words('AppRoleAssignments MemberOf TransitiveMemberOf Oauth2PermissionGrants ScopedRoleMemberOf') },
  { because: 'The Exchange cmdlets do it.', of: graphPeople, names: words('MailboxSettings ShowInAddressList') },
  {
    because: notOfPeople,
    of: graphPeople,
    names: words(`
      AboutMe AgeGroup AuthorizationInfo Birthday BusinessPhones City CompanyName ConsentProvidedForMinor Country CreationType CustomSecurityAttributes Department DirectReports
      EmployeeHireDate EmployeeId EmployeeLeaveDateTime EmployeeOrgData EmployeeType Extensions ExternalUserState ExternalUserStateChangeDateTime FaxNumber GivenName HireDate
      Identities Interests IsManagementRestricted IsResourceAccount JobTitle LegalAgeGroupClassification Manager MobilePhone MySite OfficeLocation OnPremisesDistinguishedName
      OnPremisesDomainName OnPremisesExtensionAttributes OnPremisesSamAccountName OnPremisesSecurityIdentifier OnPremisesUserPrincipalName PastProjects PostalCode
      PreferredDataLocation PreferredLanguage PreferredName Responsibilities Schools SignInActivity Skills Sponsors State StreetAddress Surname
    `),
  },
  { because: 'Only Member: there are no guests.', of: ['Update-MgUser'], names: ['UserType'] },
  { because: 'Mail is given by Exchange.', of: ['Update-MgUser'], names: ['MailNickname'] },
  {
    because: otherRooms,
    of: graphPeople,
    names: words(`
      Activities AgreementAcceptances Authentication Calendar CalendarGroups Calendars CalendarView Chats CloudClipboard CloudPCs ContactFolders Contacts CreatedObjects
      DataSecurityAndGovernance DeviceEnrollmentLimit DeviceManagementTroubleshootingEvents Drive Drives EmployeeExperience Events FollowedSites InferenceClassification Insights
      JoinedTeams MailFolders ManagedAppRegistrations ManagedDevices Messages Onenote OnlineMeetings Outlook OwnedDevices OwnedObjects People PermissionGrants Photo Photos Planner
      Presence Print RegisteredDevices Settings Solutions Teamwork Todo
    `),
  },

  { because: setHere, of: graphAssigners, names: words('CreatedDateTime DeletedDateTime PrincipalDisplayName PrincipalType ResourceDisplayName') },
  { because: 'People consent for themselves, at the sign-in page.', of: ['New-MgOauth2PermissionGrant'], names: ['PrincipalId'] },
  { because: noLicences, of: ['New-MgGroup'], names: words('AssignedLicenses HasMembersWithLicenseErrors LicenseProcessingState MembersWithLicenseErrors') },
  { because: setHere, of: ['New-MgGroup'], names: words('CreatedDateTime CreatedOnBehalfOf DeletedDateTime OnPremisesDomainName OnPremisesLastSyncDateTime OnPremisesNetBiosName OnPremisesProvisioningErrors OnPremisesSamAccountName OnPremisesSecurityIdentifier OnPremisesSyncBehavior OnPremisesSyncEnabled RenewedDateTime SecurityIdentifier ServiceProvisioningErrors') },
  { because: ownCmdlets, of: ['New-MgGroup'], names: words('AppRoleAssignments MemberOf Members Owners TransitiveMemberOf TransitiveMembers') },
  { because: 'Groups that take mail are Exchange’s: New-DistributionGroup.', of: ['New-MgGroup'], names: words('AcceptedSenders AllowExternalSenders AutoSubscribeNewMembers HideFromAddressLists HideFromOutlookClients IsSubscribedByMail Mail ProxyAddresses RejectedSenders UnseenCount') },
  {
    because: onlyNameAndMembers,
    of: ['New-MgGroup'],
    names: words('AssignedLabels Classification Description ExpirationDateTime Extensions GroupLifecyclePolicies IsArchived IsAssignableToRole IsManagementRestricted MembershipRule MembershipRuleProcessingState PreferredDataLocation PreferredLanguage Settings Theme UniqueName Visibility'),
  },
  { because: otherRooms, of: ['New-MgGroup'], names: words('Calendar CalendarView Conversations Drive Drives Events Onenote PermissionGrants Photo Photos Planner Sites Team Threads') },
  { because: onlyNameAndMembers, of: ['New-MsolGroup'], names: words('Description ManagedBy') },
  { because: onlyNameAndMembers, of: ['New-AzureADGroup'], names: ['Description'] },
  { because: noLicences, of: ['Get-MsolGroup'], names: ['HasLicenseErrorsOnly'] },
  { because: 'Groups have no validation errors here.', of: ['Get-MsolGroup'], names: ['HasErrorsOnly'] },
  { because: 'Nobody from outside the organisation administers it here.', of: ['Get-MsolGroup'], names: words('IsAgentRole UserObjectId UserPrincipalName') },

  { because: setHere, of: graphApplications, names: words('AppId ApplicationTemplateId CreatedDateTime CreatedOnBehalfOf DeletedDateTime DisabledByMicrosoftStatus PublisherDomain VerifiedPublisher') },
  {
    because: notOfApplications,
    of: graphApplications,
    names: words(`
      AddIns Api AppManagementPolicies AuthenticationBehaviors Certification DefaultRedirectUri Description ExtensionProperties FederatedIdentityCredentials HomeRealmDiscoveryPolicies
      Info IsDeviceOnlyAuthSupported LogoInputFile NativeAuthenticationApisEnabled Notes Oauth2RequirePostResponse OptionalClaims Owners ParentalControlSettings
      RequestSignatureVerification SamlMetadataUrl ServiceManagementReference ServicePrincipalLockConfiguration Spa Synchronization Tags TokenEncryptionKeyId
      TokenIssuancePolicies TokenLifetimePolicies UniqueName
    `),
  },
  { because: 'Secrets are made by the directory, one at a time.', of: [...graphApplications, ...graphPrincipals, ...azureAdPrincipals, 'New-AzureADApplication'], names: ['PasswordCredentials'] },
  { because: setHere, of: graphPrincipals, names: words('AppDisplayName AppOwnerOrganizationId ApplicationTemplateId DeletedDateTime DisabledByMicrosoftStatus VerifiedPublisher') },
  { because: setHere, of: ['Update-MgServicePrincipal'], names: ['AppId'] },
  { because: 'The application has the name; Update-MgApplication changes it.', of: ['New-MgServicePrincipal'], names: ['DisplayName'] },
  { because: 'Update-MgApplication sets it.', of: graphPrincipals, names: words('AppRoles ReplyUrls SignInAudience') },
  { because: ownCmdlets, of: graphPrincipals, names: words('AppRoleAssignedTo AppRoleAssignments MemberOf TransitiveMemberOf Oauth2PermissionGrants') },
  { because: 'Who may use an application follows from consent here, and what they may do in it from its roles.', of: [...graphPrincipals, ...azureAdPrincipals], names: ['AppRoleAssignmentRequired'] },
  {
    because: notOfApplications,
    of: graphPrincipals,
    names: words(`
      AddIns AlternativeNames AppDescription AppManagementPolicies ClaimsMappingPolicies CreatedObjects CustomSecurityAttributes DelegatedPermissionClassifications Description
      Endpoints FederatedIdentityCredentials HomeRealmDiscoveryPolicies Homepage Info LoginUrl LogoutUrl Notes NotificationEmailAddresses Oauth2PermissionScopes OwnedObjects Owners
      PreferredSingleSignOnMode PreferredTokenSigningKeyThumbprint RemoteDesktopSecurityConfiguration ResourceSpecificApplicationPermissions SamlSingleSignOnSettings Synchronization
      TokenEncryptionKeyId TokenIssuancePolicies TokenLifetimePolicies
    `),
  },
  { because: 'Only Application, and without lists of the portal.', of: ['Update-MgServicePrincipal'], names: words('ServicePrincipalType Tags') },

  { because: notActedOn, of: ['New-MgDomainFederationConfiguration', 'Update-MgDomainFederationConfiguration'], names: words('IsSignedAuthenticationRequestRequired PasswordResetUri PromptLoginBehavior SigningCertificateUpdateStatus') },
  { because: setHere, of: ['Update-MgOrganization'], names: words('CreatedDateTime DeletedDateTime OnPremisesLastSyncDateTime PartnerTenantType TenantType') },
  { because: noLicences, of: ['Update-MgOrganization'], names: words('AssignedPlans ProvisionedPlans DefaultUsageLocation') },
  { because: 'The domains of a tenant are the token service’s, whose operator registers them.', of: ['Update-MgOrganization'], names: ['VerifiedDomains'] },
  {
    because: 'Of the tenant itself only directory synchronisation is switched here; its name is the token service’s.',
    of: ['Update-MgOrganization'],
    names: words(`
      Branding BusinessPhones CertificateBasedAuthConfiguration City Country CountryLetterCode DisplayName Extensions MarketingNotificationEmails MobileDeviceManagementAuthority
      PostalCode PreferredLanguage PrivacyProfile SecurityComplianceNotificationMails SecurityComplianceNotificationPhones State Street TechnicalNotificationMails
    `),
  },

  { because: noLicences, of: azureAdPeople, names: ['UsageLocation'] },
  { because: 'The Exchange cmdlets do it.', of: azureAdPeople, names: ['ShowInAddressList'] },
  { because: 'Addresses come with directory synchronisation, or with the mailbox.', of: azureAdPeople, names: ['OtherMails'] },
  { because: 'Mail is given by Exchange.', of: ['Set-AzureADUser'], names: ['MailNickName'] },
  {
    because: notOfPeople,
    of: azureAdPeople,
    names: words(`
      AgeGroup City CompanyName ConsentProvidedForMinor Country CreationType Department ExtensionProperty FacsimileTelephoneNumber GivenName IsCompromised JobTitle Mobile
      PhysicalDeliveryOfficeName PostalCode PreferredLanguage SignInNames State StreetAddress Surname TelephoneNumber UserState UserStateChangedOn
    `),
  },
  { because: notOfApplications, of: azureAdPrincipals, names: words('AlternativeNames ErrorUrl Homepage LogoutUrl PublisherName SamlMetadataUrl') },
  { because: 'The application has them: New-AzureADApplication -ReplyUrls.', of: azureAdPrincipals, names: ['ReplyUrls'] },
  { because: setHere, of: ['Set-AzureADServicePrincipal'], names: ['AppId'] },
  { because: 'New-MgApplication takes them.', of: ['New-AzureADApplication'], names: ['AppRoles'] },
  {
    because: notOfApplications,
    of: ['New-AzureADApplication'],
    names: words(`
      AddIns AllowGuestsSignIn AllowPassthroughUsers AppLogoUrl ErrorUrl Homepage InformationalUrls IsDeviceOnlyAuthSupported KnownClientApplications LogoutUrl Oauth2AllowImplicitFlow
      Oauth2AllowUrlPathMatching Oauth2Permissions Oauth2RequirePostResponse OptionalClaims OrgRestrictions ParentalControlSettings PreAuthorizedApplications PublisherDomain
      RecordConsentConditions RequiredResourceAccess SamlMetadataUrl WwwHomepage
    `),
  },

  { because: noLicences, of: ['Get-MsolUser'], names: words('LicenseReconciliationNeededOnly UnlicensedUsersOnly UsageLocation') },
  { because: notOfPeople, of: ['Get-MsolUser'], names: words('City Country Department State Title') },
  { because: 'What could not be written is said by the cycle: Start-ADSyncSyncCycle.', of: ['Get-MsolUser'], names: ['HasErrorsOnly'] },
  { because: noLicences, of: msolPeople, names: ['UsageLocation'] },
  { because: noLicences, of: ['New-MsolUser'], names: words('LicenseAssignment LicenseOptions') },
  { because: setHere, of: msolPeople, names: words('LastPasswordChangeTimestamp SoftDeletionTimestamp') },
  { because: 'Revoke-MgUserSignInSession sets it.', of: msolPeople, names: ['StsRefreshTokensValidFrom'] },
  { because: 'Who has a second factor is set at the token service.', of: msolPeople, names: words('StrongAuthenticationMethods StrongAuthenticationRequirements') },
  { because: 'There are no rules about passwords.', of: msolPeople, names: ['StrongPasswordRequired'] },
  {
    because: notOfPeople,
    of: msolPeople,
    names: words('AlternateEmailAddresses AlternateMobilePhones City Country Department Fax FirstName LastName MobilePhone Office PhoneNumber PostalCode PreferredDataLocation PreferredLanguage State StreetAddress Title'),
  },
  { because: notOfApplications, of: ['New-MsolServicePrincipal', 'Set-MsolServicePrincipal'], names: ['Addresses'] },
  { because: 'Domains are not told apart by what they are for.', of: ['Get-MsolDomain'], names: ['Capability'] },
  { because: notActedOn, of: ['Set-MsolDomainAuthentication'], names: words('DefaultInteractiveAuthenticationMethod OpenIdConnectDiscoveryEndpoint PromptLoginBehavior SigningCertificateUpdateStatus') },
];
