import type { ConfigurationProperties, Stored } from '../../../organization/index.ts';
import { hasWildCard, serverRights } from '../../../organization/index.ts';
import type { MultiValued } from '../../binding/parameter-definition.ts';
import { valuesOf } from '../../binding/parameter-definition.ts';
import { ManagementError } from '../../management-error.ts';
import { objectNotFound, oneConfiguration } from '../configuration-cmdlets.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import type { ExchangeContext } from '../exchange-context.ts';

type Properties = ConfigurationProperties['AdPermission'];

/** Groups that setup makes in the directory of every organisation. */
const setupGroups = ['Exchange Servers', 'Exchange Trusted Subsystem', 'Exchange Windows Permissions', 'Organization Management'];

/** What Add- and Remove-ADPermission both take. */
export const adPermissionParameters = {
  Identity: { type: 'string', position: 0, pipeline: true, mandatory: true, description: 'The server whose access control list is meant.' },
  User: { type: 'string', mandatory: true, description: 'DOMAIN\\Exchange Servers, another group of Exchange, or a person.' },
  AccessRights: { type: ['ExtendedRight', 'GenericAll'], many: true, description: 'The kind of right; ExtendedRight where -ExtendedRights is given.' },
  ExtendedRights: { type: 'string', many: true, description: 'ms-Exch-EPI-Token-Serialization, ms-Exch-EPI-Impersonation and others.' },
  Deny: { type: 'switch', description: 'An entry that forbids.' },
  InheritanceType: { type: ['None', 'All', 'Descendents', 'SelfAndChildren', 'Children'], ignored: true, description: 'Accepted and without effect: servers have no children here.' },
} as const;

export interface WantedEntry {
  User: string;
  AccessRights?: MultiValued;
  ExtendedRights?: MultiValued;
  Deny?: boolean;
}

/** The entry that parameters mean, on one server. @throws ManagementError `MANAGEMENT_OBJECT_NOT_FOUND`, `MANAGEMENT_INVALID_VALUE` */
export async function wantedEntry(context: ExchangeContext, identity: string, given: WantedEntry): Promise<Properties> {
  const server = await oneConfiguration(context, 'ExchangeServer', identity);
  const rights = given.ExtendedRights === undefined ? [] : valuesOf(given.ExtendedRights).map(publishedRight);
  const kinds = given.AccessRights === undefined ? [] : valuesOf(given.AccessRights);
  if (rights.length === 0 && !kinds.includes('GenericAll')) {
    throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'An entry needs a right: -ExtendedRights, or -AccessRights GenericAll.');
  }
  return { Object: server.name, User: await account(context, given.User), AccessRights: kinds.includes('GenericAll') ? 'GenericAll' : 'ExtendedRight', ExtendedRights: rights, Deny: given.Deny === true, IsInherited: false };
}

/** Entries are told apart by what they say: the name holds all of it. */
export function entryName(entry: Properties): string {
  return `${entry.Object}, ${entry.User}, ${entry.Deny ? 'deny' : 'allow'} ${entry.AccessRights} ${entry.ExtendedRights.join(', ')}`.trim().slice(0, 256);
}

/** An entry as Get-ADPermission shows it. */
export function adPermissionOutput({ properties }: Pick<Stored<'AdPermission'>, 'properties'>): OutputObject {
  const { Object: identity, User, Deny, IsInherited, AccessRights, ExtendedRights } = properties;
  return { Identity: identity, User, Deny, Inherited: IsInherited, AccessRights: [AccessRights], IsInherited, Properties: null, ChildObjectTypes: null, InheritedObjectType: null, InheritanceType: 'All', ExtendedRights: ExtendedRights.length === 0 ? null : [...ExtendedRights], IsValid: true, ObjectState: 'Unchanged' };
}

/** The account as access control lists show it. Names with another domain belong to somebody else. */
export async function account(context: ExchangeContext, written: string): Promise<string> {
  const backslash = written.lastIndexOf('\\');
  const name = written.slice(backslash + 1);
  const domain = written.slice(0, Math.max(0, backslash)).toLowerCase();
  const [own = ''] = await ownDomains(context);
  const short = own.split('.')[0] ?? '';
  const group = setupGroups.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  const found = group ?? (hasWildCard(name) ? undefined : (await context.organization.directory.find(name))[0]?.alias);
  if (found !== undefined && (domain === '' || domain === short.toLowerCase() || domain === own.toLowerCase())) return `${short.toUpperCase()}\\${found}`;
  const error = objectNotFound(context, written);
  throw new ManagementError(error.code, `User or group "${written.slice(0, 256)}" wasn't found. Please make sure you've typed it correctly.`, {
    facts: { user: written },
    remedy: `The domain is ${short.toUpperCase()}; the group of the servers is "${short.toUpperCase()}\\Exchange Servers".`,
  });
}

/** The default domain stands for the forest's. */
async function ownDomains({ organization }: ExchangeContext): Promise<string[]> {
  const domains = await organization.configuration.list('AcceptedDomain');
  return domains.toSorted((a, b) => Number(b.properties.Default) - Number(a.properties.Default)).map((domain) => domain.properties.DomainName);
}

function publishedRight(written: string): string {
  return serverRights.find((right) => right.toLowerCase() === written.trim().toLowerCase()) ?? written.trim();
}
