import { defineExchangeCmdlet } from '../exchange-context.ts';
import { changeEmailAddresses, emailAddressParameters } from './email-addresses.ts';
import { mailboxTypes, oneRecipient, recipientIdentity, setRecipient } from './recipient-cmdlets.ts';
import { setUserParameters, userChanges } from './set-recipient-parameters.ts';

const forwarding = { type: 'string', nullable: true, refused: true, description: 'Mail is not forwarded by a setting of the mailbox here.' } as const;

const mailboxSettings = {
  DeliverToMailboxAndForward: { type: 'boolean', refused: 'unlessFalse', description: forwarding.description },
  ForwardingAddress: forwarding,
  ForwardingSmtpAddress: forwarding,
  GrantSendOnBehalfTo: { type: 'string', many: true, refused: true, description: 'Nobody sends on behalf of others here.' },
  LitigationHoldEnabled: { type: 'boolean', refused: 'unlessFalse', description: 'There are no holds here.' },
  Type: { type: 'string', refused: true, description: 'A mailbox keeps the type that it was made with.' },
} as const;

export const setMailbox = defineExchangeCmdlet({
  name: 'Set-Mailbox',
  synopsis: 'Changes a mailbox and its user.',
  parameters: { Identity: recipientIdentity, ...emailAddressParameters, ...setUserParameters, ...mailboxSettings },
  example: 'Set-Mailbox anna -EmailAddresses @{add="anna@contoso.mail.onmicrosoft.test"}',
  roles: ['Mail Recipients'],
  async run(context, { Identity, EmailAddresses, PrimarySmtpAddress, Password, ...names }) {
    const former = await oneRecipient(context, mailboxTypes, Identity);
    return setRecipient(context, former, { ...userChanges(names), ...changeEmailAddresses(former, EmailAddresses, PrimarySmtpAddress) }, Password);
  },
});
