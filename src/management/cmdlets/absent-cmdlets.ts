/** Published cmdlets that are not here, for one reason. */
interface Absence {
  /** What whoever types one of them reads, and docs/cmdlets.md says. */
  because: string;
  /** Whole names, or `*-Noun` for every verb of a noun that has no cmdlet here. */
  cmdlets: readonly string[];
}

/** Published cmdlets that administrators of a hybrid deployment type, and that have no counterpart here. */
export const absences: readonly Absence[] = [
  {
    because: 'Mailbox moves are not built; Test-MigrationServerAvailability and the migration endpoints are.',
    cmdlets: ['*-MoveRequest', '*-MoveRequestStatistics', '*-MigrationBatch', '*-MigrationUser', '*-MigrationUserStatistics', '*-MigrationStatistics', '*-MigrationConfig', '*-MigrationReport', '*-MailboxImportRequest', '*-MailboxExportRequest', '*-MailboxRestoreRequest', '*-SyncRequest', 'Test-MRSHealth'],
  },
  { because: 'What the wizard of Exchange did with it, `hybridge setup` does: it shows the plan, applies it and takes it back.', cmdlets: ['Update-HybridConfiguration'] },
  { because: 'AD FS is a product of its own: set it up there. Here a domain is told of it with Set-MsolDomainAuthentication or New-MgDomainFederationConfiguration.', cmdlets: ['*-AdfsProperties', '*-AdfsRelyingPartyTrust', '*-AdfsClaimsProviderTrust', '*-AdfsSslCertificate', '*-MsolFederatedDomain', 'Convert-MsolDomainToFederated', 'Convert-MsolDomainToStandard', '*-MsolADFSContext'] },
  { because: 'There is no Outlook on the web, Exchange admin center, ActiveSync, Outlook Anywhere or Remote PowerShell here.', cmdlets: ['*-OwaVirtualDirectory', '*-EcpVirtualDirectory', '*-ActiveSyncVirtualDirectory', '*-PowerShellVirtualDirectory', '*-OutlookAnywhere', '*-OwaMailboxPolicy', '*-ActiveSyncDeviceAccessRule', '*-ActiveSyncOrganizationSettings', '*-MobileDevice', '*-MobileDeviceMailboxPolicy', 'Test-OwaConnectivity', 'Test-EcpConnectivity', 'Test-ActiveSyncConnectivity', 'Test-PowerShellConnectivity', 'Test-OutlookConnectivity'] },
  {
    because: 'Virtual directories are there with their server: premises.yaml says which are served, Set- how.',
    cmdlets: ['New-AutodiscoverVirtualDirectory', 'Remove-AutodiscoverVirtualDirectory', 'New-WebServicesVirtualDirectory', 'Remove-WebServicesVirtualDirectory', 'New-MapiVirtualDirectory', 'Remove-MapiVirtualDirectory', 'New-OabVirtualDirectory', 'Remove-OabVirtualDirectory', '*-OfflineAddressBook'],
  },
  { because: 'There are no mailbox databases here: an organisation keeps its mailboxes in one file.', cmdlets: ['*-MailboxDatabase', '*-MailboxDatabaseCopy', '*-MailboxDatabaseCopyStatus', '*-DatabaseAvailabilityGroup', '*-DatabaseAvailabilityGroupNetwork', '*-Database', '*-MailboxRepairRequest', 'Test-ReplicationHealth', 'Test-MapiConnectivity', 'Test-ExchangeSearch', 'Test-AssistantHealth'] },
  { because: 'Services run under systemd, or what started them: their state is in the metrics of each.', cmdlets: ['*-ServiceHealth', '*-ServerHealth', '*-HealthReport', '*-ServerMonitoringOverride', '*-GlobalMonitoringOverride', 'Invoke-MonitoringProbe', 'Test-SystemHealth', 'Get-Service', 'Start-Service', 'Stop-Service', 'Get-EventLog', 'Get-WinEvent'] },
  { because: '`hybridge doctor freebusy` and Test-OAuthConnectivity ask Autodiscover and EWS here, and say which hop failed.', cmdlets: ['Test-WebServicesConnectivity', 'Test-OutlookWebServices', 'Test-CalendarConnectivity', 'Test-ServicePrincipalAuthorization', 'Test-ApplicationAccessPolicy'] },
  { because: 'Whole mailboxes are not opened by others here: rights are given on folders (Add-MailboxFolderPermission), by delegates in EWS, and to send on behalf (Set-Mailbox -GrantSendOnBehalfTo).', cmdlets: ['*-MailboxPermission', '*-RecipientPermission', '*-MailboxFolder', '*-CASMailbox', '*-CASMailboxPlan', '*-MailboxPlan', '*-EXOMailboxPermission', '*-EXORecipientPermission', '*-EXOCasMailbox'] },
  { because: 'No statistics of mailboxes are kept; EWS tells the sizes and counts of folders (GetFolder).', cmdlets: ['*-MailboxStatistics', '*-MailboxFolderStatistics', '*-EXOMailboxStatistics', '*-EXOMailboxFolderStatistics', '*-LogonStatistics', '*-CalendarDiagnosticObjects', '*-CalendarDiagnosticLog', '*-CalendarDiagnosticAnalysis'] },
  { because: 'Of a mailbox no language and region are kept: Set-MailboxCalendarConfiguration has its time zone and hours.', cmdlets: ['*-MailboxRegionalConfiguration', '*-MailboxMessageConfiguration', '*-MailboxSpellingConfiguration'] },
  { because: 'Of people and contacts what hybrid needs is shown by Get-User, Get-MailContact and Get-DistributionGroup.', cmdlets: ['*-Contact', '*-Group', '*-LinkedUser', '*-UserPhoto', '*-DynamicDistributionGroup', '*-UnifiedGroup', '*-UnifiedGroupLinks', '*-AddressList', '*-GlobalAddressList', '*-AddressBookPolicy', '*-RoleAssignmentPolicy', '*-PublicFolder', '*-MailPublicFolder', '*-SiteMailbox'] },
  { because: 'Receive connectors come with the listener in premises.yaml; Set-ReceiveConnector changes them.', cmdlets: ['New-ReceiveConnector', 'Remove-ReceiveConnector'] },
  { because: 'The queue has Get-, Retry-Queue, Get- and Remove-Message; nothing is held in it by hand.', cmdlets: ['Suspend-Queue', 'Resume-Queue', 'Suspend-Message', 'Resume-Message', 'Redirect-Message', 'Export-Message', '*-QueueDigest'] },
  { because: 'There are no transport rules, filters, journals and tracking logs here. Get-Queue and Get-Message show what waits, and why.', cmdlets: ['*-TransportConfig', '*-TransportRule', '*-TransportServer', '*-TransportService', '*-FrontendTransportService', '*-MessageTrace', '*-MessageTraceV2', '*-MessageTrackingLog', '*-MessageTrackingReport', '*-JournalRule', '*-MalwareFilterPolicy', '*-HostedContentFilterPolicy', '*-HostedConnectionFilterPolicy', '*-EdgeSubscription', 'Test-Mailflow', 'Test-Message', 'Test-SmtpConnectivity', '*-HybridMailflow', '*-HybridMailflowDatacenterIPs'] },
  { because: 'Hold, retention and search of contents are not built.', cmdlets: ['*-RetentionPolicy', '*-RetentionPolicyTag', '*-MailboxSearch', '*-ComplianceSearch', '*-DlpPolicy', '*-IRMConfiguration', '*-SmimeConfig', '*-InboxRule'] },
  { because: 'Every change is on record, always, and stays there: Search-AdminAuditLog.', cmdlets: ['*-AdminAuditLogConfig', 'Write-AdminAuditLog', 'New-AdminAuditLogSearch', '*-MailboxAuditLog', '*-UnifiedAuditLog'] },
  { because: 'Connect-ExchangeServer, Connect-ExchangeOnline, Connect-MgGraph and their like open sessions here; Get-ConnectionInformation lists them.', cmdlets: ['Get-MgContext', 'Get-AzureADCurrentSessionInfo', 'Get-PSSession', 'New-PSSession', 'Import-PSSession', 'Remove-PSSession'] },
  { because: 'Get-Mailbox, Get-Recipient and their like give the same, and all properties.', cmdlets: ['*-EXOMailbox', '*-EXORecipient', '*-EXOMailboxFolderPermission'] },
  { because: 'The tenant’s directory has no licences.', cmdlets: ['*-MsolAccountSku', '*-MsolUserLicense', '*-MsolSubscription', '*-AzureADSubscribedSku', '*-AzureADUserLicenseDetail', 'Set-AzureADUserLicense', '*-MgSubscribedSku', '*-MgUserLicense', '*-MgUserLicenseDetail'] },
  { because: 'Secrets are made at the token service’s admin API (docs/identity.md); certificates come with Update-MgServicePrincipal or New-AzureADServicePrincipalKeyCredential, the rest of an application with Update-MgApplication.', cmdlets: ['*-AzureADServicePrincipalPasswordCredential', '*-AzureADApplicationKeyCredential', '*-AzureADApplicationPasswordCredential', 'Set-AzureADApplication', '*-MgServicePrincipalPassword', '*-MgApplicationPassword'] },
  { because: 'New-, Get- and Remove-MgServicePrincipalAppRoleAssignedTo do it.', cmdlets: ['*-AzureADServiceAppRoleAssignment', '*-AzureADServiceAppRoleAssignedTo', '*-AzureADUserAppRoleAssignment', '*-MgUserAppRoleAssignment', '*-MgGroupAppRoleAssignment'] },
  { because: 'New- and Remove-MgOauth2PermissionGrant do it.', cmdlets: ['Update-MgOauth2PermissionGrant', '*-AzureADOAuth2PermissionGrant'] },
  { because: 'A security group keeps the name with which it was made.', cmdlets: ['Set-MsolGroup', 'Set-AzureADGroup', 'Update-MgGroup'] },
  { because: 'The tenant’s directory has one role, and who has it: Get-MgDirectoryRole, Get-MgDirectoryRoleMember.', cmdlets: ['Get-MsolUserRole', '*-MgDirectoryRoleTemplate', 'New-MgDirectoryRole', '*-MgRoleManagementDirectoryRoleAssignment', '*-MgRoleManagementDirectoryRoleDefinition'] },
  { because: 'The domains of a tenant are the token service’s, whose operator registers them (docs/identity.md).', cmdlets: ['New-MsolDomain', 'Remove-MsolDomain', 'Confirm-MsolDomain', 'Get-MsolDomainVerificationDns', 'New-AzureADDomain', 'Remove-AzureADDomain', 'Confirm-AzureADDomain', 'New-MgDomain', 'Remove-MgDomain', 'Confirm-MgDomain'] },
];

const byName = new Map<string, string>();
for (const { because, cmdlets } of absences) for (const name of cmdlets) byName.set(name.toLowerCase(), because);

/** Why a published cmdlet is not here; undefined for what is not in the list. Ask only for what was not found. */
export function whyAbsent(name: string): string | undefined {
  const wanted = name.toLowerCase();
  return byName.get(wanted) ?? byName.get(`*${wanted.slice(wanted.indexOf('-'))}`);
}
