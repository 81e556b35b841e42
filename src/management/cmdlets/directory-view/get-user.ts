import { hasWildCard, wildCardMatcher } from '../../../organization/index.ts';
import { valuesOf } from '../../binding/parameter-definition.ts';
import { objectNotFound } from '../configuration-cmdlets.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import type { ExchangeContext } from '../exchange-context.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { objectTail } from '../object-output.ts';
import { accountTypes, fitsName, recipientGetParameters, sorted } from '../recipients/recipient-cmdlets.ts';
import { readRecipientFilter } from '../recipients/recipient-filter.ts';
import { recipientOutput } from '../recipients/recipient-output.ts';

export const getUser = defineExchangeCmdlet({
  name: 'Get-User',
  synopsis: 'Shows the accounts of the directory: people, with mail and without, and those that only hold roles for an application.',
  parameters: {
    ...recipientGetParameters,
    RecipientTypeDetails: { type: ['UserMailbox', 'RoomMailbox', 'EquipmentMailbox', 'MailUser', 'RemoteUserMailbox', 'LinkedUser', 'User'], many: true, description: 'Only these types.' },
  },
  example: 'Get-User "Exchange Online-ApplicationAccount"',
  roles: ['Mail Recipients', 'User Options', 'View-Only Recipients'],
  async run(context, { Identity, ResultSize, Filter, Anr, SortBy, RecipientTypeDetails }) {
    const { directory } = context.organization;
    const fits = Filter === undefined ? () => true : readRecipientFilter(Filter);
    const people = (Identity === undefined ? await directory.list({ types: accountTypes }) : await directory.find(Identity, accountTypes)).filter((recipient) => recipient.userPrincipalName !== undefined && (Anr === undefined || fitsName(recipient, Anr))).map(userOutput);
    const found = [...people, ...(Anr === undefined ? await roleAccounts(context, Identity) : [])].filter((row) => fits(row) && (RecipientTypeDetails === undefined || valuesOf(RecipientTypeDetails).includes(String(row['RecipientTypeDetails']))));
    if (found.length === 0 && Identity !== undefined && Filter === undefined && Anr === undefined && !hasWildCard(Identity)) throw objectNotFound(context, Identity);
    const limit = ResultSize ?? 1000;
    if (found.length > limit && ResultSize === undefined) context.warn('There are more results available than are currently displayed. To view them, increase the value for the ResultSize parameter.');
    return sorted(found.slice(0, limit === Infinity ? undefined : limit), SortBy);
  },
});

function userOutput(recipient: Parameters<typeof recipientOutput>[0]): OutputObject {
  const { UserPrincipalName, AccountDisabled, DisplayName, WindowsEmailAddress, RecipientType, RecipientTypeDetails, ...rest } = recipientOutput(recipient);
  const { Name, Identity, Guid, WhenChanged, WhenCreated, WhenChangedUTC, WhenCreatedUTC, Id, IsValid, ObjectState } = rest;
  return { SamAccountName: recipient.alias, UserPrincipalName, AccountDisabled, DisplayName, FirstName: recipient.firstName ?? null, LastName: recipient.lastName ?? null, WindowsEmailAddress, RecipientType, RecipientTypeDetails, Name, Identity, Guid, WhenChanged, WhenCreated, WhenChangedUTC, WhenCreatedUTC, Id, IsValid, ObjectState };
}

/** The accounts to which roles are assigned: disabled, without mailbox, as setup makes them for partner applications. */
async function roleAccounts({ organization }: ExchangeContext, identity: string | undefined): Promise<OutputObject[]> {
  const assignments = (await organization.configuration.list('ManagementRoleAssignment')).filter(({ properties }) => properties.RoleAssigneeType === 'User');
  const matches = identity === undefined ? () => true : wildCardMatcher(identity.slice(identity.lastIndexOf('/') + 1));
  const accounts = new Map<string, OutputObject>();
  for (const assignment of assignments) {
    const name = assignment.properties.RoleAssigneeName;
    const known = accounts.has(name.toLowerCase()) || (await organization.directory.find(name, accountTypes)).length > 0;
    if (known || !matches(name)) continue;
    const { Guid: _, ...tail } = objectTail({ ...assignment, name, identity: name });
    accounts.set(name.toLowerCase(), { SamAccountName: null, UserPrincipalName: null, AccountDisabled: true, DisplayName: name, FirstName: null, LastName: null, WindowsEmailAddress: null, RecipientType: 'User', RecipientTypeDetails: 'LinkedUser', ...tail });
  }
  return [...accounts.values()];
}
