import { meetingPart, withText, writeMessage } from '../organization/index.ts';
import type { EmailAddress, MimeSource, NewItem, PropertyBag, WrittenAttachment } from '../organization/index.ts';
import { fieldName, joinMessage, splitHead, withoutInternalFields } from './smtp/message-head.ts';

/**
 * A message as MIME content for those elsewhere: as it came, but without hidden recipients and with the fields that a
 * message in transit must have (RFC 5322 §3.6), or written from its properties, with an iCalendar part for one about a
 * meeting.
 */
export async function outgoingMessage(item: NewItem): Promise<AsyncIterable<Uint8Array>> {
  const { 'message:BccRecipients': _hidden, ...bag } = withText(item.properties ?? {});
  if (item.mime !== undefined) return withOwnFields(item.mime, bag);
  const { calendar, itemClass = 'IPM.Note' } = item;
  const part = calendar === undefined ? undefined : meetingPart(itemClass, calendar, bag);
  const id = bag['message:InternetMessageId'];
  return chunks(await writeMessage(bag, await attachmentsOf(item), typeof id === 'string' ? id : 'message', part));
}

async function withOwnFields(mime: MimeSource, bag: PropertyBag): Promise<AsyncIterable<Uint8Array>> {
  const { fields, rest } = await splitHead(withLineEnds(mime instanceof Uint8Array ? chunks(mime) : mime));
  const has = new Set(fields.map(fieldName));
  const from = bag['message:From'] as EmailAddress | undefined;
  const sent = bag['item:DateTimeSent'];
  const id = bag['message:InternetMessageId'];
  const added = [
    ...(has.has('from') || from?.address === undefined ? [] : [`From: <${from.address}>`]),
    ...(has.has('date') || typeof sent !== 'number' ? [] : [`Date: ${new Date(sent).toUTCString().replace('GMT', '+0000')}`]),
    ...(has.has('message-id') || typeof id !== 'string' ? [] : [`Message-ID: ${id.replace(/[\r\n]/g, '')}`]),
  ];
  return joinMessage([...withoutInternalFields(fields).filter((field) => !['bcc', 'resent-bcc', 'return-path'].includes(fieldName(field))), ...added], rest);
}

/** Content that a client brought may have any line ends; mail in transit has CRLF (RFC 5321 §2.3.8). */
async function* withLineEnds(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let last = 0;
  for await (const chunk of source) {
    if (!chunk.includes(0x0a) && !chunk.includes(0x0d) && last !== 0x0d) {
      if (chunk.length > 0) last = chunk.at(-1) ?? 0;
      yield chunk;
      continue;
    }
    const text = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1');
    // What was a CR at the end of the last chunk has been held back.
    const whole = last === 0x0d ? `\r${text}` : text;
    const held = whole.endsWith('\r');
    last = held ? 0x0d : (chunk.at(-1) ?? 0);
    yield Buffer.from((held ? whole.slice(0, -1) : whole).replace(/\r\n|\r|\n/g, '\r\n'), 'latin1');
  }
  if (last === 0x0d) yield Buffer.from('\r\n');
}

async function attachmentsOf({ attachments = [] }: NewItem): Promise<readonly WrittenAttachment[]> {
  const written: WrittenAttachment[] = [];
  for (const { name, contentType, contentId, isInline, content } of attachments) {
    if ('file' in content) {
      written.push({ name, content: await collect(content.file), ...(contentType === undefined ? {} : { contentType }), ...(contentId === undefined ? {} : { contentId }), ...(isInline === undefined ? {} : { isInline }) });
    } else {
      const inner = content.item;
      written.push({ name: `${name}.eml`, contentType: 'message/rfc822', content: inner.mime === undefined ? await collect(await outgoingMessage(inner)) : await collect(inner.mime) });
    }
  }
  return written;
}

/** All bytes of a source; what a mailbox keeps has a limit already. */
export async function collect(source: MimeSource): Promise<Buffer> {
  if (source instanceof Uint8Array) return Buffer.from(source.buffer, source.byteOffset, source.length);
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
}

const chunkSize = 256 * 1024;

async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkSize) yield bytes.subarray(at, at + chunkSize);
}
