import { defineExchangeCmdlet } from '../exchange-context.ts';
import { disableMail } from './mail-enabling.ts';
import { mailboxTypes, recipientIdentity } from './recipient-cmdlets.ts';

export const disableMailbox = defineExchangeCmdlet({
  name: 'Disable-Mailbox',
  synopsis: 'Takes a mailbox away; the account stays, and the contents with it until Enable-Mailbox.',
  parameters: { Identity: recipientIdentity },
  example: 'Disable-Mailbox bert -Confirm:$false',
  roles: ['Mail Recipients'],
  run: (context, { Identity }) => disableMail(context, mailboxTypes, Identity),
});
