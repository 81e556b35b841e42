import { valuesOf } from '../../binding/parameter-definition.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { getRecipients, recipientGetParameters } from './recipient-cmdlets.ts';

export const getMailContact = defineExchangeCmdlet({
  name: 'Get-MailContact',
  synopsis: 'Shows contacts.',
  parameters: { ...recipientGetParameters, RecipientTypeDetails: { type: ['MailContact', 'MailForestContact'], many: true, description: 'Only these types; there are no contacts of another forest here.' } },
  example: 'Get-MailContact -ResultSize Unlimited',
  roles: ['Mail Recipients', 'Mail Recipient Creation', 'User Options', 'View-Only Recipients'],
  run: (context, { Identity, ResultSize, Filter, Anr, SortBy, RecipientTypeDetails }) => getRecipients(context, { types: RecipientTypeDetails === undefined || valuesOf(RecipientTypeDetails).includes('MailContact') ? ['MailContact'] : [], identity: Identity, resultSize: ResultSize, filter: Filter, anr: Anr, sortBy: SortBy }),
});
