import { defineExchangeCmdlet } from '../exchange-context.ts';
import { enableMail, enableParameters, plainUser } from './mail-enabling.ts';
import { routingDomain } from './new-remote-mailbox.ts';
import { recipientIdentity } from './recipient-cmdlets.ts';
import { externalEmailAddress } from './set-recipient-parameters.ts';

export const enableRemoteMailbox = defineExchangeCmdlet({
  name: 'Enable-RemoteMailbox',
  synopsis: 'Gives an account without mail a mailbox in the cloud, which directory synchronisation makes.',
  parameters: {
    Identity: recipientIdentity,
    ...enableParameters,
    RemoteRoutingAddress: { ...externalEmailAddress, description: 'The cloud’s own address of the mailbox. Default: alias and the tenant’s routing domain.' },
  },
  example: 'Enable-RemoteMailbox bert -RemoteRoutingAddress bert@contoso.mail.onmicrosoft.test',
  roles: ['Mail Recipients'],
  side: 'OnPremises',
  async run(context, { Identity, RemoteRoutingAddress, ...names }) {
    const user = await plainUser(context, Identity);
    const target = RemoteRoutingAddress ?? `${names.Alias ?? user.alias}@${await routingDomain(context)}`;
    return enableMail(context, user, names, { type: 'RemoteUserMailbox', target, addresses: [target] });
  },
});
