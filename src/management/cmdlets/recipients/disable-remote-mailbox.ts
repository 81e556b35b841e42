import { defineExchangeCmdlet } from '../exchange-context.ts';
import { disableMail } from './mail-enabling.ts';
import { recipientIdentity } from './recipient-cmdlets.ts';

export const disableRemoteMailbox = defineExchangeCmdlet({
  name: 'Disable-RemoteMailbox',
  synopsis: 'Takes a person’s mailbox in the cloud away; the account on premises stays. What is in the tenant goes with the next directory synchronisation.',
  parameters: { Identity: recipientIdentity },
  example: 'Disable-RemoteMailbox anna -Confirm:$false',
  roles: ['Mail Recipients'],
  side: 'OnPremises',
  run: (context, { Identity }) => disableMail(context, ['RemoteUserMailbox'], Identity),
});
