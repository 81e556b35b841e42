import { defineExchangeCmdlet } from '../exchange-context.ts';
import { changeEmailAddresses, emailAddressParameters } from './email-addresses.ts';
import { mailboxTypes, oneRecipient, recipientIdentity, setRecipient } from './recipient-cmdlets.ts';
import { setUserParameters, userChanges } from './set-recipient-parameters.ts';

export const setMailbox = defineExchangeCmdlet({
  name: 'Set-Mailbox',
  synopsis: 'Changes a mailbox and its user.',
  parameters: { Identity: recipientIdentity, ...emailAddressParameters, ...setUserParameters },
  example: 'Set-Mailbox anna -EmailAddresses @{add="anna@contoso.mail.onmicrosoft.test"}',
  roles: ['Mail Recipients'],
  async run(context, { Identity, EmailAddresses, PrimarySmtpAddress, Password, ...names }) {
    const former = await oneRecipient(context, mailboxTypes, Identity);
    return setRecipient(context, former, { ...userChanges(names), ...changeEmailAddresses(former, EmailAddresses, PrimarySmtpAddress) }, Password);
  },
});
