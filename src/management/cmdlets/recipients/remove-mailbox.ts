import { defineExchangeCmdlet } from '../exchange-context.ts';
import { mailboxTypes, recipientIdentity, removeRecipient } from './recipient-cmdlets.ts';

export const removeMailbox = defineExchangeCmdlet({
  name: 'Remove-Mailbox',
  synopsis: 'Removes a mailbox with its user and its calendar.',
  parameters: { Identity: recipientIdentity, Force: { type: 'switch', ignored: true, description: 'Nothing asks here.' } },
  example: 'Remove-Mailbox bert -Confirm:$false',
  roles: ['Mail Recipient Creation'],
  run: (context, { Identity }) => removeRecipient(context, mailboxTypes, Identity),
});
