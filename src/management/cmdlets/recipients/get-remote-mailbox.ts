import { defineExchangeCmdlet } from '../exchange-context.ts';
import { getRecipients, recipientGetParameters } from './recipient-cmdlets.ts';

/** Its organizational unit has a name of its own. */
const { OrganizationalUnit: OnPremisesOrganizationalUnit, ...withoutUnit } = recipientGetParameters;

export const getRemoteMailbox = defineExchangeCmdlet({
  name: 'Get-RemoteMailbox',
  synopsis: 'Shows people whose mailbox is in the cloud.',
  parameters: { ...withoutUnit, OnPremisesOrganizationalUnit },
  example: 'Get-RemoteMailbox anna | Format-Table UserPrincipalName,RemoteRoutingAddress',
  roles: ['Mail Recipients', 'Mail Recipient Creation', 'User Options', 'View-Only Recipients'],
  side: 'OnPremises',
  run: (context, { Identity, ResultSize, Filter, Anr, SortBy }) => getRecipients(context, { types: ['RemoteUserMailbox'], identity: Identity, resultSize: ResultSize, filter: Filter, anr: Anr, sortBy: SortBy }),
});
