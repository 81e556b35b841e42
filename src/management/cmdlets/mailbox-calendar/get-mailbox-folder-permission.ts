import type { OutputObject } from '../define-cmdlet.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { calendarFolderIdentity, granteeOf, mailboxOfCalendar } from './calendar-folder.ts';
import { permissionOutput } from './permission-output.ts';
import { ManagementError } from '../../management-error.ts';

export const getMailboxFolderPermission = defineExchangeCmdlet({
  name: 'Get-MailboxFolderPermission',
  synopsis: 'Shows who may see how much of a calendar.',
  parameters: { Identity: calendarFolderIdentity, User: { type: 'string', description: 'Only the entry of this user.' }, ResultSize: { type: 'resultSize', side: 'Cloud', description: 'How many at most; default 1000, or Unlimited.' } },
  example: 'Get-MailboxFolderPermission bert:\\Calendar',
  roles: ['Mail Recipients', 'User Options', 'View-Only Recipients'],
  async run(context, { Identity, User, ResultSize = 1000 }) {
    const mailbox = await mailboxOfCalendar(context, Identity);
    const { calendars, directory } = context.organization;
    const wanted = User === undefined ? undefined : await granteeOf(context, User);
    const entries: OutputObject[] = [];
    for (const permission of await calendars.permissions(mailbox.guid)) {
      if (wanted !== undefined && wanted.key !== permission.user) continue;
      const named = permission.user === 'Default' || permission.user === 'Anonymous' ? undefined : await directory.byGuid(permission.user);
      entries.push(permissionOutput(named?.displayName ?? permission.user, permission.accessRights));
    }
    if (wanted !== undefined && entries.length === 0) throw new ManagementError('MANAGEMENT_OBJECT_NOT_FOUND', `There is no existing permission entry found for user: ${wanted.shown}.`);
    return entries.slice(0, ResultSize);
  },
});
