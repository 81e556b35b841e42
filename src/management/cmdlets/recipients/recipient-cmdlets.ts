import type { Directory, NewRecipient, Recipient, RecipientChanges, RecipientTypeDetails } from '../../../organization/index.ts';
import { changeRecipient, completeRecipient, hasWildCard } from '../../../organization/index.ts';
import { ManagementError } from '../../management-error.ts';
import { objectNotFound } from '../configuration-cmdlets.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import type { ExchangeContext } from '../exchange-context.ts';
import { organizationalUnit } from './new-recipient-parameters.ts';
import { readRecipientFilter } from './recipient-filter.ts';
import { recipientOutput } from './recipient-output.ts';

export const mailboxTypes: readonly RecipientTypeDetails[] = ['UserMailbox', 'RoomMailbox', 'EquipmentMailbox'];

/** Whoever can sign in. */
export const accountTypes: readonly RecipientTypeDetails[] = [...mailboxTypes, 'MailUser', 'RemoteUserMailbox', 'User'];

/** What the Get- cmdlets of recipients take. */
export const recipientGetParameters = {
  Identity: { type: 'string', position: 0, pipeline: true, description: 'GUID, alias, user principal name, address or display name; * stands for anything.' },
  ResultSize: { type: 'resultSize', description: 'How many at most; default 1000, or Unlimited.' },
  Filter: { type: 'string', description: 'Comparisons of properties with values, joined by -and, -or and -not.' },
  Anr: { type: 'string', description: 'Beginning of the display name, alias, or an address.' },
  SortBy: { type: ['Alias', 'DisplayName', 'Name', 'UserPrincipalName', 'WhenChanged'], description: 'By which property, rising. Default: the display name.' },
  OrganizationalUnit: organizationalUnit,
  Credential: { type: 'credential', side: 'OnPremises', refused: true, description: 'Cmdlets run as who opened the session.' },
  IgnoreDefaultScope: { type: 'switch', side: 'OnPremises', ignored: true, description: 'The whole directory is always looked at.' },
  ReadFromDomainController: { type: 'switch', side: 'OnPremises', ignored: true, description: 'There is one directory here.' },
} as const;

/** `-Identity` of one recipient. */
export const recipientIdentity = { type: 'string', position: 0, pipeline: true, mandatory: true, description: 'GUID, alias, user principal name, address or display name.' } as const;

export interface RecipientQuery {
  /** Default: all. */
  types?: readonly RecipientTypeDetails[];
  identity?: string | undefined;
  /** Default 1000, as published. */
  resultSize?: number | undefined;
  filter?: string | undefined;
  anr?: string | undefined;
  /** A property of what comes out. */
  sortBy?: string | undefined;
}

/** What a Get- cmdlet of recipients gives. One that is named without wild cards must exist. */
export async function getRecipients(context: ExchangeContext, query: RecipientQuery): Promise<readonly OutputObject[]> {
  const limit = query.resultSize ?? 1000;
  const filter = query.filter === undefined ? undefined : readRecipientFilter(query.filter);
  const isChosen = (recipient: Recipient): boolean => (query.anr === undefined || fitsName(recipient, query.anr)) && (filter === undefined || filter(recipientOutput(recipient)));
  const isNarrowed = filter !== undefined || query.anr !== undefined;
  const all = await search(context.organization.directory, query, isNarrowed ? Infinity : limit);
  const found = isNarrowed ? all.filter(isChosen) : all;
  if (query.identity !== undefined && all.length === 0 && !hasWildCard(query.identity)) throw objectNotFound(context, query.identity);
  if (found.length > limit && query.resultSize === undefined) {
    context.warn('There are more results available than are currently displayed. To view them, increase the value for the ResultSize parameter.');
  }
  return sorted(found.slice(0, limit === Infinity ? undefined : limit).map(recipientOutput), query.sortBy);
}

/** By a property, rising; as they came without one. */
export function sorted(rows: readonly OutputObject[], property: string | undefined): readonly OutputObject[] {
  const key = (row: OutputObject): string => (property !== undefined && typeof row[property] === 'string' ? row[property] : '');
  return property === undefined ? rows : rows.toSorted((a, b) => key(a).localeCompare(key(b), 'en'));
}

/** Ambiguous name resolution: any of the names by which people look for somebody. */
export function fitsName(recipient: Recipient, beginning: string): boolean {
  const wanted = beginning.toLowerCase();
  return [recipient.displayName, ...recipient.displayName.split(' '), recipient.alias, ...recipient.emailAddresses].some((name) => name.toLowerCase().startsWith(wanted));
}

async function search(directory: Directory, query: RecipientQuery, limit: number): Promise<readonly Recipient[]> {
  if (query.identity === undefined) return directory.list({ ...(query.types === undefined ? {} : { types: query.types }), ...(limit === Infinity ? {} : { limit: limit + 1 }) });
  return directory.find(query.identity, query.types);
}

/**
 * The one recipient, of certain types, that a cmdlet works on. Where the cmdlet changes something, the recipient must be
 * within the caller's write scope; whoever is only named in a change is found with `namedRecipient`.
 */
export async function oneRecipient(context: ExchangeContext, types: readonly RecipientTypeDetails[], identity: string): Promise<Recipient> {
  const recipient = await namedRecipient(context, types, identity);
  context.requireWriteScope(recipient);
  return recipient;
}

/** The one recipient, of certain types, of an identity. */
export async function namedRecipient(context: ExchangeContext, types: readonly RecipientTypeDetails[], identity: string): Promise<Recipient> {
  const found = hasWildCard(identity) ? [] : await context.organization.directory.find(identity, types);
  const [only] = found;
  if (only === undefined) throw objectNotFound(context, identity);
  if (found.length > 1) {
    throw new ManagementError('MANAGEMENT_OBJECT_AMBIGUOUS', `The operation couldn't be performed because '${identity.slice(0, 256)}' matches multiple entries.`, {
      facts: { identity, matches: found.map((recipient) => recipient.guid) },
      remedy: 'Name the recipient by its GUID.',
    });
  }
  return only;
}

/** What a New- cmdlet of recipients does and gives. */
export async function newRecipient(context: ExchangeContext, recipient: NewRecipient, password?: string): Promise<readonly OutputObject[]> {
  const { directory } = context.organization;
  context.requireWriteScope(completeRecipient(recipient));
  const created = await context.change({
    target: recipient.displayName,
    async apply() {
      const made = await directory.create(recipient);
      if (password !== undefined) await directory.setPassword(made.guid, password);
      return made;
    },
    after: recipientOutput,
  });
  return created === undefined ? [] : [recipientOutput(created)];
}

/** What a Set- cmdlet of recipients does. It gives nothing, as published; the record shows the object before and after. */
export async function setRecipient(context: ExchangeContext, former: Recipient, changes: RecipientChanges, password?: string, shown: (recipient: Recipient) => OutputObject = recipientOutput): Promise<readonly OutputObject[]> {
  const { directory } = context.organization;
  context.requireWriteScope(changeRecipient(former, changes));
  if (Object.values(changes).every((value) => value === undefined) && password === undefined) {
    context.warn(`The command completed successfully but no settings of '${former.displayName}' have been modified.`);
    return [];
  }
  await context.change({
    target: former.displayName,
    before: shown(former),
    async apply() {
      const changed = await directory.update(former.guid, changes);
      if (password !== undefined) await directory.setPassword(former.guid, password);
      return changed;
    },
    after: shown,
  });
  return [];
}

/** What a Remove- cmdlet of recipients does. */
export async function removeRecipient(context: ExchangeContext, types: readonly RecipientTypeDetails[], identity: string): Promise<readonly OutputObject[]> {
  const former = await oneRecipient(context, types, identity);
  await context.change({ target: former.displayName, before: recipientOutput(former), apply: () => context.organization.directory.remove(former.guid) });
  return [];
}
