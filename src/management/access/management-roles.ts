/**
 * The built-in management roles that hold something here, with the built-in role groups that have them by default, as
 * Exchange Server's documentation of role groups publishes both. Each cmdlet's own file says which roles hold it.
 */
const rolesWithCmdlets = {
  'Active Directory Permissions': { description: 'Rights of accounts on servers.', groups: [] },
  'Audit Logs': { description: 'The administrator audit log.', groups: [] },
  'Distribution Groups': { description: 'Distribution groups and their members.', groups: ['Recipient Management'] },
  'E-Mail Address Policies': { description: 'E-mail address policies.', groups: [] },
  'Exchange Server Certificates': { description: 'Certificates of servers.', groups: ['Server Management'] },
  'Exchange Servers': { description: 'Servers and the states of their components.', groups: ['Server Management'] },
  'Exchange Virtual Directories': { description: 'Virtual directories: Autodiscover, EWS, MAPI, the offline address book.', groups: ['Server Management'] },
  'Federated Sharing': { description: 'Sharing with other organisations: federation, relationships, connectors, policies.', groups: [] },
  'Mail Recipient Creation': { description: 'Making and removing mailboxes, mail users and mail contacts.', groups: ['Recipient Management'] },
  'Mail Recipients': { description: 'Mailboxes, mail users and mail contacts that exist.', groups: ['Recipient Management'] },
  Migration: { description: 'Moving mailboxes into or out of the organisation.', groups: ['Recipient Management'] },
  Monitoring: { description: 'Whether services and what they depend on work.', groups: ['Server Management', 'View-Only Organization Management'] },
  'Organization Client Access': { description: 'How clients and applications sign in.', groups: [] },
  'Organization Configuration': { description: 'Settings of the whole organisation.', groups: [] },
  'Receive Connectors': { description: 'Receive connectors.', groups: ['Server Management'] },
  'Remote and Accepted Domains': { description: 'Remote and accepted domains.', groups: [] },
  'Role Management': { description: 'Role groups, roles, their assignments and scopes.', groups: [] },
  'Send Connectors': { description: 'Send connectors.', groups: [] },
  'Transport Queues': { description: 'Mail that waits to be sent on.', groups: ['Server Management'] },
  'User Options': { description: 'What people may choose for their own mailbox, on their behalf.', groups: ['Help Desk'] },
  'View-Only Audit Logs': { description: 'Looking into the administrator audit log.', groups: [] },
  'View-Only Configuration': { description: 'Looking at everything that is no recipient.', groups: ['View-Only Organization Management'] },
  'View-Only Recipients': { description: 'Looking at recipients.', groups: ['Help Desk', 'View-Only Organization Management'] },
} as const satisfies Record<string, { description: string; groups: readonly string[] }>;

export type ManagementRoleName = keyof typeof rolesWithCmdlets;

/** Roles of accounts of applications: they hold no cmdlet. The account of the partner application Exchange Online has these. */
const applicationRoles = ['ApplicationImpersonation', 'ArchiveApplication', 'LegalHoldApplication', 'Mailbox Search', 'MailboxSearchApplication', 'MeetingGraphApplication', 'OfficeExtensionApplication', 'SendMailApplication', 'TeamMailboxLifecycleApplication', 'UserApplication'];

interface BuiltInRole {
  name: string;
  description: string;
  /** Built-in role groups that have it; Organization Management has every one that holds a cmdlet. */
  groups: readonly string[];
}

/** By name. */
export const builtInRoles: readonly BuiltInRole[] = [
  ...Object.entries(rolesWithCmdlets).map(([name, { description, groups }]) => ({ name, description, groups: ['Organization Management', ...groups] })),
  ...applicationRoles.map((name) => ({ name, description: 'For applications that act on behalf of people; it holds no cmdlet.', groups: [] })),
].toSorted((a, b) => a.name.localeCompare(b.name, 'en'));

/** What the built-in role groups are for. */
export const roleGroupDescriptions: Readonly<Record<string, string>> = {
  'Organization Management': 'Members may change everything in the organisation.',
  'Recipient Management': 'Members make, change and remove recipients.',
  'View-Only Organization Management': 'Members may look at everything and change nothing.',
  'Server Management': 'Members set up servers: certificates, virtual directories, component states.',
  'Help Desk': 'Members look at recipients and change what these might choose themselves.',
};
