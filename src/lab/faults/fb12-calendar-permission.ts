import { bert, one, toOnPremises } from './fault.ts';
import type { Fault } from './fault.ts';

export const calendarPermission: Fault = {
  id: 'fb12-calendar-permission',
  symptom: toOnPremises,
  trust: 'any',
  async plan(sessions) {
    const calendar = { Identity: `${bert}:\\Calendar`, User: 'Default' };
    const { AccessRights } = await one(sessions, 'OnPremises', 'Get-MailboxFolderPermission', calendar);
    return {
      inject: [{ session: 'OnPremises', cmdlet: 'Set-MailboxFolderPermission', parameters: { ...calendar, AccessRights: ['None'] } }],
      undo: [{ session: 'OnPremises', cmdlet: 'Set-MailboxFolderPermission', parameters: { ...calendar, AccessRights } }],
    };
  },
};
