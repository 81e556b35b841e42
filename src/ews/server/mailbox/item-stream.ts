import { z } from 'zod';
import { copyOfItem } from '../../../organization/index.ts';
import type { Item, Mailbox, MimeSource, NewAttachment, NewItem, PropertyBag } from '../../../organization/index.ts';
import { EwsFault } from '../../codec/ews-fault.ts';
import type { BytesSource } from '../../codec/items/scalar-kinds.ts';
import { collect } from './item-mime.ts';

/**
 * Begins what ExportItems gives: then comes JSON with its length before it (four bytes, the highest first), then the item's
 * bytes in chunks, each with its length, and 0 after the last. Exchange's own format, a FastTransfer stream, is another.
 */
const magic = Buffer.from('HYBRIDGE-ITEM/2\n');

/** More than an item's properties can be. */
const longestFrame = 256 * 1024 * 1024;

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
  mime?: true | undefined;
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
  file?: true | undefined;
  item?: StreamedItem | undefined;
}

const streamedItem: z.ZodType<StreamedItem> = z.lazy(() =>
  z.strictObject({
    itemClass: z.string().min(1).max(255),
    isAssociated: z.boolean().optional(),
    createdAt: z.number().int().optional(),
    properties: z.record(z.string().max(400), json),
    calendar: calendarItem.optional(),
    mime: z.literal(true).optional(),
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
    file: z.literal(true).optional(),
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
  const blobs: MimeSource[] = [];
  const text = Buffer.from(JSON.stringify(describe(item, blobs)));
  yield Buffer.concat([magic, lengthOf(text), text]);
  for (const blob of blobs) {
    for await (const chunk of blob instanceof Uint8Array ? [blob] : blob) if (chunk.length > 0) yield Buffer.concat([lengthOf(chunk), chunk]);
    yield Buffer.alloc(4);
  }
}

/** An item without its bytes, which go to `blobs` in the order in which they will be wanted. */
function describe({ itemClass, isAssociated, createdAt, properties = {}, calendar, mime, attachments = [] }: NewItem, blobs: MimeSource[]): unknown {
  const { id: _, ...event } = (calendar ?? {}) as Record<string, unknown>;
  if (mime !== undefined) blobs.push(mime);
  return {
    itemClass,
    isAssociated,
    createdAt,
    properties: Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, marked(value)])),
    ...(calendar === undefined ? {} : { calendar: event }),
    ...(mime === undefined ? {} : { mime: true }),
    ...(attachments.length === 0 ? {} : { attachments: attachments.map(({ content, ...attachment }) => ({ ...attachment, ...('file' in content ? { file: blobs.push(content.file) > 0 } : { item: describe(content.item, blobs) }) })) }),
  };
}

function lengthOf(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return length;
}

function marked(value: unknown): unknown {
  if (value instanceof Uint8Array) return { $binary: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64') };
  return Array.isArray(value) ? value.map(marked) : value;
}

/**
 * The item in what ExportItems gave. Where that comes as a stream, so do its bytes, which are to be read once, and in order:
 * MIME content, then attachments.
 *
 * @throws EwsFault `ErrorCorruptData` for anything else, such as an export of Exchange; also while its bytes are read
 */
export async function readItemStream(data: BytesSource): Promise<NewItem> {
  const reader = createFrameReader(data instanceof Uint8Array ? [data] : data);
  if (!(await reader.take(magic.length)).equals(magic)) throw corrupt();
  const text = await reader.frame();
  if (text === undefined) throw corrupt();
  let streamed: StreamedItem;
  try {
    streamed = streamedItem.parse(JSON.parse(text.toString()));
  } catch (cause) {
    throw corrupt(cause);
  }
  let blobs = 0;
  let turn = 0;
  const blob = async (): Promise<MimeSource> => {
    const place = blobs++;
    const chunks = (async function* () {
      if (turn !== place) throw corrupt(new Error(`read as ${turn}: ${place}`));
      for (let chunk = await reader.frame(); chunk !== undefined; chunk = await reader.frame()) yield chunk;
      turn += 1;
    })();
    return data instanceof Uint8Array ? collect(chunks) : chunks;
  };
  return newItemOf(streamed, blob, 0);
}

/** Reads bytes with their lengths before them, as many at a time as they were written. */
function createFrameReader(source: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): { take(length: number): Promise<Buffer>; frame(): Promise<Buffer | undefined> } {
  const pieces = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  let held: Uint8Array = Buffer.alloc(0);
  const take = async (length: number): Promise<Buffer> => {
    const taken: Uint8Array[] = [];
    for (let missing = length; missing > 0; ) {
      if (held.length === 0) {
        const next = await pieces.next();
        if (next.done === true) throw corrupt();
        held = next.value;
      }
      taken.push(held.subarray(0, missing));
      missing -= Math.min(missing, held.length);
      held = held.subarray(taken.at(-1)?.length ?? 0);
    }
    return Buffer.concat(taken);
  };
  return {
    take,
    async frame() {
      const length = (await take(4)).readUInt32BE();
      if (length > longestFrame) throw corrupt();
      return length === 0 ? undefined : take(length);
    },
  };
}

async function newItemOf(streamed: StreamedItem, blob: () => Promise<MimeSource>, nesting: number): Promise<NewItem> {
  if (nesting > maximumNesting) throw corrupt();
  const { itemClass, isAssociated, createdAt, properties, calendar, mime, attachments } = streamed;
  const bytes = mime === undefined ? {} : { mime: await blob() };
  const attached: NewAttachment[] = [];
  for (const attachment of attachments ?? []) attached.push(await newAttachmentOf(attachment, blob, nesting));
  return {
    itemClass,
    ...(isAssociated === undefined ? {} : { isAssociated }),
    ...(createdAt === undefined ? {} : { createdAt }),
    properties: Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, unmarked(value)])) as PropertyBag,
    ...(calendar === undefined ? {} : { calendar: calendar as unknown as NonNullable<NewItem['calendar']> }),
    ...bytes,
    ...(attachments === undefined ? {} : { attachments: attached }),
  };
}

async function newAttachmentOf({ file, item, ...rest }: StreamedAttachment, blob: () => Promise<MimeSource>, nesting: number): Promise<NewAttachment> {
  if ((file === undefined) === (item === undefined)) throw corrupt();
  const attachment = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as Omit<NewAttachment, 'content'>;
  return { ...attachment, content: item === undefined ? { file: await blob() } : { item: await newItemOf(item, blob, nesting + 1) } };
}

function unmarked(value: Json): unknown {
  if (Array.isArray(value)) return value.map(unmarked);
  const found = typeof value === 'object' ? bytes.safeParse(value) : undefined;
  return found?.success === true ? new Uint8Array(Buffer.from(found.data.$binary, 'base64')) : value;
}

function corrupt(cause?: unknown): EwsFault {
  return new EwsFault('ErrorCorruptData', 'The data is corrupt, or was not exported by a server of this kind.', { cause });
}
