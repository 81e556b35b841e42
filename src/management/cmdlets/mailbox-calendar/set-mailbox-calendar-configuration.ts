import { valuesOf } from '../../binding/parameter-definition.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { mailboxTypes, oneRecipient, recipientIdentity } from '../recipients/recipient-cmdlets.ts';
import { parseWorkDays } from './work-days.ts';

export const setMailboxCalendarConfiguration = defineExchangeCmdlet({
  name: 'Set-MailboxCalendarConfiguration',
  synopsis: 'Changes the working hours of a mailbox.',
  parameters: {
    Identity: recipientIdentity,
    WorkDays: { type: 'string', many: true, description: 'Days, Weekdays, WeekendDays or AllDays.' },
    WorkingHoursStartTime: { type: 'timeOfDay', description: 'For example 08:00:00.' },
    WorkingHoursEndTime: { type: 'timeOfDay', description: 'For example 17:00:00; later than the start.' },
    WorkingHoursTimeZone: { type: 'string', description: 'Windows id, for example "W. Europe Standard Time".' },
  },
  example: 'Set-MailboxCalendarConfiguration bert -WorkingHoursStartTime 08:00:00 -WorkingHoursEndTime 17:00:00 -WorkingHoursTimeZone "W. Europe Standard Time"',
  roles: ['Mail Recipients', 'User Options'],
  async run(context, { Identity, WorkDays, WorkingHoursStartTime, WorkingHoursEndTime, WorkingHoursTimeZone }) {
    const mailbox = await oneRecipient(context, mailboxTypes, Identity);
    const { calendars } = context.organization;
    const changes = {
      ...(WorkDays === undefined ? {} : { workDays: parseWorkDays(valuesOf(WorkDays)) }),
      ...(WorkingHoursStartTime === undefined ? {} : { workingHoursStartTime: WorkingHoursStartTime }),
      ...(WorkingHoursEndTime === undefined ? {} : { workingHoursEndTime: WorkingHoursEndTime }),
      ...(WorkingHoursTimeZone === undefined ? {} : { workingHoursTimeZone: WorkingHoursTimeZone }),
    };
    await context.change({
      target: mailbox.displayName,
      before: { ...(await calendars.configuration(mailbox.guid)) },
      apply: () => calendars.setConfiguration(mailbox.guid, changes),
      after: (configuration) => ({ ...configuration }),
    });
    return [];
  },
});
