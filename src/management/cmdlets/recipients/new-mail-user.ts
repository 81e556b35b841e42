import { defineExchangeCmdlet } from '../exchange-context.ts';
import { completeNames, newUserParameters, organizationalUnit, personNames } from './new-recipient-parameters.ts';
import { newRecipient } from './recipient-cmdlets.ts';

export const newMailUser = defineExchangeCmdlet({
  name: 'New-MailUser',
  synopsis: 'Makes a person who signs in here and has the mail elsewhere.',
  parameters: {
    ...newUserParameters,
    OrganizationalUnit: organizationalUnit,
    ExternalEmailAddress: { type: 'smtpAddress', mandatory: true, description: 'The target address: where mail and free/busy really are.' },
  },
  example: 'New-MailUser -Name "Bert Baker" -ExternalEmailAddress bert@contoso.test -UserPrincipalName bert@contoso.test',
  roles: ['Mail Recipient Creation'],
  async run(context, { Name, DisplayName, FirstName, LastName, Alias, PrimarySmtpAddress, UserPrincipalName, Password, ImmutableId, ExternalEmailAddress }) {
    const given = { Name, ...(DisplayName && { DisplayName }), ...(Alias && { Alias }), ...(PrimarySmtpAddress && { PrimarySmtpAddress }), ...(UserPrincipalName && { UserPrincipalName }) };
    const names = await completeNames(context, given, ExternalEmailAddress);
    return newRecipient(
      context,
      {
        ...names,
        ...personNames({ ...(FirstName && { FirstName }), ...(LastName && { LastName }) }),
        recipientTypeDetails: 'MailUser',
        externalEmailAddress: ExternalEmailAddress,
        userPrincipalName: UserPrincipalName ?? names.primarySmtpAddress,
        ...(ImmutableId && { immutableId: ImmutableId }),
      },
      Password,
    );
  },
});
