import { defineExchangeCmdlet } from '../exchange-context.ts';
import { changeEmailAddresses, emailAddressParameters } from './email-addresses.ts';
import { oneRecipient, recipientIdentity, setRecipient } from './recipient-cmdlets.ts';
import { externalEmailAddress, setUserParameters, userChanges } from './set-recipient-parameters.ts';

export const setMailUser = defineExchangeCmdlet({
  name: 'Set-MailUser',
  synopsis: 'Changes a mail user.',
  parameters: { Identity: recipientIdentity, ...emailAddressParameters, ...setUserParameters, AccountDisabled: { ...setUserParameters.AccountDisabled, own: true }, Password: { ...setUserParameters.Password, own: true }, ExternalEmailAddress: externalEmailAddress },
  example: 'Set-MailUser bert -ExternalEmailAddress bert@contoso.test',
  roles: ['Mail Recipients'],
  async run(context, { Identity, EmailAddresses, PrimarySmtpAddress, Password, ExternalEmailAddress, ...names }) {
    const former = await oneRecipient(context, ['MailUser'], Identity);
    return setRecipient(context, former, { ...userChanges(names), ...changeEmailAddresses(former, EmailAddresses, PrimarySmtpAddress), ...(ExternalEmailAddress && { externalEmailAddress: ExternalEmailAddress }) }, Password);
  },
});
