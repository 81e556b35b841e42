import { ManagementError } from '../../management-error.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { enableMail, enableParameters, plainUser } from './mail-enabling.ts';
import { recipientIdentity } from './recipient-cmdlets.ts';

/** What an earlier mailbox of the same person held is there again: contents stay with the account (Disable-Mailbox). */
export const enableMailbox = defineExchangeCmdlet({
  name: 'Enable-Mailbox',
  synopsis: 'Gives an account without mail a mailbox here. What it held in a mailbox before, it finds again.',
  parameters: {
    Identity: recipientIdentity,
    ...enableParameters,
    Room: { type: 'switch', description: 'The mailbox of a room.' },
    Equipment: { type: 'switch', description: 'The mailbox of equipment.' },
  },
  example: 'Enable-Mailbox bert -PrimarySmtpAddress bert@contoso.test',
  roles: ['Mail Recipients'],
  async run(context, { Identity, Room, Equipment, ...names }) {
    if (Room === true && Equipment === true) throw new ManagementError('MANAGEMENT_PARAMETER_INVALID', 'Parameter set cannot be resolved using the specified named parameters.', { remedy: 'Use either -Room or -Equipment.' });
    const user = await plainUser(context, Identity);
    return enableMail(context, user, names, { type: Room === true ? 'RoomMailbox' : Equipment === true ? 'EquipmentMailbox' : 'UserMailbox' });
  },
});
