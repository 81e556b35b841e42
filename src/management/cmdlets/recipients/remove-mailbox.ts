import { ManagementError } from '../../management-error.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { mailboxTypes, recipientIdentity, removeRecipient } from './recipient-cmdlets.ts';

export const removeMailbox = defineExchangeCmdlet({
  name: 'Remove-Mailbox',
  synopsis: 'Removes a mailbox with its user and its calendar.',
  parameters: {
    Identity: recipientIdentity,
    Permanent: { type: 'boolean', side: 'OnPremises', description: '$true: as it is. Removed mailboxes are not kept here, so that $false is refused.' },
    Force: { type: 'switch', ignored: true, description: 'Nothing asks here.' },
  },
  example: 'Remove-Mailbox bert -Confirm:$false',
  roles: ['Mail Recipient Creation'],
  async run(context, { Identity, Permanent }) {
    if (Permanent === false) throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'Removed mailboxes are not kept here: nothing could bring it back.', { remedy: 'Leave -Permanent out to remove it for good. Disable-Mailbox keeps the account.' });
    return removeRecipient(context, mailboxTypes, Identity);
  },
});
