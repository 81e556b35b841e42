import { defineExchangeCmdlet } from '../exchange-context.ts';
import { completeNames, newUserParameters, organizationalUnit, personNames } from './new-recipient-parameters.ts';
import { newRecipient } from './recipient-cmdlets.ts';

export const newMailUser = defineExchangeCmdlet({
  name: 'New-MailUser',
  synopsis: 'Makes a person who signs in here and has the mail elsewhere.',
  parameters: {
    ...newUserParameters,
    UserPrincipalName: { type: 'smtpAddress', side: 'OnPremises', description: 'Sign-in name. Default: the primary address.' },
    MicrosoftOnlineServicesID: { type: 'smtpAddress', side: 'Cloud', description: 'Sign-in name. Default: the primary address.' },
    ResetPasswordOnNextLogon: { ...newUserParameters.ResetPasswordOnNextLogon, side: 'OnPremises' },
    SamAccountName: { ...newUserParameters.SamAccountName, side: 'OnPremises' },
    OrganizationalUnit: organizationalUnit,
    ExternalEmailAddress: { type: 'smtpAddress', mandatory: true, description: 'The target address: where mail and free/busy really are.' },
  },
  example: 'New-MailUser -Name "Bert Baker" -Alias bert -ExternalEmailAddress bert@contoso.test',
  roles: ['Mail Recipient Creation'],
  async run(context, { Name, DisplayName, FirstName, LastName, Alias, PrimarySmtpAddress, UserPrincipalName, MicrosoftOnlineServicesID, Password, ImmutableId, ExternalEmailAddress }) {
    const signInName = UserPrincipalName ?? MicrosoftOnlineServicesID;
    const given = { Name, ...(DisplayName && { DisplayName }), ...(Alias && { Alias }), ...(PrimarySmtpAddress && { PrimarySmtpAddress }), ...(signInName && { UserPrincipalName: signInName }) };
    const names = await completeNames(context, given, ExternalEmailAddress);
    return newRecipient(
      context,
      {
        ...names,
        ...personNames({ ...(FirstName && { FirstName }), ...(LastName && { LastName }) }),
        recipientTypeDetails: 'MailUser',
        externalEmailAddress: ExternalEmailAddress,
        userPrincipalName: signInName ?? names.primarySmtpAddress,
        ...(ImmutableId && { immutableId: ImmutableId }),
      },
      Password,
    );
  },
});
