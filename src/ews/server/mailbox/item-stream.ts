import { z } from 'zod';
import type { Item, Mailbox, MimeSource, NewAttachment, NewItem, PropertyBag } from '../../../organization/index.ts';
import { base64Of } from '../../../xml/index.ts';
import { EwsFault } from '../../codec/ews-fault.ts';
import { copyOfItem } from './stored-message.ts';

/** Begins what ExportItems gives. Exchange's own format, a FastTransfer stream, is another. */
const magic = Buffer.from('HYBRIDGE-ITEM/1\n');
const maximumNesting = 16;

const bytes = z.strictObject({ $binary: z.base64() });
type Json = string | number | boolean | Json[] | { [key: string]: Json };
const json: z.ZodType<Json> = z.lazy(() => z.union([z.string(), z.number(), z.boolean(), z.array(json), z.record(z.string(), json)]));

interface StreamedItem {
  itemClass: string;
  isAssociated?: boolean | undefined;
  createdAt?: number | undefined;
  properties: Record<string, Json>;
  calendar?: Record<string, Json> | undefined;
  mime?: string | undefined;
  attachments?: StreamedAttachment[] | undefined;
}

interface StreamedAttachment {
  name: string;
  contentType?: string | undefined;
  contentId?: string | undefined;
  contentLocation?: string | undefined;
  isInline?: boolean | undefined;
  isContactPhoto?: boolean | undefined;
  lastModifiedTime?: number | undefined;
  originalStart?: number | undefined;
  file?: string | undefined;
  item?: StreamedItem | undefined;
}

const streamedItem: z.ZodType<StreamedItem> = z.lazy(() =>
  z.strictObject({
    itemClass: z.string().min(1).max(255),
    isAssociated: z.boolean().optional(),
    createdAt: z.number().int().optional(),
    properties: z.record(z.string().max(400), json),
    calendar: calendarItem.optional(),
    mime: z.base64().optional(),
    attachments: z.array(streamedAttachment).max(1_000).optional(),
  }),
);

const streamedAttachment: z.ZodType<StreamedAttachment> = z.lazy(() =>
  z.strictObject({
    name: z.string().max(1_000),
    contentType: z.string().max(500).optional(),
    contentId: z.string().max(1_000).optional(),
    contentLocation: z.string().max(4_000).optional(),
    isInline: z.boolean().optional(),
    isContactPhoto: z.boolean().optional(),
    lastModifiedTime: z.number().int().optional(),
    originalStart: z.number().int().optional(),
    file: z.base64().optional(),
    item: streamedItem.optional(),
  }),
);

const instant = z.number().int();
const details = {
  subject: z.string(),
  location: z.string(),
  freeBusyStatus: z.enum(['Free', 'Tentative', 'Busy', 'OOF', 'WorkingElsewhere', 'NoData']),
  sensitivity: z.enum(['Normal', 'Personal', 'Private', 'Confidential']),
  isAllDay: z.boolean(),
  isMeeting: z.boolean(),
  isReminderSet: z.boolean(),
};
const calendarItem: z.ZodType<Record<string, Json>> = z.strictObject({
  uid: z.string().min(1),
  start: instant,
  end: instant,
  timeZone: z.string(),
  timeZoneRules: z.array(z.record(z.string(), json)).max(500).optional(),
  recurrence: z.strictObject({ pattern: z.record(z.string(), json), range: z.record(z.string(), json) }).optional(),
  modifiedOccurrences: z.array(z.strictObject({ originalStart: instant, start: instant, end: instant, ...z.object({ ...details, hasOwnBody: z.boolean(), hasAttachments: z.boolean() }).partial().shape })).max(10_000).optional(),
  deletedOccurrences: z.array(instant).max(10_000).optional(),
  addedOccurrences: z.array(z.strictObject({ start: instant, end: instant })).max(10_000).optional(),
  ...details,
}) as unknown as z.ZodType<Record<string, Json>>;

/** An item with all that belongs to it, as bytes that are read and written piece by piece. */
export async function itemStream(mailbox: Mailbox, item: Item): Promise<AsyncIterable<Buffer>> {
  const copy = await copyOfItem(mailbox, item);
  const createdAt = item.properties['item:DateTimeCreated'];
  return pieces({ ...copy, isAssociated: item.isAssociated, ...(typeof createdAt === 'number' ? { createdAt } : {}) });
}

async function* pieces(item: NewItem): AsyncGenerator<Buffer, void, undefined> {
  yield magic;
  yield* jsonOf(item);
}

/** JSON of an item, its bytes among it as base64. */
async function* jsonOf({ itemClass, isAssociated, createdAt, properties = {}, calendar, mime, attachments = [] }: NewItem): AsyncGenerator<Buffer, void, undefined> {
  const { id: _, ...event } = (calendar ?? {}) as Record<string, unknown>;
  const short = { itemClass, isAssociated, createdAt, properties: Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, marked(value)])), ...(calendar === undefined ? {} : { calendar: event }) };
  yield begun(short);
  if (mime !== undefined) yield* member('mime', mime);
  if (attachments.length > 0) yield Buffer.from(',"attachments":[');
  for (const [index, { content, ...attachment }] of attachments.entries()) {
    if (index > 0) yield Buffer.from(',');
    yield begun(attachment);
    if ('file' in content) yield* member('file', content.file);
    else {
      yield Buffer.from(',"item":');
      yield* jsonOf(content.item);
    }
    yield Buffer.from('}');
  }
  if (attachments.length > 0) yield Buffer.from(']');
  yield Buffer.from('}');
}

/** An object that has members already, to which more are added. */
function begun(members: Readonly<Record<string, unknown>>): Buffer {
  return Buffer.from(JSON.stringify(members).slice(0, -1));
}

async function* member(name: string, bytes: MimeSource): AsyncGenerator<Buffer, void, undefined> {
  yield Buffer.from(`,"${name}":"`);
  yield* base64Of(bytes instanceof Uint8Array ? one(bytes) : bytes);
  yield Buffer.from('"');
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}

function marked(value: unknown): unknown {
  if (value instanceof Uint8Array) return { $binary: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64') };
  return Array.isArray(value) ? value.map(marked) : value;
}

/**
 * The item in what ExportItems gave.
 *
 * @throws EwsFault `ErrorCorruptData` for anything else, such as an export of Exchange
 */
export function readItemStream(data: Buffer): NewItem {
  if (!data.subarray(0, magic.length).equals(magic)) throw corrupt();
  try {
    return newItemOf(streamedItem.parse(JSON.parse(data.toString('utf8', magic.length))), 0);
  } catch (cause) {
    throw cause instanceof EwsFault ? cause : corrupt(cause);
  }
}

function newItemOf(streamed: StreamedItem, nesting: number): NewItem {
  if (nesting > maximumNesting) throw corrupt();
  const { itemClass, isAssociated, createdAt, properties, calendar, mime, attachments } = streamed;
  return {
    itemClass,
    ...(isAssociated === undefined ? {} : { isAssociated }),
    ...(createdAt === undefined ? {} : { createdAt }),
    properties: Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, unmarked(value)])) as PropertyBag,
    ...(calendar === undefined ? {} : { calendar: calendar as unknown as NonNullable<NewItem['calendar']> }),
    ...(mime === undefined ? {} : { mime: Buffer.from(mime, 'base64') }),
    ...(attachments === undefined ? {} : { attachments: attachments.map((attachment) => newAttachmentOf(attachment, nesting)) }),
  };
}

function newAttachmentOf({ file, item, ...rest }: StreamedAttachment, nesting: number): NewAttachment {
  const attachment = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as Omit<NewAttachment, 'content'>;
  return { ...attachment, content: item === undefined ? { file: Buffer.from(file ?? '', 'base64') } : { item: newItemOf(item, nesting + 1) } };
}

function unmarked(value: Json): unknown {
  if (Array.isArray(value)) return value.map(unmarked);
  const found = typeof value === 'object' ? bytes.safeParse(value) : undefined;
  return found?.success === true ? new Uint8Array(Buffer.from(found.data.$binary, 'base64')) : value;
}

function corrupt(cause?: unknown): EwsFault {
  return new EwsFault('ErrorCorruptData', 'The data is corrupt, or was not exported by a server of this kind.', { cause });
}
