import { defineExchangeCmdlet } from '../exchange-context.ts';
import { changeEmailAddresses, emailAddressParameters } from './email-addresses.ts';
import { oneRecipient, recipientIdentity, setRecipient } from './recipient-cmdlets.ts';
import { externalEmailAddress, nameChanges, setRecipientParameters } from './set-recipient-parameters.ts';

export const setMailContact = defineExchangeCmdlet({
  name: 'Set-MailContact',
  synopsis: 'Changes a contact.',
  parameters: { Identity: recipientIdentity, ...emailAddressParameters, ...setRecipientParameters, ExternalEmailAddress: externalEmailAddress },
  example: 'Set-MailContact "Carla Notes" -ExternalEmailAddress carla@notes.contoso.test',
  roles: ['Mail Recipients'],
  async run(context, { Identity, EmailAddresses, PrimarySmtpAddress, ExternalEmailAddress, ...names }) {
    const former = await oneRecipient(context, ['MailContact'], Identity);
    return setRecipient(context, former, { ...nameChanges(names), ...changeEmailAddresses(former, EmailAddresses, PrimarySmtpAddress), ...(ExternalEmailAddress && { externalEmailAddress: ExternalEmailAddress }) });
  },
});
