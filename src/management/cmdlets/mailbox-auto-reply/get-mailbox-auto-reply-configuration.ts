import type { OofSettings } from '../../../organization/index.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { mailboxTypes, oneRecipient, recipientIdentity } from '../recipients/recipient-cmdlets.ts';

export const getMailboxAutoReplyConfiguration = defineExchangeCmdlet({
  name: 'Get-MailboxAutoReplyConfiguration',
  synopsis: 'Shows whether the owner of a mailbox is away, and what senders are told.',
  parameters: { Identity: recipientIdentity, ResultSize: { type: 'resultSize', ignored: true, description: 'One mailbox is looked at; send several through the pipe.' } },
  outputs: ['AutoReplyState', 'EndTime', 'ExternalAudience', 'ExternalMessage', 'InternalMessage', 'StartTime', 'MailboxOwnerId', 'Identity', 'IsValid', 'ObjectState'],
  example: 'Get-MailboxAutoReplyConfiguration bert | Format-List AutoReplyState,StartTime,EndTime,InternalMessage',
  roles: ['Mail Recipients', 'User Options', 'View-Only Recipients'],
  async run(context, { Identity }) {
    const mailbox = await oneRecipient(context, mailboxTypes, Identity);
    return [autoReplyOutput(mailbox.displayName, await context.organization.mailboxes.of(mailbox.guid).oofSettings())];
  },
});

/** The settings as their cmdlets show them. Times of no schedule are null. */
export function autoReplyOutput(name: string, { state, duration, externalAudience, externalReply, internalReply }: OofSettings): OutputObject {
  const instant = (time: number | undefined): string | null => (time === undefined ? null : new Date(time).toISOString());
  return {
    AutoReplyState: state,
    EndTime: instant(duration?.end),
    ExternalAudience: externalAudience,
    ExternalMessage: externalReply,
    InternalMessage: internalReply,
    StartTime: instant(duration?.start),
    MailboxOwnerId: name,
    Identity: name,
    IsValid: true,
    ObjectState: 'Unchanged',
  };
}
