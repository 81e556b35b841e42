import { valuesOf } from '../../binding/parameter-definition.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { withMailSettings } from './mail-settings.ts';
import { getRecipients, mailboxTypes, recipientGetParameters } from './recipient-cmdlets.ts';

export const getMailbox = defineExchangeCmdlet({
  name: 'Get-Mailbox',
  synopsis: 'Shows the mailboxes that are kept here.',
  parameters: {
    ...recipientGetParameters,
    RecipientTypeDetails: { type: ['UserMailbox', 'RoomMailbox', 'EquipmentMailbox'], many: true, description: 'Only these types.' },
    Archive: { type: 'switch', refused: 'unlessFalse', description: 'There are no archive mailboxes here.' },
    Arbitration: { type: 'switch', side: 'OnPremises', refused: 'unlessFalse', description: 'There are no system mailboxes here.' },
    Database: { type: 'string', side: 'OnPremises', refused: true, description: 'There are no databases here.' },
    InactiveMailboxOnly: { type: 'switch', side: 'Cloud', refused: 'unlessFalse', description: 'Removed mailboxes are not kept here.' },
    PublicFolder: { type: 'switch', refused: 'unlessFalse', description: 'There are no public folders here.' },
    Server: { type: 'string', side: 'OnPremises', refused: true, description: 'Mailboxes belong to the organisation here, not to one of its servers.' },
    SoftDeletedMailbox: { type: 'switch', side: 'Cloud', refused: 'unlessFalse', description: 'Removed mailboxes are not kept here.' },
  },
  example: 'Get-Mailbox bert | Format-List',
  roles: ['Mail Recipients', 'Mail Recipient Creation', 'User Options', 'View-Only Recipients'],
  run: async (context, { Identity, ResultSize, Filter, Anr, SortBy, RecipientTypeDetails }) =>
    withMailSettings(context, await getRecipients(context, {
      types: RecipientTypeDetails === undefined ? mailboxTypes : mailboxTypes.filter((type) => valuesOf(RecipientTypeDetails).includes(type)),
      identity: Identity,
      resultSize: ResultSize,
      filter: Filter,
      anr: Anr,
      sortBy: SortBy,
    })),
});
