import type { Recipient } from '../../../organization/index.ts';
import { ManagementError } from '../../management-error.ts';
import type { ExchangeContext } from '../exchange-context.ts';
import { mailboxTypes, namedRecipient, oneRecipient } from '../recipients/recipient-cmdlets.ts';

/** `-Identity` of a folder's permissions. */
export const calendarFolderIdentity = { type: 'string', position: 0, pipeline: true, mandatory: true, description: 'mailbox:\\Calendar. Only the calendar has permissions here.' } as const;

/** The roles that Exchange lets an administrator give on a calendar. */
export const accessRights = ['None', 'AvailabilityOnly', 'LimitedDetails', 'Reviewer', 'Contributor', 'NonEditingAuthor', 'Author', 'PublishingAuthor', 'Editor', 'PublishingEditor', 'Owner'] as const;

export const accessRightsParameter = { type: accessRights, mandatory: true, description: 'The role: None, AvailabilityOnly, LimitedDetails, Reviewer and up.' } as const;

/** What the cloud offers besides the role. */
export const sharingParameters = {
  SendNotificationToUser: { type: 'boolean', side: 'Cloud', refused: 'unlessFalse', description: 'No invitations are sent here.' },
  SharingPermissionFlags: { type: 'string', many: true, side: 'Cloud', refused: true, description: 'Nobody becomes a delegate by a permission here.' },
} as const;

export const userParameter = { type: 'string', mandatory: true, description: 'Default, Anonymous, or a recipient.' } as const;

/** The mailbox whose calendar `bert:\Calendar` names. */
export async function mailboxOfCalendar(context: ExchangeContext, identity: string): Promise<Recipient> {
  const [, mailbox, folder] = /^(.+?):\\(.*)$/.exec(identity) ?? [];
  if (mailbox === undefined || folder === undefined) {
    throw new ManagementError('MANAGEMENT_INVALID_VALUE', `'${identity.slice(0, 256)}' does not name a folder.`, { remedy: 'Write mailbox, colon, backslash and the folder: bert:\\Calendar.' });
  }
  const recipient = await oneRecipient(context, mailboxTypes, mailbox);
  if (folder.toLowerCase() === 'calendar') return recipient;
  throw new ManagementError('MANAGEMENT_OBJECT_NOT_FOUND', `The operation couldn't be performed because '${identity.slice(0, 256)}' couldn't be found.`, { remedy: 'Only the calendar has permissions here: name it as mailbox:\\Calendar.' });
}

/** What a user is called in the list of permissions, and how it is kept: `Default`, `Anonymous`, or a guid. */
export async function granteeOf(context: ExchangeContext, user: string): Promise<{ key: string; shown: string }> {
  const word = user.toLowerCase();
  if (word === 'default') return { key: 'Default', shown: 'Default' };
  if (word === 'anonymous') return { key: 'Anonymous', shown: 'Anonymous' };
  const recipient = await namedRecipient(context, [...mailboxTypes, 'MailUser', 'RemoteUserMailbox'], user);
  return { key: recipient.guid, shown: recipient.displayName };
}
