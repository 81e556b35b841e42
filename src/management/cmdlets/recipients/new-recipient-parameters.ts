import type { ExchangeContext } from '../exchange-context.ts';
import { ManagementError } from '../../management-error.ts';

/** What all New- cmdlets of recipients take. */
export const newRecipientParameters = {
  Name: { type: 'string', mandatory: true, position: 0, description: 'Name of the object; the display name where none is given.' },
  DisplayName: { type: 'string', description: 'The name that people see.' },
  FirstName: { type: 'string', description: 'Given name: %g of e-mail address policies.' },
  LastName: { type: 'string', description: 'Surname: %s of e-mail address policies.' },
  Alias: { type: 'string', description: 'Unique short name. Default: the beginning of the sign-in name or address.' },
  PrimarySmtpAddress: { type: 'smtpAddress', description: 'Default: the sign-in name or target address; else alias and default accepted domain.' },
} as const;

/** What New- cmdlets of people who sign in take besides. */
export const newUserParameters = {
  ...newRecipientParameters,
  UserPrincipalName: { type: 'smtpAddress', aliases: ['MicrosoftOnlineServicesID'], description: 'Sign-in name. Default: the primary address.' },
  Password: { type: 'secret', description: 'First password. Without one nobody can sign in.' },
  ImmutableId: { type: 'string', description: 'Source anchor; normally left out.' },
  Initials: { type: 'string', refused: true, description: 'Initials are not kept here.' },
  ResetPasswordOnNextLogon: { type: 'boolean', refused: 'unlessFalse', description: 'Nobody is made to change a password here.' },
  SamAccountName: { type: 'string', refused: true, description: 'The alias is the account name: DOMAIN\\alias signs in.' },
} as const;

/** What New- cmdlets of mailboxes take besides. */
export const newMailboxParameters = {
  ...newUserParameters,
  Archive: { type: 'switch', refused: 'unlessFalse', description: 'There are no archive mailboxes here.' },
  Shared: { type: 'switch', refused: 'unlessFalse', description: 'There are no shared mailboxes here.' },
} as const;

/** Where Active Directory would keep it. */
export const organizationalUnit = { type: 'string', refused: true, description: 'There are no organizational units here.' } as const;

/** Given name and surname of a new recipient. */
export function personNames(given: { FirstName?: string; LastName?: string }): { firstName?: string; lastName?: string } {
  return { ...(given.FirstName && { firstName: given.FirstName }), ...(given.LastName && { lastName: given.LastName }) };
}

export interface NewNames {
  Name: string;
  DisplayName?: string;
  Alias?: string;
  PrimarySmtpAddress?: string;
  UserPrincipalName?: string;
}

/** Fills in what a New- cmdlet left out: display name, alias and primary address. */
export async function completeNames(context: ExchangeContext, given: NewNames, fallbackAddress?: string): Promise<{ displayName: string; alias: string; primarySmtpAddress: string }> {
  const [localPart = ''] = (given.UserPrincipalName ?? given.PrimarySmtpAddress ?? '').split('@');
  const alias = given.Alias ?? (localPart === '' ? given.Name.replace(/[^\p{L}\p{N}._-]+/gu, '').replace(/^\.+|\.+$/g, '') : localPart);
  const displayName = given.DisplayName ?? given.Name;
  const address = given.PrimarySmtpAddress ?? fallbackAddress;
  return { displayName, alias, primarySmtpAddress: address ?? `${alias}@${await defaultDomain(context)}` };
}

async function defaultDomain(context: ExchangeContext): Promise<string> {
  const domains = await context.organization.configuration.list('AcceptedDomain');
  const chosen = domains.find((domain) => domain.properties.Default) ?? domains[0];
  if (chosen !== undefined) return chosen.properties.DomainName;
  throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'There is no accepted domain to make an address in.', { remedy: 'Give PrimarySmtpAddress, or add an accepted domain.' });
}
