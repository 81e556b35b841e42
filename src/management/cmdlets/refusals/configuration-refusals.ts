import type { Refusal } from './refusal.ts';
import { numbered } from './refusal.ts';

const endpoints = ['New-MigrationEndpoint', 'Set-MigrationEndpoint'];
const policies = ['New-EmailAddressPolicy', 'Set-EmailAddressPolicy'];

/** What the cmdlets of hybrid set-up, servers and policies refuse. */
export const configurationRefusals: readonly Refusal[] = [
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
  { because: 'There are no Microsoft 365 Groups here.', of: policies, names: ['ManagedByFilter'] },
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
  { because: 'Rights are on servers as a whole here: they have no children, no properties and no owner of their own.', of: ['Add-ADPermission', 'Remove-ADPermission'], names: ['ChildObjectTypes', 'InheritedObjectType', 'Instance', 'Properties'] },
  { because: 'Servers have no owner of their own here.', of: ['Add-ADPermission', 'Get-ADPermission'], names: ['Owner'] },
  { because: 'It was Exchange 2010’s: how many moves run at once follows from the migration endpoint.', of: ['Set-WebServicesVirtualDirectory'], names: ['MRSProxyMaxConnections'] },
];
