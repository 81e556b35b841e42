import type { CmdletInvocation } from '../../../management/index.ts';
import { owningSide } from '../free-busy-case.ts';
import { fail, pass, sessionOf, texts } from '../probe.ts';
import type { FreeBusyProbe } from '../free-busy-case.ts';

/** What the calendar itself gives to everybody. */
export const calendarPermission: FreeBusyProbe = {
  id: 'calendar-permission',
  title: 'the calendar’s permission for Default',
  async run(given, facts) {
    const side = owningSide(given, facts);
    const calendar = { Identity: `${given.whom}:\\Calendar`, User: 'Default' };
    const [entry] = await sessionOf(given, side).invoke('Get-MailboxFolderPermission', calendar);
    const rights = texts(entry, 'AccessRights');
    if (entry !== undefined && !rights.includes('None') && rights.length > 0) return pass(rights.join(', '));
    const set = (AccessRights: readonly string[]): CmdletInvocation[] => [{ session: side, cmdlet: 'Set-MailboxFolderPermission', parameters: { ...calendar, AccessRights } }];
    return fail('Default has None', { cause: 'fb12-calendar-permission', proof: `Get-MailboxFolderPermission "${calendar.Identity}" -User Default: AccessRights {${rights.join(', ') || 'None'}}.`, repair: set(['AvailabilityOnly']), undo: set(['None']) });
  },
};
