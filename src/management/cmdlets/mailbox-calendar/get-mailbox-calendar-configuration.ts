import { defineExchangeCmdlet } from '../exchange-context.ts';
import { mailboxTypes, oneRecipient, recipientIdentity } from '../recipients/recipient-cmdlets.ts';
import { formatTimeOfDay, formatWorkDays } from './work-days.ts';

export const getMailboxCalendarConfiguration = defineExchangeCmdlet({
  name: 'Get-MailboxCalendarConfiguration',
  synopsis: 'Shows the working hours of a mailbox.',
  parameters: { Identity: recipientIdentity },
  outputs: ['WorkDays', 'WorkingHoursStartTime', 'WorkingHoursEndTime', 'WorkingHoursTimeZone', 'MailboxOwnerId', 'Identity', 'IsValid', 'ObjectState'],
  example: 'Get-MailboxCalendarConfiguration bert | Format-List Work*',
  roles: ['Mail Recipients', 'User Options', 'View-Only Recipients'],
  async run(context, { Identity }) {
    const mailbox = await oneRecipient(context, mailboxTypes, Identity);
    const configuration = await context.organization.calendars.configuration(mailbox.guid);
    return [
      {
        WorkDays: formatWorkDays(configuration.workDays),
        WorkingHoursStartTime: formatTimeOfDay(configuration.workingHoursStartTime),
        WorkingHoursEndTime: formatTimeOfDay(configuration.workingHoursEndTime),
        WorkingHoursTimeZone: configuration.workingHoursTimeZone,
        MailboxOwnerId: mailbox.displayName,
        Identity: mailbox.displayName,
        IsValid: true,
        ObjectState: 'Unchanged',
      },
    ];
  },
});
