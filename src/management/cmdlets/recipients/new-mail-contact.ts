import { defineExchangeCmdlet } from '../exchange-context.ts';
import { completeNames, newRecipientParameters, organizationalUnit, personNames } from './new-recipient-parameters.ts';
import { newRecipient } from './recipient-cmdlets.ts';

export const newMailContact = defineExchangeCmdlet({
  name: 'New-MailContact',
  synopsis: 'Makes a contact: an address elsewhere under a name.',
  parameters: {
    ...newRecipientParameters,
    OrganizationalUnit: organizationalUnit,
    ExternalEmailAddress: { type: 'smtpAddress', mandatory: true, description: 'The target address.' },
  },
  example: 'New-MailContact -Name "Carla Notes" -ExternalEmailAddress carla@notes.contoso.test',
  roles: ['Mail Recipient Creation'],
  async run(context, { Name, DisplayName, FirstName, LastName, Alias, PrimarySmtpAddress, ExternalEmailAddress }) {
    const given = { Name, ...(DisplayName && { DisplayName }), ...(Alias && { Alias }), ...(PrimarySmtpAddress && { PrimarySmtpAddress }) };
    const names = await completeNames(context, given, ExternalEmailAddress);
    return newRecipient(context, { ...names, ...personNames({ ...(FirstName && { FirstName }), ...(LastName && { LastName }) }), recipientTypeDetails: 'MailContact', externalEmailAddress: ExternalEmailAddress });
  },
});
