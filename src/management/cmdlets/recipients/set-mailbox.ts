import { defineExchangeCmdlet } from '../exchange-context.ts';
import { changeEmailAddresses, emailAddressParameters } from './email-addresses.ts';
import { setMailSettings } from './mail-settings.ts';
import { mailboxTypes, oneRecipient, recipientIdentity, setRecipient } from './recipient-cmdlets.ts';
import { setUserParameters, userChanges } from './set-recipient-parameters.ts';

const forwarding = { type: 'string', nullable: true, refused: true, description: 'Mail is not forwarded by a setting of the mailbox here.' } as const;

const mailboxSettings = {
  DeliverToMailboxAndForward: { type: 'boolean', refused: 'unlessFalse', description: forwarding.description },
  ForwardingAddress: forwarding,
  ForwardingSmtpAddress: forwarding,
  GrantSendOnBehalfTo: { type: 'string', many: true, nullable: true, description: 'People who send in the name of the mailbox, shown as such; $null for nobody.' },
  LitigationHoldEnabled: { type: 'boolean', refused: 'unlessFalse', description: 'There are no holds here.' },
  MailTip: { type: 'string', nullable: true, description: 'HTML that people see when they write to the mailbox, before they send: 175 characters at most. $null for none.' },
  Type: { type: 'string', refused: true, description: 'A mailbox keeps the type that it was made with.' },
} as const;

export const setMailbox = defineExchangeCmdlet({
  name: 'Set-Mailbox',
  synopsis: 'Changes a mailbox and its user.',
  parameters: { Identity: recipientIdentity, ...emailAddressParameters, ...setUserParameters, ...mailboxSettings },
  example: 'Set-Mailbox anna -EmailAddresses @{add="anna@contoso.mail.onmicrosoft.test"}',
  roles: ['Mail Recipients'],
  async run(context, { Identity, EmailAddresses, PrimarySmtpAddress, Password, MailTip, GrantSendOnBehalfTo, ...names }) {
    const former = await oneRecipient(context, mailboxTypes, Identity);
    const changes = { ...userChanges(names), ...changeEmailAddresses(former, EmailAddresses, PrimarySmtpAddress) };
    const told = await setMailSettings(context, former, MailTip, GrantSendOnBehalfTo);
    return told && Object.keys(changes).length === 0 && Password === undefined ? [] : setRecipient(context, former, changes, Password);
  },
});
