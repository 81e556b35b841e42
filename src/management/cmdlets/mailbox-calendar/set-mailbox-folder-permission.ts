import { ManagementError } from '../../management-error.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { accessRightsParameter, calendarFolderIdentity, granteeOf, mailboxOfCalendar, sharingParameters, userParameter } from './calendar-folder.ts';
import { accessRightsOf, changePermission } from './change-permission.ts';

export const setMailboxFolderPermission = defineExchangeCmdlet({
  name: 'Set-MailboxFolderPermission',
  synopsis: 'Changes how much of a calendar a user sees.',
  parameters: { Identity: calendarFolderIdentity, User: userParameter, AccessRights: accessRightsParameter, ...sharingParameters },
  example: 'Set-MailboxFolderPermission bert:\\Calendar -User Default -AccessRights AvailabilityOnly',
  roles: ['Mail Recipients', 'User Options'],
  async run(context, { Identity, User, AccessRights }) {
    const mailbox = await mailboxOfCalendar(context, Identity);
    const grantee = await granteeOf(context, User);
    const former = await accessRightsOf(context, mailbox, grantee.key);
    if (former === undefined) {
      throw new ManagementError('MANAGEMENT_OBJECT_NOT_FOUND', `There is no existing permission entry found for user: ${grantee.shown}.`, { remedy: 'Make one with Add-MailboxFolderPermission.' });
    }
    await changePermission(context, mailbox, grantee, former, AccessRights);
    return [];
  },
});
