/** A column: the property, and where a view says so its width, its heading, and how a value shows. */
interface Column {
  property: string;
  width?: number;
  heading?: string;
  show?: (value: string) => string;
}

type View = readonly (string | Column)[];

/** Exchange Online's, whose mailboxes name their database. */
const cloudMailbox: View = [{ property: 'Name', width: 25 }, { property: 'Alias', width: 15 }, { property: 'Database', width: 30 }, { property: 'ProhibitSendQuota', width: 20 }, 'ExternalDirectoryObjectId'];

/**
 * What objects show when nothing is asked for, by the noun of the cmdlet that gave them: the columns of Exchange's own
 * views, as far as published sessions show them; test/house/default-views.txt says which, and which are a choice of ours.
 */
const views: Readonly<Record<string, View>> = {
  Mailbox: [{ property: 'Name', width: 25 }, { property: 'Alias', width: 20 }, { property: 'ServerName', width: 16 }, 'ProhibitSendQuota', 'PrimarySmtpAddress'],
  RemoteMailbox: ['Name', 'RecipientTypeDetails', 'RemoteRecipientType', 'RemoteRoutingAddress'],
  MailUser: ['Name', 'RecipientType'],
  MailContact: ['Name', 'Alias', 'RecipientType'],
  Recipient: ['Name', 'RecipientType'],
  User: ['Name', 'RecipientType'],
  DistributionGroup: ['Name', 'DisplayName', 'GroupType', 'PrimarySmtpAddress'],
  DistributionGroupMember: ['Name', 'RecipientType'],
  MailboxFolderPermission: [{ property: 'FolderName', width: 20 }, { property: 'User', width: 20 }, 'AccessRights', 'SharingPermissionFlags'],
  IntraOrganizationConnector: ['Identity', 'TargetAddressDomains', 'DiscoveryEndpoint', 'Enabled'],
  OrganizationRelationship: ['Name', 'DomainNames', 'FreeBusyAccessEnabled', 'Enabled'],
  FederationTrust: ['Name', 'ApplicationIdentifier', 'ApplicationUri'],
  AcceptedDomain: [{ property: 'Name', width: 30 }, { property: 'DomainName', width: 30 }, 'DomainType', 'Default'],
  RemoteDomain: ['Name', 'DomainName', 'AllowedOOFType'],
  AuthServer: ['Name', 'Type', 'Enabled', 'IsDefaultAuthorizationEndpoint'],
  PartnerApplication: ['Name', 'ApplicationIdentifier', 'Enabled'],
  SharingPolicy: ['Name', 'Domains', 'Enabled', 'Default'],
  EmailAddressPolicy: ['Name', 'Priority', 'RecipientFilter'],
  MigrationEndpoint: ['Identity', 'EndpointType', 'RemoteServer'],
  SendConnector: ['Identity', 'AddressSpaces', 'Enabled'],
  ReceiveConnector: ['Identity', 'Bindings', 'Enabled'],
  InboundConnector: ['Name', 'SenderDomains', 'SenderIPAddresses', 'Enabled'],
  OutboundConnector: ['Name', 'RecipientDomains', 'SmartHosts', 'Enabled'],
  Queue: ['Identity', 'DeliveryType', 'Status', 'MessageCount', 'NextHopDomain'],
  Message: ['Identity', 'FromAddress', 'Status', 'Queue', 'Subject'],
  ExchangeCertificate: [{ property: 'Thumbprint', width: 41 }, { property: 'Services', width: 10, show: serviceLetters }, 'Subject'],
  ExchangeServer: ['Name', 'Site', 'ServerRole', 'Edition', 'AdminDisplayVersion'],
  ServerComponentState: [{ property: 'ServerFqdn', heading: 'Server' }, 'Component', 'State'],
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
  MgUser: ['DisplayName', { property: 'Id', width: 36 }, 'Mail', 'UserPrincipalName'],
  MgServicePrincipal: ['DisplayName', { property: 'Id', width: 36 }, { property: 'AppId', width: 36 }, 'SignInAudience', 'ServicePrincipalType'],
  MgOrganization: ['DisplayName', 'Id'],
  MgGroup: ['DisplayName', { property: 'Id', width: 36 }, 'MailNickname', 'Description', 'GroupTypes'],
  MgGroupMember: [{ property: 'Id', width: 36 }, 'DeletedDateTime'],
  MgDirectoryRole: ['DisplayName', { property: 'Id', width: 36 }],
  MgDirectoryRoleMember: [{ property: 'Id', width: 36 }, 'DeletedDateTime'],
  AzureADUser: [{ property: 'ObjectId', width: 36 }, 'DisplayName', 'UserPrincipalName', 'UserType'],
  AzureADGroup: [{ property: 'ObjectId', width: 36 }, 'DisplayName', 'Description'],
  AzureADGroupMember: [{ property: 'ObjectId', width: 36 }, 'DisplayName', 'UserPrincipalName', 'UserType'],
  AzureADDirectoryRole: [{ property: 'ObjectId', width: 36 }, 'DisplayName', 'Description'],
  AzureADDirectoryRoleMember: [{ property: 'ObjectId', width: 36 }, 'DisplayName', 'UserPrincipalName', 'UserType'],
  AzureADServicePrincipal: [{ property: 'ObjectId', width: 36 }, { property: 'AppId', width: 36 }, 'DisplayName'],
  AzureADApplication: [{ property: 'ObjectId', width: 36 }, { property: 'AppId', width: 36 }, 'DisplayName'],
  MsolUser: ['Password', 'UserPrincipalName', 'DisplayName', 'isLicensed'],
  MsolGroup: [{ property: 'ObjectId', width: 36 }, 'DisplayName', 'GroupType', 'Description'],
  MsolGroupMember: ['GroupMemberType', 'EmailAddress', 'DisplayName'],
  MsolRole: [{ property: 'ObjectId', width: 36 }, 'Name', 'Description'],
  MsolRoleMember: ['RoleMemberType', 'EmailAddress', 'DisplayName'],
  MsolServicePrincipal: ['AppPrincipalId', 'DisplayName', 'AccountEnabled'],
  HybridAgent: ['Id', 'MachineName', 'ExternalIp', 'Status'],
  ADSyncSyncCycle: ['Result', 'Adds', 'Updates', 'Deletes', 'Recipients', 'Passwords', 'Errors'],
  RoleGroup: ['Name', { property: 'Roles', heading: 'AssignedRoles' }, 'RoleAssignments', 'ManagedBy'],
  RoleGroupMember: ['Name', 'RecipientType'],
  GroupInfo: [{ property: 'Count', width: 5 }, { property: 'Name', width: 25 }, 'Group'],
  GroupInfoNoElement: [{ property: 'Count', width: 5 }, { property: 'Name', width: 25 }],
  Command: ['Name', 'Source', 'Synopsis'],
};

/** The kinds of objects that have a view. */
export function nounsWithViews(): readonly string[] {
  return Object.keys(views);
}

/** `IP.WS..`: a letter for each service, a dot where the certificate is not assigned. The last two are *unverified*. */
function serviceLetters(services: string): string {
  const assigned = new Set(services.split(', '));
  return [['IMAP', 'I'], ['POP', 'P'], ['UM', 'U'], ['IIS', 'W'], ['SMTP', 'S'], ['Federation', 'F'], ['UMCallRouter', 'C']].map(([service = '', letter]) => (assigned.has(service) ? letter : '.')).join('');
}

/** Objects with more properties than this are listed, as PowerShell does. */
const mostTableColumns = 4;

export interface DefaultView {
  kind: 'table' | 'list';
  columns: readonly Column[];
  /** Columns as wide as what stands in them: where nothing is known of the kind of object. */
  autoSize: boolean;
}

/** How objects of a kind are shown without `Format-…`: which properties, as a table or a list. */
export function defaultView(typeName: string, names: readonly string[]): DefaultView {
  const has = (property: string): boolean => names.some((name) => name.toLowerCase() === property.toLowerCase());
  const view = typeName === 'Mailbox' && has('Database') ? cloudMailbox : views[typeName];
  const columns = (view ?? []).map((column) => (typeof column === 'string' ? { property: column } : column)).filter(({ property }) => has(property));
  if (columns.length > 0) return { kind: 'table', columns, autoSize: false };
  return { kind: names.length <= mostTableColumns ? 'table' : 'list', columns: names.map((property) => ({ property })), autoSize: true };
}
