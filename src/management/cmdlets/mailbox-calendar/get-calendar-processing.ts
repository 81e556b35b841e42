import { defineExchangeCmdlet } from '../exchange-context.ts';
import type { ExchangeContext } from '../exchange-context.ts';
import type { CalendarProcessing } from '../../../organization/index.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import { membersByGuid } from '../distribution-group/distribution-group-object.ts';
import { mailboxTypes, oneRecipient, recipientIdentity } from '../recipients/recipient-cmdlets.ts';

export const getCalendarProcessing = defineExchangeCmdlet({
  name: 'Get-CalendarProcessing',
  synopsis: 'Shows what becomes of the meeting requests of a mailbox.',
  parameters: { Identity: recipientIdentity, ResultSize: { type: 'resultSize', ignored: true, description: 'One mailbox is looked at; send several through the pipe.' } },
  example: 'Get-CalendarProcessing room1 | Format-List AutomateProcessing,*Policy,ResourceDelegates',
  roles: ['Mail Recipients', 'User Options', 'View-Only Recipients'],
  async run(context, { Identity }) {
    const mailbox = await oneRecipient(context, mailboxTypes, Identity);
    const settings = await context.organization.calendarProcessing.of(mailbox, context.side === 'Cloud');
    return [await calendarProcessingOutput(context, mailbox.displayName, settings)];
  },
});

/** Lists of people, which are kept by GUID. */
export const peopleLists = ['ResourceDelegates', 'RequestOutOfPolicy', 'BookInPolicy', 'RequestInPolicy'] as const;

/** The settings as their cmdlets show them: people by name. */
export async function calendarProcessingOutput(context: ExchangeContext, name: string, settings: CalendarProcessing): Promise<OutputObject> {
  const named = await Promise.all(peopleLists.map(async (list) => [list, (await membersByGuid(context, settings[list])).map(({ displayName }) => displayName)] as const));
  return { ...settings, ...Object.fromEntries(named), MailboxOwnerId: name, Identity: name, IsValid: true, ObjectState: 'Unchanged' };
}
