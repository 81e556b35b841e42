import type { Stored } from '../../../organization/index.ts';
import { getConfiguration, identityToGet } from '../configuration-cmdlets.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { objectTail } from '../object-output.ts';

export const getMailboxServer = defineExchangeCmdlet({
  name: 'Get-MailboxServer',
  synopsis: 'Shows the servers that keep mailboxes. Every server here does.',
  parameters: { Identity: identityToGet },
  example: 'Get-MailboxServer | Get-ADPermission -User "Exchange Servers"',
  roles: ['Exchange Servers', 'View-Only Configuration'],
  side: 'OnPremises',
  run: (context, { Identity }) => getConfiguration(context, 'ExchangeServer', Identity, mailboxServerOutput),
});

function mailboxServerOutput(server: Stored<'ExchangeServer'>): OutputObject {
  return { Fqdn: server.properties.Fqdn, AdminDisplayVersion: server.properties.AdminDisplayVersion, ...objectTail({ ...server, identity: server.name }) };
}
