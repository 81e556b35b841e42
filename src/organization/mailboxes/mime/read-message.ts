import PostalMime, { addressParser, decodeWords } from 'postal-mime';
import type { Address, Email } from 'postal-mime';
import type { EmailAddress, PropertyBag, PropertyKey, PropertyValue } from '../property.ts';
import { readHeadFields } from './read-head-fields.ts';

/** Bytes at the beginning in which a head must end; what comes later is not read as head. */
export const longestHead = 256 * 1024;

/** Bytes that are searched for attachments when a message comes in. */
const searched = 1024 * 1024;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

export interface MessageHead {
  itemClass: string;
  properties: PropertyBag;
}

export interface MessagePart {
  name: string;
  contentType: string;
  contentId?: string;
  isInline: boolean;
  /** Of a message attached as a whole: it is read as such. */
  isMessage: boolean;
  content: Uint8Array;
}

export interface MessageContent {
  /** `item:Body`, `item:InternetMessageHeaders`. */
  properties: PropertyBag;
  parts: readonly MessagePart[];
}

/**
 * What a message's head says, and whether something is attached. Of a broken message that is what could be read; nothing
 * is refused, as what was received must be kept.
 *
 * @param start the message, or its first part, `longestHead` bytes at least where it is longer
 */
export function readMessageHead(start: Uint8Array): MessageHead {
  const bytes = Buffer.from(start.buffer, start.byteOffset, start.byteLength);
  const fields = readHeadFields(bytes.subarray(0, headLength(bytes)));
  const header = (name: string): string => fields.get(name)?.[0] ?? '';
  const people = (name: string): EmailAddress[] => (fields.get(name) ?? []).flatMap((value) => peopleOf(addressParser(value)));
  const person = (name: string): EmailAddress | undefined => peopleOf(addressParser(header(name))[0])[0];
  const words = (name: string): string => clean(decodeWords(header(name)));
  const contentType = header('content-type').toLowerCase();
  const properties: Record<PropertyKey, PropertyValue> = {};
  const put = (key: PropertyKey, value: PropertyValue | undefined): void => {
    if (value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)) properties[key] = value;
  };
  const from = person('from');
  const sender = person('sender');
  const subject = words('subject');
  put('item:Subject', subject);
  put('message:From', from ?? sender);
  put('message:Sender', sender ?? from);
  put('message:ToRecipients', people('to'));
  put('message:CcRecipients', people('cc'));
  put('message:BccRecipients', people('bcc'));
  put('message:ReplyTo', people('reply-to'));
  put('message:InternetMessageId', words('message-id').slice(0, 2000));
  put('message:References', words('references'));
  put('item:InReplyTo', words('in-reply-to'));
  put('message:ConversationTopic', subject.replace(/^(?:\s*(?:re|fwd?|aw|wg)\s*:\s*)+/i, ''));
  const sent = instantOf(header('date'));
  put('item:DateTimeSent', sent);
  // The latest relay wrote the first Received field, with the time after the last semicolon (RFC 5321 §4.4).
  const received = header('received');
  put('item:DateTimeReceived', (received === '' ? undefined : instantOf(received.slice(received.lastIndexOf(';') + 1))) ?? sent);
  put('item:Importance', importanceOf(header('importance'), header('x-priority')));
  put('item:Sensitivity', ({ personal: 'Personal', private: 'Private', 'company-confidential': 'Confidential' } as const)[header('sensitivity').toLowerCase() as 'personal']);
  if (header('disposition-notification-to') !== '') put('message:IsReadReceiptRequested', true);
  put('item:HasAttachments', hasAttachments(bytes, contentType));
  return { itemClass: itemClassOf(contentType), properties };
}

/** A message's body, header fields and attached parts. Of a broken one, what could be read. */
export async function readMessageContent(bytes: Uint8Array): Promise<MessageContent> {
  const email = await parse(bytes);
  // What cannot be taken apart is its own text.
  if (email === undefined) return { properties: { 'item:Body': { type: 'Text', content: Buffer.from(bytes).toString('latin1').slice(0, 1_000_000) } }, parts: [] };
  const body = email.html === undefined ? { type: 'Text', content: email.text ?? '' } : { type: 'HTML', content: email.html };
  const headers = email.headers.map(({ originalKey, value }) => [originalKey, value]);
  return {
    properties: { 'item:Body': body, 'item:InternetMessageHeaders': headers as unknown as PropertyValue, ...(email.html !== undefined && email.text !== undefined ? { 'item:TextBody': { type: 'Text', content: email.text } } : {}) },
    parts: partsOf(email),
  };
}

/** What is attached to a message, in its order. */
export function partsOf(email: Email): readonly MessagePart[] {
  return email.attachments.map((part, index) => ({
    name: part.filename ?? (part.mimeType === 'message/rfc822' ? 'message.eml' : `ATT${String(index + 1).padStart(5, '0')}`),
    contentType: part.mimeType,
    ...(part.contentId === undefined ? {} : { contentId: part.contentId.replace(/^<|>$/g, '') }),
    isInline: part.related === true,
    isMessage: part.mimeType === 'message/rfc822',
    content: typeof part.content === 'string' ? Buffer.from(part.content) : new Uint8Array(part.content),
  }));
}

async function parse(bytes: Uint8Array): Promise<Email | undefined> {
  try {
    return await PostalMime.parse(bytes, { forceRfc822Attachments: true });
  } catch {
    return undefined;
  }
}

/** Bytes up to the first empty line, or up to two carriage returns of an old kind of file. */
function headLength(bytes: Buffer): number {
  const length = Math.min(bytes.length, longestHead);
  let end = length;
  for (let feed = bytes.indexOf(lineFeed); feed !== -1 && feed < length; feed = bytes.indexOf(lineFeed, feed + 1)) {
    if (bytes[feed + 1] === lineFeed || (bytes[feed + 1] === carriageReturn && bytes[feed + 2] === lineFeed)) {
      end = feed + 1;
      break;
    }
  }
  const old = bytes.subarray(0, end).indexOf('\r\r');
  return old === -1 ? end : old + 1;
}

function peopleOf(addresses: Address | readonly Address[] | undefined): EmailAddress[] {
  if (addresses === undefined) return [];
  const list = Array.isArray(addresses) ? (addresses as readonly Address[]) : [addresses as Address];
  return list.flatMap((entry) => {
    if (entry.group !== undefined) return peopleOf(entry.group);
    const [name, address] = [clean(entry.name ?? ''), clean(entry.address ?? '')];
    if (name === '' && address === '') return [];
    return [{ name: name === '' ? address : name, ...(address === '' ? {} : { address, routingType: 'SMTP' }) }];
  });
}

/** No control characters: XML cannot carry them. */
function clean(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').trim();
}

function instantOf(date: string): number | undefined {
  const instant = Date.parse(date.replace(/\([^()]*\)/g, ' ').trim());
  // What no EWS client could read is as good as absent.
  return Number.isNaN(instant) || instant < -11_644_473_600_000 || instant > 253_402_300_799_000 ? undefined : instant;
}

function importanceOf(importance: string, priority: string): string | undefined {
  const word = importance.toLowerCase();
  if (word === 'high' || word === 'low') return word === 'high' ? 'High' : 'Low';
  if (word !== '') return 'Normal';
  const level = Number.parseInt(priority, 10);
  if (Number.isNaN(level)) return undefined;
  return level < 3 ? 'High' : level > 3 ? 'Low' : 'Normal';
}

/** Message classes of what is not plain mail ([MS-OXOSMIME], [MS-OXCMAIL] 2.2.3.2). */
function itemClassOf(contentType: string): string {
  if (contentType.startsWith('multipart/signed')) return 'IPM.Note.SMIME.MultipartSigned';
  if (/^application\/(x-)?pkcs7-mime/.test(contentType)) return 'IPM.Note.SMIME';
  if (contentType.startsWith('multipart/report')) {
    if (contentType.includes('disposition-notification')) return 'REPORT.IPM.Note.IPNRN';
    if (contentType.includes('delivery-status')) return 'REPORT.IPM.Note.NDR';
  }
  return 'IPM.Note';
}

/** Found without taking the message apart: a part that says that it is attached, or has a name and is not inline. */
function hasAttachments(bytes: Buffer, contentType: string): boolean {
  if (!contentType.startsWith('multipart/')) return contentType !== '' && !/^(?:text|multipart)\b/.test(contentType);
  const text = bytes.toString('latin1', 0, searched);
  if (/^content-disposition:\s*"?attachment/im.test(text)) return true;
  // Beside HTML in multipart/related, parts that are not text are pictures of the body.
  if (/^content-type:\s*multipart\/related/im.test(text) && /^content-type:\s*text\/html/im.test(text)) return false;
  return /^content-type:\s*(?!text\/|multipart\/|application\/pkcs7-signature|application\/pgp-signature)\w+\//im.test(text.slice(headLength(bytes)));
}
