import { defineExchangeCmdlet } from '../exchange-context.ts';
import { recipientIdentity, removeRecipient } from './recipient-cmdlets.ts';

export const removeRemoteMailbox = defineExchangeCmdlet({
  name: 'Remove-RemoteMailbox',
  synopsis: 'Removes the user whose mailbox is in the cloud.',
  parameters: { Identity: recipientIdentity },
  example: 'Remove-RemoteMailbox bert -Confirm:$false',
  roles: ['Mail Recipient Creation'],
  side: 'OnPremises',
  run: (context, { Identity }) => removeRecipient(context, ['RemoteUserMailbox'], Identity),
});
