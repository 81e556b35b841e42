import { defineExchangeCmdlet } from '../exchange-context.ts';
import { getRecipients, recipientGetParameters } from './recipient-cmdlets.ts';

export const getMailUser = defineExchangeCmdlet({
  name: 'Get-MailUser',
  synopsis: 'Shows people who sign in here and have their mail elsewhere.',
  parameters: recipientGetParameters,
  example: 'Get-MailUser bert | Format-List ExternalEmailAddress,EmailAddresses',
  roles: ['Mail Recipients', 'Mail Recipient Creation', 'User Options', 'View-Only Recipients'],
  run: (context, { Identity, ResultSize, Filter, Anr, SortBy }) => getRecipients(context, { types: ['MailUser'], identity: Identity, resultSize: ResultSize, filter: Filter, anr: Anr, sortBy: SortBy }),
});
