import { isMailbox, meetingDeliveries } from '../../../organization/index.ts';
import type { Delegate, FolderPermission, FolderRights, Mailbox, MailSettings, Recipient } from '../../../organization/index.ts';
import type { XmlElement, XmlWriter } from '../../../xml/index.ts';
import { EwsFault, schemaViolation } from '../../codec/ews-fault.ts';
import { decodeUserId } from '../../codec/folders/permission-kind.ts';
import { decodeEmailAddress } from '../../codec/items/email-address.ts';
import { readBoolean, readEnumeration, readList, readSequence, required } from '../../codec/schema-reader.ts';
import { writeErrorDetails } from './mailbox-operation.ts';
import type { WriteContent } from './mailbox-operation.ts';
import type { MailboxSession } from './mailbox-session.ts';

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
const levels = ['None', 'Editor', 'Reviewer', 'Author', 'Custom'] as const;

type FolderName = (typeof folders)[number][0];
type Level = (typeof levels)[number];

/** What a request says of one delegate; what it leaves out stays as it is. */
export interface DelegateRequest {
  /** Its address; absent where the user is named otherwise. */
  address?: string;
  permissions: Readonly<Partial<Record<FolderName, Level>>>;
  receivesCopies?: boolean;
  viewsPrivate?: boolean;
}

/** One delegate as answers show it, or why there is none. */
export interface ShownDelegate extends Delegate {
  recipient: Recipient;
  permissions: Readonly<Record<FolderName, Level>>;
}

/** The mailbox whose delegates are to be seen: one's own, or one whose calendar one owns. @throws EwsFault `ErrorAccessDenied` */
export async function delegatingMailbox(session: MailboxSession, element: XmlElement): Promise<Mailbox> {
  const mailbox = await namedMailbox(session, element);
  if (!session.isOwner(mailbox)) await session.allow(mailbox, (await mailbox.folders.distinguished('calendar')).id, 'own');
  return mailbox;
}

/**
 * The mailbox whose delegates are to be changed: only one's own, or that of whom one impersonates. Delegates get rights on
 * six folders and send on behalf of the owner: whoever owns one of the folders must not give those.
 *
 * @throws EwsFault `ErrorAccessDenied`
 */
export async function ownDelegatingMailbox(session: MailboxSession, element: XmlElement): Promise<Mailbox> {
  const mailbox = await namedMailbox(session, element);
  if (!session.isOwner(mailbox)) throw new EwsFault('ErrorAccessDenied', 'Access is denied. Check credentials and try again.');
  return mailbox;
}

async function namedMailbox(session: MailboxSession, element: XmlElement): Promise<Mailbox> {
  const { address } = decodeEmailAddress(element);
  return address === undefined ? session.own() : session.byAddress(address);
}

/** ArrayOfDelegateUserType. @throws EwsFault `ErrorSchemaValidation` */
export function decodeDelegateUsers(element: XmlElement): readonly DelegateRequest[] {
  const users = readList(element, { name: 'DelegateUser' });
  if (users.length === 0) throw schemaViolation(element, "The element 'DelegateUsers' has incomplete content.");
  return users.map((user) => {
    const parts = readSequence(user, [{ name: 'UserId' }, { name: 'DelegatePermissions', optional: true }, { name: 'ReceiveCopiesOfMeetingMessages', optional: true }, { name: 'ViewPrivateItems', optional: true }]);
    const { DelegatePermissions, ReceiveCopiesOfMeetingMessages, ViewPrivateItems } = parts;
    const address = decodeUserId(required(user, parts['UserId'], 'UserId')).smtpAddress;
    const named = DelegatePermissions === undefined ? {} : readSequence(DelegatePermissions, folders.map(([name]) => ({ name, optional: true })));
    const permissions = Object.fromEntries(folders.flatMap(([name]) => (named[name] === undefined ? [] : [[name, readEnumeration(named[name], levels, 'DelegateFolderPermissionLevelType')]])));
    return {
      ...(address === undefined ? {} : { address }),
      permissions,
      ...(ReceiveCopiesOfMeetingMessages === undefined ? {} : { receivesCopies: readBoolean(ReceiveCopiesOfMeetingMessages) }),
      ...(ViewPrivateItems === undefined ? {} : { viewsPrivate: readBoolean(ViewPrivateItems) }),
    };
  });
}

/** ArrayOfUserIdType: addresses, empty for users that are named otherwise. @throws EwsFault `ErrorSchemaValidation` */
export function decodeUserIds(element: XmlElement): readonly string[] {
  return readList(element, { name: 'UserId' }).map((user) => decodeUserId(user).smtpAddress ?? '');
}

/** @throws EwsFault `ErrorSchemaValidation` */
export function decodeDelivery(element: XmlElement | undefined): Partial<MailSettings> {
  return element === undefined ? {} : { DeliverMeetingRequests: readEnumeration(element, meetingDeliveries, 'DeliverMeetingRequestsType') };
}

/** The delegates of a mailbox, in the order in which they were made so. */
export async function delegatesOf(session: MailboxSession, mailbox: Mailbox): Promise<readonly ShownDelegate[]> {
  const { Delegates } = await session.services.mailSettings.of(mailbox.guid);
  const shown: ShownDelegate[] = [];
  for (const delegate of Delegates) {
    const recipient = await session.services.directory.byGuid(delegate.guid);
    if (recipient !== undefined) shown.push({ ...delegate, recipient, permissions: await permissionsOf(mailbox, delegate.guid) });
  }
  return shown;
}

/**
 * Makes somebody a delegate, or changes one: rights on folders, and the right to send on behalf of the owner.
 *
 * @throws EwsFault `ErrorDelegateNoUser`, `ErrorDelegateCannotAddOwner`, `ErrorDelegateAlreadyExists`, `ErrorNotDelegate`,
 *   `ErrorDelegateValidationFailed`
 */
export async function setDelegate({ services }: MailboxSession, mailbox: Mailbox, request: DelegateRequest, isNew: boolean): Promise<ShownDelegate> {
  const recipient = request.address === undefined ? undefined : await services.directory.resolve(request.address);
  if (recipient === undefined || !isMailbox(recipient)) throw new EwsFault('ErrorDelegateNoUser', 'The delegate does not map to a user with a mailbox here. Name the user by PrimarySmtpAddress.');
  if (recipient.guid === mailbox.guid) throw new EwsFault('ErrorDelegateCannotAddOwner', 'The owner of a mailbox cannot be its delegate.');
  const permissions = { ...(await permissionsOf(mailbox, recipient.guid)), ...request.permissions };
  let delegate: Delegate | undefined;
  await services.mailSettings.set(mailbox.guid, ({ Delegates, GrantSendOnBehalfTo }) => {
    const former = Delegates.find(({ guid }) => guid === recipient.guid);
    if (isNew && former !== undefined) throw new EwsFault('ErrorDelegateAlreadyExists', 'The user is a delegate of the mailbox already.');
    if (!isNew && former === undefined) throw notDelegate();
    if (Object.values(request.permissions).includes('Custom')) throw new EwsFault('ErrorDelegateValidationFailed', 'The permission level Custom cannot be given to a delegate: give None, Reviewer, Author or Editor.');
    const changed: Delegate = { guid: recipient.guid, receivesCopies: request.receivesCopies ?? former?.receivesCopies ?? false, viewsPrivate: request.viewsPrivate ?? former?.viewsPrivate ?? false };
    if (changed.receivesCopies && permissions.CalendarFolderPermissionLevel !== 'Editor') throw new EwsFault('ErrorDelegateValidationFailed', 'A delegate who gets copies of meeting messages needs the permission level Editor on the calendar.');
    delegate = changed;
    return {
      Delegates: former === undefined ? [...Delegates, changed] : Delegates.map((one) => (one === former ? changed : one)),
      ...(GrantSendOnBehalfTo.includes(recipient.guid) ? {} : { GrantSendOnBehalfTo: [...GrantSendOnBehalfTo, recipient.guid] }),
    };
  });
  if (delegate === undefined) throw notDelegate();
  for (const [name, level] of Object.entries(request.permissions)) await setLevel(mailbox, name as FolderName, recipient.guid, level);
  return { ...delegate, recipient, permissions };
}

/** Takes a delegate's rights away, those to send on behalf and on the folders. @throws EwsFault `ErrorNotDelegate` */
export async function removeDelegate({ services }: MailboxSession, mailbox: Mailbox, address: string): Promise<void> {
  const recipient = address === '' ? undefined : await services.directory.resolve(address);
  if (recipient === undefined) throw notDelegate();
  await services.mailSettings.set(mailbox.guid, ({ Delegates, GrantSendOnBehalfTo }) => {
    if (!Delegates.some(({ guid }) => guid === recipient.guid)) throw notDelegate();
    return { Delegates: Delegates.filter(({ guid }) => guid !== recipient.guid), GrantSendOnBehalfTo: GrantSendOnBehalfTo.filter((guid) => guid !== recipient.guid) };
  });
  for (const [name] of folders) await setLevel(mailbox, name, recipient.guid, 'None');
}

export function notDelegate(): EwsFault {
  return new EwsFault('ErrorNotDelegate', 'The user is not a delegate for the mailbox.');
}

/** DelegateUserResponseMessageType: a delegate, nothing for one who was removed, or what is wrong. */
export function writeDelegate(writer: XmlWriter, delegate: ShownDelegate | EwsFault | undefined, withPermissions: boolean): void {
  writer.open('m:DelegateUserResponseMessageType', { ResponseClass: delegate instanceof EwsFault ? 'Error' : 'Success' });
  if (delegate instanceof EwsFault) writeErrorDetails(writer, delegate);
  else {
    writer.element('m:ResponseCode', 'NoError');
    if (delegate !== undefined) writeUser(writer, delegate, withPermissions);
  }
  writer.close();
}

function writeUser(writer: XmlWriter, { recipient, permissions, receivesCopies, viewsPrivate }: ShownDelegate, withPermissions: boolean): void {
  writer.open('m:DelegateUser');
  writer.open('t:UserId');
  writer.element('t:PrimarySmtpAddress', recipient.primarySmtpAddress);
  writer.element('t:DisplayName', recipient.displayName);
  writer.close();
  if (withPermissions) {
    writer.open('t:DelegatePermissions');
    for (const [name] of folders) writer.element(`t:${name}`, permissions[name]);
    writer.close();
  }
  writer.element('t:ReceiveCopiesOfMeetingMessages', receivesCopies);
  writer.element('t:ViewPrivateItems', viewsPrivate);
  writer.close();
}

/** Each request answered by itself, in its order. */
export async function eachDelegate<Request>(requests: readonly Request[], work: (request: Request) => Promise<ShownDelegate | undefined>): Promise<WriteContent> {
  const results: (ShownDelegate | EwsFault | undefined)[] = [];
  for (const request of requests) {
    results.push(
      await work(request).catch((error: unknown) => {
        if (error instanceof EwsFault) return error;
        throw error;
      }),
    );
  }
  return (writer) => {
    if (results.length === 0) return;
    writer.open('m:ResponseMessages');
    for (const result of results) writeDelegate(writer, result, true);
    writer.close();
  };
}

async function permissionsOf(mailbox: Mailbox, user: string): Promise<Record<FolderName, Level>> {
  const found: Partial<Record<FolderName, Level>> = {};
  for (const [name, folder] of folders) {
    const entry = (await mailbox.folders.permissions((await mailbox.folders.distinguished(folder)).id)).find((one) => one.user === user);
    found[name] = entry === undefined ? 'None' : (levels.find((level) => level === entry.level) ?? 'Custom');
  }
  return found as Record<FolderName, Level>;
}

/** Rights stand for themselves in a level; only `Custom` has its own. */
const noRights: FolderRights = { canCreateItems: false, canCreateSubFolders: false, isFolderOwner: false, isFolderVisible: false, isFolderContact: false, editItems: 'None', deleteItems: 'None', readItems: 'None' };

async function setLevel(mailbox: Mailbox, name: FolderName, user: string, level: Level): Promise<void> {
  const folder = folders.find(([one]) => one === name)?.[1] ?? 'calendar';
  const { id } = await mailbox.folders.distinguished(folder);
  const isThere = (await mailbox.folders.permissions(id)).some((entry) => entry.user === user);
  if (level === 'None' && !isThere) return;
  const own: readonly FolderPermission[] = level === 'None' ? [] : [{ user, level, rights: noRights }];
  await mailbox.folders.setPermissions(id, (present) => [...present.filter((entry) => entry.user !== user), ...own]);
}
