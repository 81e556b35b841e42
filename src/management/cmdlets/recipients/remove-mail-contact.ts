import { defineExchangeCmdlet } from '../exchange-context.ts';
import { recipientIdentity, removeRecipient } from './recipient-cmdlets.ts';

export const removeMailContact = defineExchangeCmdlet({
  name: 'Remove-MailContact',
  synopsis: 'Removes a contact.',
  parameters: { Identity: recipientIdentity },
  example: 'Remove-MailContact bert -Confirm:$false',
  roles: ['Mail Recipient Creation'],
  run: (context, { Identity }) => removeRecipient(context, ['MailContact'], Identity),
});
