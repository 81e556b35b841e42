import { ManagementError } from '../../management-error.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { accessRightsParameter, calendarFolderIdentity, granteeOf, mailboxOfCalendar, sharingParameters, userParameter } from './calendar-folder.ts';
import { accessRightsOf, changePermission } from './change-permission.ts';

export const addMailboxFolderPermission = defineExchangeCmdlet({
  name: 'Add-MailboxFolderPermission',
  synopsis: 'Lets a user see a calendar.',
  parameters: { Identity: calendarFolderIdentity, User: userParameter, AccessRights: accessRightsParameter, ...sharingParameters },
  example: 'Add-MailboxFolderPermission bert:\\Calendar -User carl -AccessRights Reviewer',
  roles: ['Mail Recipients', 'User Options'],
  async run(context, { Identity, User, AccessRights }) {
    const mailbox = await mailboxOfCalendar(context, Identity);
    const grantee = await granteeOf(context, User);
    if ((await accessRightsOf(context, mailbox, grantee.key)) !== undefined) {
      throw new ManagementError('MANAGEMENT_OBJECT_EXISTS', `An existing permission entry was found for user: ${grantee.shown}.`, { remedy: 'Change it with Set-MailboxFolderPermission.' });
    }
    return changePermission(context, mailbox, grantee, undefined, AccessRights);
  },
});
