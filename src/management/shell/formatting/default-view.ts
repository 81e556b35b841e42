/**
 * Columns that a cmdlet's objects show when nothing is asked for, by the cmdlet's noun. Those of recipients are
 * published in the examples of the cmdlet reference; the others are *unverified* choices of what one looks for first.
 */
const columns: Readonly<Record<string, readonly string[]>> = {
  Mailbox: ['Name', 'Alias', 'Database', 'ProhibitSendQuota', 'PrimarySmtpAddress'],
  RemoteMailbox: ['Name', 'RecipientTypeDetails', 'RemoteRecipientType', 'RemoteRoutingAddress'],
  MailUser: ['Name', 'RecipientType', 'ExternalEmailAddress'],
  MailContact: ['Name', 'Alias', 'ExternalEmailAddress'],
  Recipient: ['Name', 'RecipientType', 'PrimarySmtpAddress'],
  User: ['Name', 'RecipientType'],
  MailboxFolderPermission: ['FolderName', 'User', 'AccessRights', 'SharingPermissionFlags'],
  IntraOrganizationConnector: ['Identity', 'TargetAddressDomains', 'DiscoveryEndpoint', 'Enabled'],
  OrganizationRelationship: ['Name', 'DomainNames', 'FreeBusyAccessEnabled', 'Enabled'],
  AcceptedDomain: ['Name', 'DomainName', 'DomainType', 'Default'],
  RemoteDomain: ['Name', 'DomainName', 'AllowedOOFType'],
  AuthServer: ['Name', 'Type', 'Enabled', 'IsDefaultAuthorizationEndpoint'],
  PartnerApplication: ['Name', 'ApplicationIdentifier', 'Enabled'],
  ExchangeCertificate: ['Thumbprint', 'Services', 'Subject'],
  ExchangeServer: ['Name', 'ServerRole', 'Edition', 'AdminDisplayVersion'],
  ClientAccessServer: ['Name', 'AutoDiscoverServiceInternalUri'],
  MailboxServer: ['Name', 'AdminDisplayVersion'],
  WebServicesVirtualDirectory: ['Name', 'Server', 'InternalUrl'],
  MapiVirtualDirectory: ['Name', 'Server', 'InternalUrl'],
  OabVirtualDirectory: ['Name', 'Server', 'InternalUrl'],
  AutodiscoverVirtualDirectory: ['Name', 'Server', 'InternalUrl'],
  ManagementRole: ['Name', 'RoleType'],
  ManagementRoleAssignment: ['Name', 'Role', 'RoleAssigneeName', 'RoleAssigneeType', 'AssignmentMethod', 'EffectiveUserName'],
  ManagementRoleEntry: ['Name', 'Role', 'Parameters'],
  ManagementScope: ['Name', 'ScopeRestrictionType', 'Exclusive', 'RecipientFilter'],
  AvailabilityAddressSpace: ['ForestName', 'UserName', 'AccessMethod', 'ProxyUrl'],
  SettingOverride: ['Name', 'ComponentName', 'SectionName', 'Parameters'],
  MsolUser: ['UserPrincipalName', 'DisplayName', 'isLicensed'],
  MsolServicePrincipal: ['AppPrincipalId', 'DisplayName', 'AccountEnabled'],
  HybridAgent: ['Id', 'MachineName', 'ExternalIp', 'Status'],
  ADSyncSyncCycle: ['Result', 'Adds', 'Updates', 'Deletes', 'Recipients', 'Passwords', 'Errors'],
  RoleGroup: ['Name', 'Roles', 'RoleAssignments', 'ManagedBy'],
  RoleGroupMember: ['Name', 'RecipientType'],
  GroupInfo: ['Count', 'Name', 'Group'],
  GroupInfoNoElement: ['Count', 'Name'],
  Command: ['Name', 'Source', 'Synopsis'],
};

/** Objects with more properties than this are listed, as PowerShell does. */
const mostTableColumns = 4;

/** Columns whose width PowerShell's own views fix, by kind of object. */
const fixedWidths: Readonly<Record<string, Readonly<Record<string, number>>>> = { GroupInfo: { Count: 5, Name: 25 }, GroupInfoNoElement: { Count: 5, Name: 25 } };

export interface DefaultView {
  kind: 'table' | 'list';
  properties: readonly string[];
  /** By property. */
  widths: Readonly<Record<string, number>>;
  /** Columns as wide as what stands in them: where nothing is known of the kind of object. */
  autoSize: boolean;
}

/** How objects of a kind are shown without `Format-…`: which properties, as a table or a list. */
export function defaultView(typeName: string, names: readonly string[]): DefaultView {
  const own = columns[typeName]?.filter((name) => names.some((other) => other.toLowerCase() === name.toLowerCase()));
  if (own !== undefined && own.length > 0) return { kind: 'table', properties: own, widths: fixedWidths[typeName] ?? {}, autoSize: false };
  return { kind: names.length <= mostTableColumns ? 'table' : 'list', properties: names, widths: {}, autoSize: true };
}
