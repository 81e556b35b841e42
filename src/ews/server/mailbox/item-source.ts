import { createHash } from 'node:crypto';
import { instanceTypeKey, occurrenceBag, textOfHtml } from '../../../organization/index.ts';
import type { Attachment, FolderRights, Item, Mailbox, PropertyBag, Recipient } from '../../../organization/index.ts';
import type { ByteSource } from '../../../xml/index.ts';
import type { Body } from '../../codec/items/body-kind.ts';
import { convertBody } from '../../codec/items/convert-body.ts';
import type { ObjectSource } from '../../codec/items/encode-item.ts';
import { encodeObject } from '../../codec/items/encode-item.ts';
import { elementOfClass, itemTypes } from '../../codec/items/item-types.ts';
import type { ItemElementName } from '../../codec/items/item-types.ts';
import type { ResponseShape } from '../../codec/items/response-shape.ts';
import type { Selection } from '../../codec/items/selection.ts';
import { select } from '../../codec/items/selection.ts';
import { calendarValues, organizes } from './calendar-values.ts';
import { completeName } from './contact-values.ts';
import { effectiveRights } from './folder-source.ts';
import { mimeContent } from './item-mime.ts';
import type { MailboxSession } from './mailbox-session.ts';
import type { WriteContent } from './mailbox-operation.ts';
import { occurrenceId } from './occurrence-id.ts';
import { modifiedOf } from './resolve-item.ts';
import type { Occurrence, ResolvedItem } from './resolve-item.ts';

/** Chooses and writes items of one answer. */
export interface ItemWriter {
  /** Everything that writing needs is looked up before. */
  prepare(resolved: ResolvedItem): Promise<WriteContent>;
}

/** What an item has besides its bag, as far as a selection needs it. */
interface Loaded {
  attachments?: readonly Attachment[];
  mime?: string | ByteSource | undefined;
  rights?: FolderRights;
  owner: Recipient | undefined;
}

/** `withHeavy` false: for lists, which leave out bodies, attachments and recipients. */
export function createItemWriter(session: MailboxSession, shape: ResponseShape, withHeavy: boolean): ItemWriter {
  const selections = new Map<ItemElementName, Selection & { uris: ReadonlySet<string> }>();
  const owners = new Map<string, Promise<Recipient | undefined>>();
  const selectionOf = (element: ItemElementName) => {
    let selection = selections.get(element);
    if (selection === undefined) {
      const chosen = select(itemTypes[element], shape, withHeavy);
      selection = { ...chosen, uris: new Set(chosen.properties.map(({ uri }) => uri)) };
      selections.set(element, selection);
    }
    return selection;
  };
  const ownerOf = (mailbox: Mailbox): Promise<Recipient | undefined> => {
    let owner = owners.get(mailbox.guid);
    if (owner === undefined) {
      owner = session.isOwner(mailbox) ? Promise.resolve(session.actor) : session.services.directory.byGuid(mailbox.guid);
      owners.set(mailbox.guid, owner);
    }
    return owner;
  };
  return {
    async prepare(resolved) {
      const { mailbox, item } = resolved;
      const element = elementOfClass(item.itemClass);
      const selection = selectionOf(element);
      const { uris } = selection;
      const stored = withHeavy && needsContent(selection) ? { ...item.properties, ...(await mailbox.items.content(item.id)).properties } : item.properties;
      const own = occurrenceBag(stored, modifiedOf(resolved));
      const whole = selection.extended.length > 0 ? withBodyTags(own) : own;
      const bag: PropertyBag = resolved.occurrence === undefined ? whole : { ...whole, ...ofOccurrence(resolved.occurrence) };
      const loaded: Loaded = { owner: item.calendar === undefined ? undefined : await ownerOf(mailbox) };
      if (uris.has('item:Attachments')) loaded.attachments = await mailbox.items.attachments(item.id, resolved.occurrence?.originalStart);
      if (uris.has('item:MimeContent')) loaded.mime = await mimeContent(resolved, loaded.owner);
      if (uris.has('item:EffectiveRights')) loaded.rights = await session.rights(mailbox, item.folderId);
      const source = itemSource(resolved, bag, loaded, shape);
      return (writer) => encodeObject(writer, `t:${element}`, selection, source);
    },
  };
}

/** PidTagBody and PidTagHtml ([MS-OXPROPS]), for clients that ask for the body by tag. */
function withBodyTags(bag: PropertyBag): PropertyBag {
  const body = bag['item:Body'] as Body | undefined;
  if (body === undefined) return bag;
  return { '0x1000': body.type === 'Text' ? body.content : textOfHtml(body.content), ...(body.type === 'HTML' ? { '0x1013': Buffer.from(body.content) } : {}), ...bag };
}

/** What one happening has in place of its series' properties, for clients that ask by MAPI names. */
function ofOccurrence({ isException, start, end, subject, location }: Occurrence): PropertyBag {
  return { [instanceTypeKey]: isException ? 3 : 2, 'calendar:Start': start, 'calendar:End': end, 'item:Subject': subject, 'calendar:Location': location };
}

const bodies = new Set(['item:Body', 'item:UniqueBody', 'item:NormalizedBody', 'item:TextBody', 'item:Preview']);

/** What is kept apart for its size is read when anything large is asked for, or extended properties, which may be. */
function needsContent(selection: Selection & { uris: ReadonlySet<string> }): boolean {
  return selection.extended.length > 0 || selection.properties.some(({ uri, isHeavy }) => bodies.has(uri) || (isHeavy && uri !== 'item:Attachments' && uri !== 'item:ResponseObjects' && uri !== 'item:MimeContent'));
}

function itemSource(resolved: ResolvedItem, bag: PropertyBag, loaded: Loaded, shape: ResponseShape): ObjectSource {
  const { item, occurrence } = resolved;
  const values: Record<string, unknown> = {
    'item:ItemId': idOf(resolved),
    'item:ParentFolderId': { id: item.folderId },
    'item:Attachments': loaded.attachments,
    'item:MimeContent': loaded.mime === undefined ? undefined : { content: loaded.mime },
    'item:EffectiveRights': loaded.rights === undefined ? undefined : effectiveRights(loaded.rights),
    'item:ResponseObjects': responseObjects(item, loaded.owner),
    'item:Flag': bag['item:Flag'] ?? { status: 'NotFlagged' },
    'item:InstanceKey': Buffer.from(item.id).toString('base64'),
    'item:ConversationId': conversationId(bag),
    'contacts:CompleteName': completeName(bag),
    'contacts:HasPicture': bag['contacts:HasPicture'] ?? false,
    'contacts:ContactSource': 'Store',
    'task:IsComplete': bag['task:Status'] === 'Completed',
    'task:IsRecurring': bag['task:Recurrence'] !== undefined,
    'task:IsTeamTask': false,
    'task:StatusDescription': typeof bag['task:Status'] !== 'string' ? undefined : bag['task:Status'].replace(/(?<=[a-z])(?=[A-Z])/g, ' '),
    'message:IsReadReceiptRequested': bag['message:IsReadReceiptRequested'] ?? false,
    'message:IsDeliveryReceiptRequested': bag['message:IsDeliveryReceiptRequested'] ?? false,
    'item:IsSubmitted': bag['item:IsSubmitted'] ?? false,
    'item:IsFromMe': bag['item:IsFromMe'] ?? false,
    'item:IsResend': bag['item:IsResend'] ?? false,
    'item:IsUnmodified': bag['item:IsUnmodified'] ?? false,
    ...calendarValues(item, occurrence, loaded.owner),
  };
  const body = bag['item:Body'] as Body | undefined;
  if (body !== undefined) {
    const { bodyType, maximumBodySize } = shape;
    values['item:Body'] = convertBody(body, bodyType, maximumBodySize);
    values['item:UniqueBody'] = values['item:Body'];
    values['item:NormalizedBody'] = convertBody(body, bodyType === 'Best' ? 'HTML' : bodyType, maximumBodySize);
    values['item:TextBody'] = convertBody(body, 'Text', maximumBodySize);
    values['item:Preview'] = (body.type === 'Text' ? body.content : textOfHtml(body.content.slice(0, 4_000))).slice(0, 255).toWellFormed();
  }
  return { bag, value: (uri) => (uri in values ? values[uri] : absentIfEmpty(bag[uri])) };
}

/** An empty text counts as a value only where a client set it so; lists without members are none. */
function absentIfEmpty(value: unknown): unknown {
  return Array.isArray(value) && value.length === 0 ? undefined : value;
}

/** The id of an item or occurrence, with its change key. An occurrence has that of its series, where its changes are kept. */
export function idOf({ item, occurrence }: Pick<ResolvedItem, 'item' | 'occurrence'>): { id: string; changeKey: string } {
  if (occurrence === undefined) return { id: item.id, changeKey: item.changeKey };
  return { id: occurrenceId({ masterId: item.id, originalStart: occurrence.originalStart }), changeKey: item.changeKey };
}

/** Messages of one topic belong together: Exchange also looks at the index, which most mail lacks. */
function conversationId(bag: PropertyBag): { id: string } | undefined {
  const topic = bag['message:ConversationTopic'] ?? bag['item:Subject'];
  if (typeof topic !== 'string') return undefined;
  const normalized = topic.replace(/^(?:\s*(?:re|fw|fwd|aw|wg)\s*:)+\s*/i, '').trim().toLowerCase();
  return { id: createHash('sha256').update('conversation').update(normalized).digest().subarray(0, 24).toString('base64') };
}

function responseObjects(item: Item, owner: Recipient | undefined): readonly string[] {
  const reply = ['ReplyToItem', 'ReplyAllToItem', 'ForwardItem'];
  const answers = ['AcceptItem', 'TentativelyAcceptItem', 'DeclineItem'];
  switch (elementOfClass(item.itemClass)) {
    case 'Message':
      return item.properties['item:IsDraft'] === true ? ['ForwardItem'] : reply;
    case 'MeetingRequest':
      return [...answers, ...reply];
    case 'MeetingCancellation':
      return ['RemoveItem', ...reply];
    case 'MeetingResponse':
      return reply;
    case 'CalendarItem':
      if (item.calendar?.isMeeting !== true) return ['ForwardItem'];
      return organizes(item.properties, item.calendar, owner) ? ['CancelCalendarItem', 'ForwardItem'] : [...answers, ...reply];
    default:
      return ['ForwardItem'];
  }
}
