import { toText } from './runtime/convert.ts';
import type { DescribedCmdlet } from './complete-line.ts';
import type { ShellConnection, ShellState } from './runtime/shell-state.ts';
import { fromPlain } from './runtime/values.ts';

/** Where the values of a parameter come from: a cmdlet, and which of its output properties name an object. */
interface Source {
  cmdlet: string;
  properties: readonly string[];
}

/** In this order the first property that begins as typed is taken. */
const identifying = ['Alias', 'Identity', 'Name', 'UserPrincipalName', 'PrimarySmtpAddress', 'DisplayName'];

const recipient: Source = { cmdlet: 'Get-Recipient', properties: ['Alias', 'PrimarySmtpAddress', 'Name'] };
const mailbox: Source = { cmdlet: 'Get-Mailbox', properties: ['PrimarySmtpAddress', 'Name'] };
const certificate: Source = { cmdlet: 'Get-ExchangeCertificate', properties: ['Thumbprint'] };

/** Parameters that name objects of another cmdlet's noun. */
const sources: Readonly<Record<string, Source>> = {
  Mailbox: mailbox,
  UserIdentity: mailbox,
  User: recipient,
  Member: recipient,
  Members: recipient,
  Server: { cmdlet: 'Get-ExchangeServer', properties: ['Name'] },
  Thumbprint: certificate,
  NewCertificateThumbprint: certificate,
  DomainName: { cmdlet: 'Get-AcceptedDomain', properties: ['DomainName'] },
  AppId: { cmdlet: 'Get-HybridApplication', properties: ['Id', 'AppId'] },
  AppPrincipalId: { cmdlet: 'Get-MsolServicePrincipal', properties: ['AppPrincipalId'] },
  UserPrincipalName: { cmdlet: 'Get-MsolUser', properties: ['UserPrincipalName'] },
  UserId: { cmdlet: 'Get-MgUser', properties: ['UserPrincipalName'] },
  ServicePrincipalId: { cmdlet: 'Get-MgServicePrincipal', properties: ['Id'] },
  ObjectId: { cmdlet: 'Get-AzureADUser', properties: ['UserPrincipalName'] },
  RoleAssignee: { cmdlet: 'Get-ManagementRoleAssignment', properties: ['RoleAssignee'] },
};

const mostAsked = 200;

/**
 * What exists and could be meant by a word for a parameter: identities of the objects that the Get- cmdlet of the same
 * noun finds, or of another where the parameter's name says so. Nothing where it cannot be asked.
 */
export async function completeValue(found: DescribedCmdlet, parameter: string, word: string, state: ShellState): Promise<string[]> {
  const { name, connection } = found;
  const noun = name.slice(name.indexOf('-') + 1);
  const source = parameter === 'Identity' ? identitySource(noun) : sources[parameter];
  if (source === undefined || (parameter !== 'Identity' && /^New-/i.test(name) && parameter === 'UserPrincipalName')) return [];
  const typed = word.replace(/^['"]/, '');
  const rows = await ask(source.cmdlet, connection, typed, state);
  return rows.flatMap((row) => {
    const texts = source.properties.map((property) => toText(fromPlain(row[property])));
    const fitting = texts.find((text) => text !== '' && text.toLowerCase().startsWith(typed.toLowerCase()));
    return fitting === undefined ? [] : [quoted(fitting)];
  });
}

/** Some nouns have objects of another. */
function identitySource(noun: string): Source {
  const other: Readonly<Record<string, string>> = { MailboxFolderPermission: 'Mailbox', MailboxCalendarConfiguration: 'Mailbox', CalendarProcessing: 'Mailbox', MailboxAutoReplyConfiguration: 'Mailbox', DistributionGroupMember: 'DistributionGroup', ServerComponentState: 'ExchangeServer', ADPermission: 'ExchangeServer', RoleGroupMember: 'RoleGroup' };
  return { cmdlet: `Get-${other[noun] ?? noun}`, properties: identifying };
}

async function ask(cmdlet: string, connection: ShellConnection, typed: string, state: ShellState): Promise<readonly Record<string, unknown>[]> {
  const description = connection.cmdlets.find(({ name }) => name === cmdlet);
  if (description === undefined) return [];
  const { parameters } = description;
  const asked = {
    ...(typed !== '' && 'Identity' in parameters ? { Identity: `${typed}*` } : {}),
    ...('ResultSize' in parameters ? { ResultSize: mostAsked } : {}),
    ...('SearchString' in parameters && typed !== '' ? { SearchString: typed } : {}),
  };
  try {
    return await connection.session.invoke(cmdlet, asked, { signal: AbortSignal.any([state.host.signal, AbortSignal.timeout(10_000)]) });
  } catch {
    return [];
  }
}

function quoted(text: string): string {
  return /^[\w@.:\\/-]+$/.test(text) ? text : `'${text.replaceAll("'", "''")}'`;
}
