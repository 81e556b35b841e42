import { carryAttachments, longestMessageHead, meetingMessageFromMime, newItemFromMime } from '../organization/index.ts';
import type { MimeSource, NewItem, PropertyBag, Recipient } from '../organization/index.ts';
import { addressOf } from './address-of.ts';
import { attend } from './attendant/attend.ts';
import { delegateDelivery, sendDelegateCopies } from './attendant/delegate-copies.ts';
import { replyWhileAway } from './out-of-office/reply-while-away.ts';
import { collect } from './outgoing-message.ts';
import type { TransportContext } from './submission.ts';

/** What is known of where a message comes from. */
export interface Origin {
  /** From inside the hybrid: signed in here, or over a connector that says so. */
  isInternal: boolean;
  /** MAIL FROM; empty for reports and for what machines sent by themselves. */
  returnPath: string;
  /** It came through a group whose senders do not hear who of it is away (`SendOofMessageToOriginatorEnabled`). */
  isOofSuppressed: boolean;
  /** The message once more, for whom copies go to: what it holds may be read once only. */
  copy(): Promise<NewItem> | NewItem;
  /** Its head where it has MIME content, else nothing. */
  headFields(): Promise<readonly string[]>;
}

/**
 * Puts a message into a mailbox, after its calendar has been brought up to date by it.
 *
 * @throws OrganizationError `ORGANIZATION_MAILBOX_FULL`, `ORGANIZATION_ITEM_TOO_LARGE`
 */
export async function deliverToMailbox(context: TransportContext, recipient: Recipient, item: NewItem, origin: Origin): Promise<void> {
  const mailbox = context.organization.mailboxes.of(recipient.guid);
  const { 'message:BccRecipients': _hidden, ...bag } = item.properties ?? {};
  const attended = await attend(context, recipient, { ...item, properties: bag }, origin);
  const delivery = await delegateDelivery(context, recipient, item);
  const isDisposedOf = attended.isDisposedOf || delivery?.deliver === 'DelegatesOnly';
  const folder = await mailbox.folders.distinguished(isDisposedOf ? 'deleteditems' : 'inbox');
  const properties: PropertyBag = {
    // Of a message about a meeting the body stands by itself, as in the calendar.
    ...(item.mime === undefined || item.calendar !== undefined ? bag : withoutBody(bag)),
    ...attended.properties,
    ...(delivery?.deliver === 'DelegatesAndSendInformationToMe' && /\.request/i.test(item.itemClass ?? '') ? { 'meetingRequest:MeetingRequestType': 'PrincipalWantsCopy' } : {}),
    'message:IsRead': isDisposedOf,
    'message:ReceivedBy': addressOf(recipient),
    // A delegate gets requests for whom the delegate decides for.
    'message:ReceivedRepresenting': bag['message:ReceivedRepresenting'] ?? addressOf(recipient),
  };
  const delivered = await mailbox.items.create(folder.id, { ...item, properties, isNewMail: !isDisposedOf });
  if (attended.entered !== undefined) await carryAttachments(mailbox, delivered.id, attended.entered);
  if (delivery !== undefined) await sendDelegateCopies(context, recipient, delivery, origin.copy).catch((error: unknown) => context.log.error({ err: error, mailbox: recipient.guid }, 'delegates got no copy of a meeting message'));
  if (isDisposedOf) return;
  // It has arrived, whatever becomes of the answer.
  await replyWhileAway(context, recipient, { ...item, properties: bag }, origin).catch((error: unknown) => context.log.error({ err: error, mailbox: recipient.guid }, 'the reply about an absence was not sent'));
}

/** A message that came as MIME content, as an item: one about a meeting as such, where its calendar part can be read. */
export async function itemOfMime(content: () => AsyncIterable<Uint8Array>, size: number, timeZone: string): Promise<NewItem> {
  const item = await newItemFromMime(content());
  if (size > largestMeeting || !(await mentionsCalendar(content()))) return item;
  const bytes = await collect(content());
  const meeting = await meetingMessageFromMime(bytes, timeZone);
  if (meeting === undefined) return { ...item, mime: bytes };
  const subject = item.properties?.['item:Subject'];
  const { parties, ...rest } = meeting;
  return {
    ...item,
    mime: bytes,
    ...rest,
    ...(meeting.calendar === undefined ? {} : { calendar: { ...meeting.calendar, subject: typeof subject === 'string' ? subject : meeting.calendar.subject } }),
    properties: { ...meeting.properties, ...item.properties, ...parties },
  };
}

/** Invitations with large attachments are mail with an iCalendar file. */
const largestMeeting = 25_000_000;

async function mentionsCalendar(content: MimeSource): Promise<boolean> {
  let seen = '';
  let size = 0;
  for await (const chunk of content as AsyncIterable<Uint8Array>) {
    seen = seen.slice(-20) + Buffer.from(chunk).toString('latin1');
    size += chunk.length;
    if (/text\/calendar/i.test(seen)) return true;
    if (size > 4 * longestMessageHead) return false;
  }
  return false;
}

/** Its MIME content has it. */
function withoutBody({ 'item:Body': _body, 'item:TextBody': _text, ...rest }: PropertyBag): PropertyBag {
  return rest;
}
