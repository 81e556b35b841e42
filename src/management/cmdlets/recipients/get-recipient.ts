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
    RecipientTypeDetails: { type: ['UserMailbox', 'RoomMailbox', 'EquipmentMailbox', 'MailUser', 'RemoteUserMailbox', 'MailContact'], many: true, description: 'Only these types.' },
  },
  example: 'Get-Recipient anna@contoso.mail.onmicrosoft.test | Format-List EmailAddresses',
  roles: ['Mail Recipients', 'Mail Recipient Creation', 'User Options', 'View-Only Recipients'],
  run: (context, { Identity, ResultSize, Filter, Anr, RecipientTypeDetails }) =>
    getRecipients(context, {
      ...(RecipientTypeDetails === undefined ? {} : { types: types.filter((type) => valuesOf(RecipientTypeDetails).includes(type)) }),
      identity: Identity,
      resultSize: ResultSize,
      filter: Filter,
      anr: Anr,
    }),
});
