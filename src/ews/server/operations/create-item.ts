import type { DistinguishedFolderName, NewItem } from '../../../organization/index.ts';
import type { XmlElement } from '../../../xml/index.ts';
import { EwsFault, schemaViolation } from '../../codec/ews-fault.ts';
import { decodeItem } from '../../codec/items/decode-item.ts';
import type { DecodedItem } from '../../codec/items/decoded-item.ts';
import { isItemElement } from '../../codec/items/item-types.ts';
import type { ItemElementName } from '../../codec/items/item-types.ts';
import { idOnly } from '../../codec/items/response-shape.ts';
import type { ResponseShape } from '../../codec/items/response-shape.ts';
import { decodeResponseObject, isResponseObject } from '../../codec/items/response-objects.ts';
import type { FolderReference } from '../../codec/references.ts';
import { decodeTargetFolder, enumeratedAttribute, messageMembers } from '../../codec/references.ts';
import { readSequence, required } from '../../codec/schema-reader.ts';
import { answerItem } from '../mailbox/answer-item.ts';
import { addressOf, sentProperties } from '../../../transport/index.ts';
import { checkSender, recipientsOf } from '../mailbox/sender-and-recipients.ts';
import { createItemWriter } from '../mailbox/item-source.ts';
import { itemsContent } from '../mailbox/items-content.ts';
import type { MailboxOperation, MessageTask } from '../mailbox/mailbox-operation.ts';
import type { MailboxSession } from '../mailbox/mailbox-session.ts';
import { inviteToMeeting, meetingSender } from '../mailbox/meeting-messages.ts';
import { newItemOf } from '../mailbox/new-item.ts';
import { readMimeInto } from '../mailbox/item-mime.ts';

const dispositions = ['SaveOnly', 'SendOnly', 'SendAndSaveCopy', 'unset'] as const;
const invitations = ['SendToNone', 'SendOnlyToAll', 'SendToAllAndSaveCopy', 'unset'] as const;

export interface CreateSettings {
  disposition: (typeof dispositions)[number];
  invitations: (typeof invitations)[number];
  /** SavedItemFolderId. */
  saveTo?: FolderReference;
}

const idAndAttachments: ResponseShape = { ...idOnly, additional: [{ kind: 'field', uri: 'item:Attachments' }] };

const homes: Readonly<Record<ItemElementName, DistinguishedFolderName>> = {
  Item: 'drafts',
  Message: 'drafts',
  CalendarItem: 'calendar',
  Contact: 'contacts',
  DistributionList: 'contacts',
  MeetingMessage: 'drafts',
  MeetingRequest: 'drafts',
  MeetingResponse: 'drafts',
  MeetingCancellation: 'drafts',
  Task: 'tasks',
  PostItem: 'inbox',
};

/**
 * CreateItem ([MS-OXWSCORE] §3.1.4.2): every kind of item, by properties or by MIME content, and response objects: replies,
 * forwards, and answers to meetings.
 */
export const createItemOperation: MailboxOperation = {
  name: 'CreateItem',
  emptyOnError: ['Items'],
  plan(element, session) {
    const parts = readSequence(element, messageMembers('SavedItemFolderId?', 'Items'));
    const settings: CreateSettings = {
      disposition: enumeratedAttribute(element, 'MessageDisposition', dispositions, 'unset'),
      invitations: enumeratedAttribute(element, 'SendMeetingInvitations', invitations, 'unset'),
      ...(parts['SavedItemFolderId'] === undefined ? {} : { saveTo: decodeTargetFolder(parts['SavedItemFolderId']) }),
    };
    const { children } = required(element, parts['Items'], 'Items');
    if (children.length === 0) throw schemaViolation(element, "The element 'Items' has incomplete content.");
    return children.map((child) => taskFor(child, session, settings));
  },
};

function taskFor(child: XmlElement, session: MailboxSession, settings: CreateSettings): MessageTask {
  if (isResponseObject(child.local)) {
    const response = decodeResponseObject(child, child.local);
    return () => answerItem(session, response, settings);
  }
  if (!isItemElement(child.local)) throw schemaViolation(child, `The element '${child.local}' in namespace '${child.namespace}' is no item.`);
  const decoded = decodeItem(child, child.local, session.zone);
  if (child.local === 'CalendarItem') return () => createCalendarItem(session, decoded, settings);
  const isMessage = child.local === 'Message' || child.local.startsWith('Meeting');
  return () => (isMessage ? createMessage(session, decoded, settings) : createOther(session, decoded, settings));
}

function newItem(session: MailboxSession, decoded: DecodedItem): Promise<NewItem> {
  return readMimeInto(newItemOf(decoded, { now: session.services.clock.now(), timeZone: session.itemZone }), session.itemZone.timeZone);
}

async function createOther(session: MailboxSession, decoded: DecodedItem, settings: CreateSettings): ReturnType<MessageTask> {
  const item = await newItem(session, decoded);
  const { mailbox, folder } = await session.folder(settings.saveTo ?? { distinguished: homes[decoded.element] }, 'create');
  return created(session, mailbox, await mailbox.items.create(folder.id, item), hasAttachments(item));
}

async function createMessage(session: MailboxSession, decoded: DecodedItem, settings: CreateSettings): ReturnType<MessageTask> {
  const { disposition } = settings;
  if (disposition === 'unset') throw new EwsFault('ErrorMessageDispositionRequired', 'MessageDisposition attribute is required for Message items.');
  const item = await newItem(session, decoded);
  if (disposition === 'SaveOnly') {
    const { mailbox, folder } = await session.folder(settings.saveTo ?? { distinguished: homes[decoded.element] }, 'create');
    const isDraft = item.properties?.['0x0e07'] === undefined;
    return created(session, mailbox, await mailbox.items.create(folder.id, isDraft ? { ...item, properties: { ...item.properties, 'item:IsDraft': true } } : item), hasAttachments(item));
  }
  const target = await session.folder(settings.saveTo ?? { distinguished: 'sentitems' }, 'create');
  const bag = item.properties ?? {};
  const recipients = recipientsOf(bag);
  if (recipients.length === 0) throw new EwsFault('ErrorInvalidRecipients', 'At least one recipient is not valid.');
  const { sender, from } = await checkSender(session, target.mailbox, bag);
  const sent = { ...item, properties: sentProperties(sender, { 'message:From': addressOf(from), ...bag }, session.services.clock.now()) };
  await session.services.mail.submit({ sender, recipients, makeItem: () => sent });
  if (disposition === 'SendAndSaveCopy') await target.mailbox.items.create(target.folder.id, { ...sent, properties: { ...sent.properties, 'message:IsRead': true } });
  return itemsContent([]);
}

async function createCalendarItem(session: MailboxSession, decoded: DecodedItem, settings: CreateSettings): ReturnType<MessageTask> {
  if (settings.invitations === 'unset') throw new EwsFault('ErrorSendMeetingInvitationsRequired', 'SendMeetingInvitations attribute is required for Calendar items.');
  const item = await newItem(session, decoded);
  const { mailbox, folder } = await session.folder(settings.saveTo ?? { distinguished: 'calendar' }, 'create');
  if (!folder.folderClass.toLowerCase().startsWith('ipf.appointment')) throw new EwsFault('ErrorCannotCreateCalendarItemInNonCalendarFolder', 'Cannot create a calendar item in a folder that is not a calendar folder.');
  const isInviting = settings.invitations !== 'SendToNone' && item.calendar?.isMeeting === true;
  if (isInviting) await meetingSender(session, mailbox);
  const stored = await mailbox.items.create(folder.id, isInviting ? { ...item, properties: { ...item.properties, 'calendar:MeetingRequestWasSent': true } } : item);
  if (isInviting) await inviteToMeeting(session, mailbox, stored, { isUpdate: false, saveCopy: settings.invitations === 'SendToAllAndSaveCopy' });
  return created(session, mailbox, stored, hasAttachments(item));
}

async function created(session: MailboxSession, mailbox: Awaited<ReturnType<MailboxSession['byAddress']>>, item: Awaited<ReturnType<typeof mailbox.items.get>>, withAttachments: boolean): ReturnType<MessageTask> {
  // Clients take from the answer which ids their attachments have got; one that does not find them sends them again.
  const shape = withAttachments ? idAndAttachments : idOnly;
  return itemsContent([await createItemWriter(session, shape, withAttachments).prepare({ mailbox, item })]);
}

function hasAttachments({ attachments = [] }: NewItem): boolean {
  return attachments.length > 0;
}
