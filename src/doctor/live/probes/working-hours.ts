import type { CmdletInvocation } from '../../../management/index.ts';
import { owningSide } from '../free-busy-case.ts';
import { fail, pass, sessionOf, text } from '../probe.ts';
import type { FreeBusyProbe } from '../free-busy-case.ts';

/** Working hours that end before they begin fail the whole answer. */
export const workingHours: FreeBusyProbe = {
  id: 'working-hours',
  title: 'working hours of the person or room',
  async run(given, facts) {
    const side = owningSide(given, facts);
    const [configuration] = await sessionOf(given, side).invoke('Get-MailboxCalendarConfiguration', { Identity: given.whom });
    const [start, end] = [text(configuration, 'WorkingHoursStartTime'), text(configuration, 'WorkingHoursEndTime')];
    if (start === '' || end === '' || end > start) return pass(`${start} to ${end}`);
    const set = (from: string, to: string): CmdletInvocation[] => [{ session: side, cmdlet: 'Set-MailboxCalendarConfiguration', parameters: { Identity: given.whom, WorkingHoursStartTime: from, WorkingHoursEndTime: to } }];
    return fail(`${start} to ${end}`, { cause: 'fb24b-hours', proof: `Get-MailboxCalendarConfiguration ${given.whom}: WorkingHoursStartTime ${start}, WorkingHoursEndTime ${end}.`, repair: set('08:00:00', '17:00:00'), undo: [], noUndo: `They were ${start} to ${end}, which no cmdlet takes.` });
  },
};
