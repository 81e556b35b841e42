import { defineExchangeCmdlet } from '../exchange-context.ts';
import { changeEmailAddresses, emailAddressParameters } from './email-addresses.ts';
import { oneRecipient, recipientIdentity, setRecipient } from './recipient-cmdlets.ts';
import { externalEmailAddress, setUserParameters, userChanges } from './set-recipient-parameters.ts';

export const setRemoteMailbox = defineExchangeCmdlet({
  name: 'Set-RemoteMailbox',
  synopsis: 'Changes the user whose mailbox is in the cloud.',
  parameters: { Identity: recipientIdentity, ...emailAddressParameters, ...setUserParameters, AccountDisabled: { ...setUserParameters.AccountDisabled, own: true }, Password: { ...setUserParameters.Password, own: true }, RemoteRoutingAddress: externalEmailAddress },
  example: 'Set-RemoteMailbox anna -ImmutableID $null',
  roles: ['Mail Recipients'],
  side: 'OnPremises',
  async run(context, { Identity, EmailAddresses, PrimarySmtpAddress, Password, RemoteRoutingAddress, ...names }) {
    const former = await oneRecipient(context, ['RemoteUserMailbox'], Identity);
    return setRecipient(context, former, { ...userChanges(names), ...changeEmailAddresses(former, EmailAddresses, PrimarySmtpAddress), ...(RemoteRoutingAddress && { externalEmailAddress: RemoteRoutingAddress }) }, Password);
  },
});
