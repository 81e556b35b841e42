import { valuesOf } from '../../binding/parameter-definition.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { getRecipients, mailboxTypes, recipientGetParameters } from './recipient-cmdlets.ts';

export const getMailbox = defineExchangeCmdlet({
  name: 'Get-Mailbox',
  synopsis: 'Shows the mailboxes that are kept here.',
  parameters: {
    ...recipientGetParameters,
    RecipientTypeDetails: { type: ['UserMailbox', 'RoomMailbox', 'EquipmentMailbox'], many: true, description: 'Only these types.' },
  },
  example: 'Get-Mailbox bert | Format-List',
  roles: ['Mail Recipients', 'Mail Recipient Creation', 'User Options', 'View-Only Recipients'],
  run: (context, { Identity, ResultSize, Filter, Anr, SortBy, RecipientTypeDetails }) =>
    getRecipients(context, {
      types: RecipientTypeDetails === undefined ? mailboxTypes : mailboxTypes.filter((type) => valuesOf(RecipientTypeDetails).includes(type)),
      identity: Identity,
      resultSize: ResultSize,
      filter: Filter,
      anr: Anr,
      sortBy: SortBy,
    }),
});
