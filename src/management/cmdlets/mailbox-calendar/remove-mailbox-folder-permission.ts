import { ManagementError } from '../../management-error.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { calendarFolderIdentity, granteeOf, mailboxOfCalendar, userParameter } from './calendar-folder.ts';
import { accessRightsOf } from './change-permission.ts';
import { permissionOutput } from './permission-output.ts';

export const removeMailboxFolderPermission = defineExchangeCmdlet({
  name: 'Remove-MailboxFolderPermission',
  synopsis: 'Takes a user’s own entry away from a calendar; Default counts for the user from then on.',
  parameters: { Identity: calendarFolderIdentity, User: userParameter, Force: { type: 'switch', side: 'Cloud', ignored: true, description: 'Nothing asks here.' } },
  example: 'Remove-MailboxFolderPermission bert:\\Calendar -User carl -Confirm:$false',
  roles: ['Mail Recipients', 'User Options'],
  async run(context, { Identity, User }) {
    const mailbox = await mailboxOfCalendar(context, Identity);
    const grantee = await granteeOf(context, User);
    // Whether Exchange refuses this as well is unverified; an entry that everybody falls back to must stay visible.
    if (grantee.key === 'Default' || grantee.key === 'Anonymous') throw new ManagementError('MANAGEMENT_INVALID_VALUE', `The entry of ${grantee.shown} can't be removed.`, { remedy: 'Set its AccessRights to None instead.' });
    const former = await accessRightsOf(context, mailbox, grantee.key);
    if (former === undefined) throw new ManagementError('MANAGEMENT_OBJECT_NOT_FOUND', `There is no existing permission entry found for user: ${grantee.shown}.`);
    await context.change({
      target: `${mailbox.displayName}:\\Calendar`,
      before: permissionOutput(grantee.shown, former),
      apply: () => context.organization.calendars.removePermission(mailbox.guid, grantee.key),
    });
    return [];
  },
});
