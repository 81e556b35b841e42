import { defineExchangeCmdlet } from '../exchange-context.ts';
import { disableMail } from './mail-enabling.ts';
import { recipientIdentity } from './recipient-cmdlets.ts';

export const disableMailUser = defineExchangeCmdlet({
  name: 'Disable-MailUser',
  synopsis: 'Takes the addresses of a mail user away; the account stays.',
  parameters: { Identity: recipientIdentity },
  example: 'Disable-MailUser bert -Confirm:$false',
  roles: ['Mail Recipients'],
  side: 'OnPremises',
  run: (context, { Identity }) => disableMail(context, ['MailUser'], Identity),
});
