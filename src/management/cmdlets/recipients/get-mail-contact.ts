import { defineExchangeCmdlet } from '../exchange-context.ts';
import { getRecipients, recipientGetParameters } from './recipient-cmdlets.ts';

export const getMailContact = defineExchangeCmdlet({
  name: 'Get-MailContact',
  synopsis: 'Shows contacts.',
  parameters: recipientGetParameters,
  example: 'Get-MailContact -ResultSize Unlimited',
  roles: ['Mail Recipients', 'Mail Recipient Creation', 'User Options', 'View-Only Recipients'],
  run: (context, { Identity, ResultSize, Filter, Anr, SortBy }) => getRecipients(context, { types: ['MailContact'], identity: Identity, resultSize: ResultSize, filter: Filter, anr: Anr, sortBy: SortBy }),
});
