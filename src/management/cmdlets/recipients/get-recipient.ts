import type { RecipientTypeDetails } from '../../../organization/index.ts';
import { valuesOf } from '../../binding/parameter-definition.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { getRecipients, recipientGetParameters } from './recipient-cmdlets.ts';

const types: readonly RecipientTypeDetails[] = ['UserMailbox', 'RoomMailbox', 'EquipmentMailbox', 'MailUser', 'RemoteUserMailbox', 'MailContact'];

export const getRecipient = defineExchangeCmdlet({
  name: 'Get-Recipient',
  synopsis: 'Shows everybody and everything that mail can reach.',
  parameters: {
    ...recipientGetParameters,
    RecipientType: { type: ['UserMailbox', 'MailUser', 'MailContact'], many: true, description: 'Only these coarser types: rooms are UserMailbox, remote mailboxes MailUser.' },
    RecipientTypeDetails: { type: ['UserMailbox', 'RoomMailbox', 'EquipmentMailbox', 'MailUser', 'RemoteUserMailbox', 'MailContact'], many: true, description: 'Only these types.' },
  },
  example: 'Get-Recipient anna@contoso.mail.onmicrosoft.test | Format-List EmailAddresses',
  roles: ['Mail Recipients', 'Mail Recipient Creation', 'User Options', 'View-Only Recipients'],
  run: (context, { Identity, ResultSize, Filter, Anr, SortBy, RecipientType, RecipientTypeDetails }) =>
    getRecipients(context, {
      types: types.filter((type) => (RecipientTypeDetails === undefined || valuesOf(RecipientTypeDetails).includes(type)) && (RecipientType === undefined || valuesOf(RecipientType).includes(recipientTypeOf(type)))),
      sortBy: SortBy,
      identity: Identity,
      resultSize: ResultSize,
      filter: Filter,
      anr: Anr,
    }),
});

function recipientTypeOf(details: RecipientTypeDetails): string {
  return details === 'MailContact' ? 'MailContact' : details === 'MailUser' || details === 'RemoteUserMailbox' ? 'MailUser' : 'UserMailbox';
}
