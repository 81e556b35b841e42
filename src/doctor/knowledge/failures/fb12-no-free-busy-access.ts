import { cloudLooksAgain } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { errorTable, resolveErrorsAt } from '../references.ts';

export const noFreeBusyAccess: Failure = {
  id: 'FB12',
  title: 'The caller does not have access to free/busy data',
  message: 'Microsoft.Exchange.InfoWorker.Common.Availability.NoFreeBusyAccessException: The caller does not have access to free/busy data',
  texts: ['The caller does not have access to free/busy data'],
  marks: ['NoFreeBusyAccessException', 'ErrorNoFreeBusyAccess', 'LID: 47652', 'LID: 44348', 'LID: 40764'],
  directions: ['cloud → on-premises', 'on-premises → cloud'],
  authentication: ['OAuth', 'DAuth'],
  underneath: 'Transport, token and user were all in order. The responder then took the smaller of two grants: what the calendar gives to Default, and what its relationship gives to the requester’s domain. The smaller one is nothing. The commands below are for a person on premises who is looked up; for one in the cloud type them in Exchange Online PowerShell.',
  causes: [
    {
      id: 'fb12-calendar-permission',
      title: 'The calendar gives Default no permission',
      why: 'Everybody without an entry of their own, which is everybody of another organisation, is Default.',
      clues: ['47652'],
      proof: [{ on: 'on-premises', run: 'Get-MailboxFolderPermission "<on-premises user>:\\Calendar" -User Default', expect: 'AccessRights: {None}' }, { on: 'on-premises', act: 'If no such folder is found: it is named in the mailbox’s language. Get-MailboxFolderStatistics <on-premises user> -FolderScope Calendar tells the name.' }],
      repair: [{ on: 'on-premises', run: 'Set-MailboxFolderPermission -Identity "<on-premises user>:\\Calendar" -User Default -AccessRights AvailabilityOnly' }],
      risk: 'Everybody in the own organisation sees this person’s free/busy as well. Ask the owner: they may have meant it.',
    },
    {
      id: 'fb12-requester-domain',
      title: 'The responder’s relationship does not list the requester’s domain',
      why: 'Cloud users ask as user@tenant.mail.onmicrosoft.com. A relationship without that domain is not found for them.',
      clues: ['44348'],
      proof: [{ on: 'on-premises', run: 'Get-OrganizationRelationship | Format-List Name, DomainNames, Enabled', expect: 'The coexistence domain is missing' }],
      repair: [{ on: 'on-premises', run: 'Set-OrganizationRelationship -Identity "<on-premises relationship>" -DomainNames @{add="<coexistence domain>"}' }],
      risk: 'None.',
    },
    {
      id: 'fb12-relationship-level',
      title: 'The responder’s relationship grants no free/busy',
      why: 'FreeBusyAccessLevel is None, or FreeBusyAccessScope is a group that the person is not in. (FreeBusyAccessEnabled concerns asking, not answering.)',
      clues: ['44348'],
      proof: [{ on: 'on-premises', run: 'Get-OrganizationRelationship | Format-List Name, Enabled, FreeBusyAccessLevel, FreeBusyAccessScope', expect: 'None, or a group' }],
      repair: [{ on: 'on-premises', run: 'Set-OrganizationRelationship -Identity "<on-premises relationship>" -FreeBusyAccessLevel LimitedDetails' }],
      risk: 'LimitedDetails shows subject and place too; AvailabilityOnly shows times alone.',
    },
  ],
  check: cloudLooksAgain,
  prevention: 'Report calendars whose Default is None before you promise free/busy to a partner.',
  references: [errorTable('12'), resolveErrorsAt('47652, 44348, 40764')],
};
