import type { FolderPermission, Mailbox } from '../../../organization/index.ts';
import type { XmlWriter } from '../../../xml/index.ts';
import { EwsFault } from '../../codec/ews-fault.ts';
import { decodeEmailAddress } from '../../codec/items/email-address.ts';
import { booleanAttribute, messageMembers } from '../../codec/references.ts';
import { readList, readSequence, required } from '../../codec/schema-reader.ts';
import { writeErrorDetails } from '../mailbox/mailbox-operation.ts';
import type { MailboxSession } from '../mailbox/mailbox-session.ts';
import type { WholeOperation } from '../mailbox/whole-operation.ts';

/** The folders of DelegatePermissions, in the order of the schema. */
const folders = [
  ['CalendarFolderPermissionLevel', 'calendar'],
  ['TasksFolderPermissionLevel', 'tasks'],
  ['InboxFolderPermissionLevel', 'inbox'],
  ['ContactsFolderPermissionLevel', 'contacts'],
  ['NotesFolderPermissionLevel', 'notes'],
  ['JournalFolderPermissionLevel', 'journal'],
] as const;

/** DelegateFolderPermissionLevelType; every other level is `Custom`. */
const levels: ReadonlySet<string> = new Set(['None', 'Editor', 'Reviewer', 'Author', 'Custom']);

interface Delegate {
  guid: string;
  address: string;
  displayName: string;
  permissions: Readonly<Record<string, string>>;
}

/**
 * GetDelegate ([MS-OXWSDLGM] §3.1.4.2). Delegates are not kept apart from permissions here: a delegate is whoever may
 * create, change and delete everything in the calendar by an entry of its own. Meeting messages are forwarded to nobody.
 */
export const getDelegateOperation: WholeOperation = {
  name: 'GetDelegate',
  form: 'itself',
  async answer(element, session) {
    const parts = readSequence(element, messageMembers('Mailbox', 'UserIds?'));
    const withPermissions = booleanAttribute(element, 'IncludePermissions', false);
    const { address } = decodeEmailAddress(required(element, parts['Mailbox'], 'Mailbox'));
    const wanted = parts['UserIds'] === undefined ? undefined : readList(parts['UserIds'], { name: 'UserId' }).map((user) => user.children.find(({ local }) => local === 'PrimarySmtpAddress')?.text.trim() ?? '');
    const mailbox = address === undefined ? session.own() : await session.byAddress(address);
    if (!session.isOwner(mailbox)) await session.allow(mailbox, (await mailbox.folders.distinguished('calendar')).id, 'own');
    const delegates = await delegatesOf(session, mailbox);
    const found = wanted?.map((name) => delegates.find((delegate) => delegate.address.toLowerCase() === name.toLowerCase())) ?? delegates;
    return (writer) => {
      if (found.length > 0) {
        writer.open('m:ResponseMessages');
        for (const delegate of found) {
          if (delegate === undefined) writeNotDelegate(writer);
          else writeDelegate(writer, delegate, withPermissions);
        }
        writer.close();
      }
      writer.element('m:DeliverMeetingRequests', 'NoForward');
    };
  },
};

async function delegatesOf(session: MailboxSession, mailbox: Mailbox): Promise<readonly Delegate[]> {
  const entries = new Map<string, readonly FolderPermission[]>();
  for (const [name, folder] of folders) entries.set(name, await mailbox.folders.permissions((await mailbox.folders.distinguished(folder)).id));
  const delegates: Delegate[] = [];
  for (const { user, rights } of entries.get('CalendarFolderPermissionLevel') ?? []) {
    const mayAct = rights.canCreateItems && rights.editItems === 'All' && rights.deleteItems === 'All';
    if (!mayAct || user === 'Default' || user === 'Anonymous') continue;
    const recipient = await session.services.directory.byGuid(user);
    if (recipient === undefined) continue;
    const permissions = Object.fromEntries([...entries].map(([name, list]) => [name, levelOf(list.find((entry) => entry.user === user))]));
    delegates.push({ guid: user, address: recipient.primarySmtpAddress, displayName: recipient.displayName, permissions });
  }
  return delegates;
}

function levelOf(entry: FolderPermission | undefined): string {
  if (entry === undefined) return 'None';
  return levels.has(entry.level) ? entry.level : 'Custom';
}

function writeDelegate(writer: XmlWriter, delegate: Delegate, withPermissions: boolean): void {
  writer.open('m:DelegateUserResponseMessageType', { ResponseClass: 'Success' });
  writer.element('m:ResponseCode', 'NoError');
  writer.open('m:DelegateUser');
  writer.open('t:UserId');
  writer.element('t:PrimarySmtpAddress', delegate.address);
  writer.element('t:DisplayName', delegate.displayName);
  writer.close();
  if (withPermissions) {
    writer.open('t:DelegatePermissions');
    for (const [name] of folders) writer.element(`t:${name}`, delegate.permissions[name]);
    writer.close();
  }
  writer.element('t:ReceiveCopiesOfMeetingMessages', false);
  writer.element('t:ViewPrivateItems', false);
  writer.close();
  writer.close();
}

function writeNotDelegate(writer: XmlWriter): void {
  writer.open('m:DelegateUserResponseMessageType', { ResponseClass: 'Error' });
  writeErrorDetails(writer, new EwsFault('ErrorNotDelegate', 'The user is not a delegate for the mailbox.'));
  writer.close();
}
