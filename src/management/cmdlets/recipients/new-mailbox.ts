import { ManagementError } from '../../management-error.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { completeNames, newMailboxParameters, organizationalUnit, personNames } from './new-recipient-parameters.ts';
import { newRecipient } from './recipient-cmdlets.ts';

export const newMailbox = defineExchangeCmdlet({
  name: 'New-Mailbox',
  synopsis: 'Makes a mailbox and its user.',
  parameters: {
    ...newMailboxParameters,
    OrganizationalUnit: organizationalUnit,
    Database: { type: 'string', refused: true, description: 'There are no databases here.' },
    AccountDisabled: { type: 'switch', side: 'OnPremises', description: 'Nobody signs in with the account until Set-Mailbox -AccountDisabled $false.' },
    Room: { type: 'switch', description: 'A room.' },
    Equipment: { type: 'switch', description: 'A piece of equipment.' },
  },
  example: 'New-Mailbox -Name "Bert Baker" -UserPrincipalName bert@contoso.test -Password (Read-Host "Password" -AsSecureString)',
  roles: ['Mail Recipient Creation'],
  async run(context, { Name, DisplayName, FirstName, LastName, Alias, PrimarySmtpAddress, UserPrincipalName, Password, ImmutableId, AccountDisabled, Room, Equipment }) {
    if (Room === true && Equipment === true) throw new ManagementError('MANAGEMENT_PARAMETER_INVALID', 'Parameter set cannot be resolved using the specified named parameters.');
    const given = { Name, ...(DisplayName && { DisplayName }), ...(Alias && { Alias }), ...(PrimarySmtpAddress && { PrimarySmtpAddress }), ...(UserPrincipalName && { UserPrincipalName }) };
    const names = await completeNames(context, given, UserPrincipalName);
    const recipientTypeDetails = Room === true ? 'RoomMailbox' : Equipment === true ? 'EquipmentMailbox' : 'UserMailbox';
    return newRecipient(context, { ...names, ...personNames({ ...(FirstName && { FirstName }), ...(LastName && { LastName }) }), recipientTypeDetails, userPrincipalName: UserPrincipalName ?? names.primarySmtpAddress, ...(ImmutableId && { immutableId: ImmutableId }), ...(AccountDisabled === true ? { accountDisabled: true } : {}) }, Password);
  },
});
