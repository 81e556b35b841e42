import { defineExchangeCmdlet } from '../exchange-context.ts';
import { recipientIdentity, removeRecipient } from './recipient-cmdlets.ts';

export const removeMailUser = defineExchangeCmdlet({
  name: 'Remove-MailUser',
  synopsis: 'Removes a mail user.',
  parameters: { Identity: recipientIdentity },
  example: 'Remove-MailUser bert -Confirm:$false',
  roles: ['Mail Recipient Creation'],
  run: (context, { Identity }) => removeRecipient(context, ['MailUser'], Identity),
});
