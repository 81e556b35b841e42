import MailComposer from 'nodemailer/lib/mail-composer';
import type { EmailAddress, ItemBody, PropertyBag, PropertyValue } from '../property.ts';

export interface WrittenAttachment {
  name: string;
  contentType?: string;
  contentId?: string;
  isInline?: boolean;
  /** Of a message (`message/rfc822`), its MIME content: it stands in the other as it is. */
  content: Uint8Array;
}

/** The iCalendar object of a meeting message. */
export interface CalendarPart {
  method: 'REQUEST' | 'REPLY' | 'COUNTER' | 'CANCEL';
  text: string;
}

/**
 * A message as MIME content (RFC 5322, RFC 2045), for one that was made from properties. The same properties give the
 * same bytes.
 *
 * @param boundary text of this item alone, such as its id: boundaries are made of it
 */
export function writeMessage(properties: PropertyBag, attachments: readonly WrittenAttachment[], boundary: string, calendar?: CalendarPart): Promise<Buffer> {
  const body = properties['item:Body'] as ItemBody | undefined;
  const text = properties['item:TextBody'] as ItemBody | undefined;
  const sent = properties['item:DateTimeSent'] ?? properties['item:DateTimeReceived'] ?? properties['item:DateTimeCreated'];
  const headers: { key: string; value: string }[] = [];
  const header = (key: string, value: PropertyValue | undefined): void => {
    if (typeof value === 'string' && value !== '') headers.push({ key, value });
  };
  const [from, sender] = [properties['message:From'], properties['message:Sender']] as readonly (EmailAddress | undefined)[];
  const isOnBehalf = from?.address !== undefined && sender?.address !== undefined && from.address.toLowerCase() !== sender.address.toLowerCase();
  header('Thread-Topic', properties['message:ConversationTopic']);
  if (properties['item:Sensitivity'] !== 'Normal') header('Sensitivity', properties['item:Sensitivity'] === 'Confidential' ? 'Company-Confidential' : properties['item:Sensitivity']);
  const importance = properties['item:Importance'];
  if (importance === 'High' || importance === 'Low') header('Importance', importance);
  const composer = new MailComposer({
    ...people('from', properties['message:From'] ?? properties['message:Sender']),
    ...(isOnBehalf ? people('sender', sender) : {}),
    ...people('to', properties['message:ToRecipients']),
    ...people('cc', properties['message:CcRecipients']),
    ...people('bcc', properties['message:BccRecipients']),
    ...people('replyTo', properties['message:ReplyTo']),
    ...texts('subject', properties['item:Subject']),
    ...texts('messageId', properties['message:InternetMessageId']),
    ...texts('inReplyTo', properties['item:InReplyTo']),
    ...texts('references', properties['message:References']),
    date: new Date(typeof sent === 'number' ? sent : 0),
    headers,
    ...(body?.type === 'HTML' ? { html: body.content } : {}),
    ...(body === undefined || body.type === 'Text' ? { text: body?.content ?? '' } : {}),
    ...(body?.type === 'HTML' && text !== undefined ? { text: text.content } : {}),
    attachments: attachments.map(({ name, contentType, contentId, isInline, content }) => ({
      filename: name,
      content: Buffer.from(content),
      contentDisposition: isInline === true ? 'inline' : 'attachment',
      ...(contentType === undefined ? {} : { contentType }),
      ...(contentId === undefined ? {} : { cid: contentId }),
    })),
    ...(calendar === undefined ? {} : { alternatives: [{ contentType: `text/calendar; charset=utf-8; method=${calendar.method}`, content: calendar.text }] }),
    // Nothing is fetched, whatever a property says.
    disableFileAccess: true,
    disableUrlAccess: true,
    baseBoundary: boundary.replace(/[^A-Za-z0-9]/g, '').slice(0, 40),
    newline: 'windows',
  });
  const message = composer.compile();
  message.keepBcc = true;
  return message.build();
}

function people(name: 'from' | 'sender' | 'to' | 'cc' | 'bcc' | 'replyTo', value: PropertyValue | undefined): Record<string, { name: string; address: string }[]> {
  if (value === undefined) return {};
  const list = (Array.isArray(value) ? value : [value]) as readonly EmailAddress[];
  const named = list.filter(({ address }) => address !== undefined && address !== '').map((person) => ({ name: person.name === person.address ? '' : (person.name ?? ''), address: person.address ?? '' }));
  return named.length === 0 ? {} : { [name]: named };
}

function texts(name: string, value: PropertyValue | undefined): Record<string, string> {
  return typeof value === 'string' && value !== '' ? { [name]: value } : {};
}
