import type { CalendarItem, ModifiedOccurrence, NewCalendarItem } from '../calendars/calendar-item.ts';
import type { InstantWindow } from '../calendars/expand-item.ts';
import type { Instant } from '../calendars/time-zone.ts';
import type { DeleteType, FolderId, Page, PageRequest } from './folder.ts';
import type { PropertyBag, PropertyKey } from './property.ts';
import type { GroupBy, Restriction, SortBy } from './restriction.ts';

/** Opaque; base64, 36 characters. It stays until the item leaves its folder: a moved item has a new one, as in Exchange. */
export type ItemId = string;

export interface ItemRef {
  id: ItemId;
  /** Another with every change. */
  changeKey: string;
}

export interface Item extends ItemRef {
  folderId: FolderId;
  /** `IPM.Note`, `IPM.Appointment`, `IPM.Schedule.Meeting.Request`, … */
  itemClass: string;
  /** False for folder associated information, which only `traversal: 'Associated'` finds. */
  isAssociated: boolean;
  /**
   * What is stored, and what is computed: `item:DateTimeCreated`, `item:LastModifiedTime` (a second later at least with
   * every change), `item:Size`, `item:HasAttachments`, `message:IsRead`, 0x0e23 (IMAP uid), 0x0e07 (message flags).
   * `item:Body` and what else is large comes with `items.content` only.
   */
  properties: PropertyBag;
  /** Of a calendar item: when it happens. What has a property of its own (`item:Subject`, `calendar:Start`) is there too. */
  calendar?: CalendarItem;
  /** Bytes of the MIME content as it came; absent when the item was not made from MIME. */
  mimeSize?: number;
}

/** MIME content: whole, or in chunks of any size. */
export type MimeSource = Uint8Array | AsyncIterable<Uint8Array>;

export interface NewItem {
  /** Default: `IPM.Appointment` with `calendar`, `IPM.Note` otherwise. */
  itemClass?: string;
  isAssociated?: boolean;
  properties?: PropertyBag;
  /** What a calendar item is made of. Properties that repeat it (`item:Subject`) may be left out; given, they win. */
  calendar?: NewCalendarItem;
  /** Kept byte for byte. Properties are not read from it here: see `readMime`. */
  mime?: MimeSource;
  attachments?: readonly NewAttachment[];
  /** Tells subscribers of new mail, not only of a created item. */
  isNewMail?: boolean;
  /** Milliseconds; default now. Only imports and moves between organisations set it. */
  createdAt?: number;
}

export interface ItemChanges {
  itemClass?: string;
  /** Replaces properties. Of a calendar item, `item:Subject`, `calendar:Start` and the like change `calendar` too. */
  set?: PropertyBag;
  /** Adds to text, lists and bodies (AppendToItemField); the same as `set` where there was nothing. */
  append?: PropertyBag;
  remove?: readonly PropertyKey[];
  /** Merged; what is present with the value `undefined` is removed (`recurrence: undefined` ends a series). */
  calendar?: { [Name in keyof NewCalendarItem]?: NewCalendarItem[Name] | undefined };
  /** New MIME content. Without it, a change of what MIME carries (subject, body, recipients, attachments) drops the old. */
  mime?: MimeSource;
}

/** [MS-OXWSCDATA] ConflictResolutionType. */
export type ConflictResolution = 'NeverOverwrite' | 'AutoResolve' | 'AlwaysOverwrite';

export interface ItemQuery extends PageRequest {
  traversal?: 'Shallow' | 'SoftDeleted' | 'Associated';
  restriction?: Restriction;
  /** Default: newest received first. */
  sortBy?: readonly SortBy[];
  /** Words of a QueryString (AQS) that subject, sender, recipients or body must have. */
  words?: readonly string[];
  /**
   * The page begins with the first entry that it is true of, from the end the last one; where it is true of none the page is
   * empty. In place of `offset`.
   */
  seek?: Restriction;
  groupBy?: GroupBy;
}

export interface NewAttachment {
  name: string;
  contentType?: string;
  contentId?: string;
  contentLocation?: string;
  isInline?: boolean;
  isContactPhoto?: boolean;
  /** Milliseconds; default now. */
  lastModifiedTime?: number;
  /** Of an attachment that one changed occurrence of a series has of its own: when the pattern puts that. */
  originalStart?: Instant;
  /** A file's bytes, or an item attached as a whole. */
  content: { file: MimeSource } | { item: NewItem };
}

/** Which occurrence of a series, and when it happens. */
export type OccurrenceTimes = Pick<ModifiedOccurrence, 'originalStart' | 'start' | 'end'>;

/** Opaque; it names its item, and the occurrence that shows it. */
export type AttachmentId = string;

export interface Attachment extends Omit<NewAttachment, 'content'> {
  id: AttachmentId;
  itemId: ItemId;
  kind: 'file' | 'item';
  size: number;
  isInline: boolean;
  lastModifiedTime: number;
}

/** The parts of an item that are read only when asked for. */
export interface ItemContent {
  /** `item:Body`, and whatever else is kept apart for its size. */
  properties: PropertyBag;
}

export interface AttachedItem {
  itemClass: string;
  properties: PropertyBag;
  calendar?: NewCalendarItem;
  mimeSize?: number;
  /** What is attached to it in turn; `attachmentBytes` and `attachedItem` read it. */
  attachments: readonly Attachment[];
}

/**
 * Items of one mailbox. Methods that take an id throw `ORGANIZATION_ITEM_NOT_FOUND` where there is no such item,
 * `ORGANIZATION_FOLDER_NOT_FOUND` for a folder; all writes throw `ORGANIZATION_MAILBOX_FULL` beyond the quota and
 * `ORGANIZATION_ITEM_TOO_LARGE`.
 */
export interface Items {
  /** @throws OrganizationError also as `calendars.put` does, for a calendar item */
  create(folder: FolderId, item: NewItem): Promise<Item>;
  /** All or none, in one transaction; much faster than one by one. */
  createAll(folder: FolderId, items: readonly NewItem[]): Promise<readonly ItemRef[]>;
  get(id: ItemId): Promise<Item>;
  /** In the order of `ids`; undefined where there is none. */
  getAll(ids: readonly ItemId[]): Promise<readonly (Item | undefined)[]>;
  content(id: ItemId): Promise<ItemContent>;
  /** The same without what only the MIME content says, which is not taken apart for it. */
  contentBesideMime(id: ItemId): Promise<ItemContent & { isFromMime: boolean }>;
  /** The MIME content in chunks; undefined when the item was not made from MIME. */
  mime(id: ItemId): Promise<AsyncIterable<Uint8Array> | undefined>;
  find(folder: FolderId, query: ItemQuery): Promise<Page<Item>>;
  /**
   * Appointments of a folder, a batch at a time, whose time, or time from first to last of a series, touches a window. The
   * cost follows what is found, not the size of the folder.
   */
  inWindow(folder: FolderId, window: InstantWindow): AsyncIterable<readonly Item[]>;
  /** Appointments of the mailbox's own calendar by their iCalendar UID, oldest first: one, or happenings of a series that stand alone. */
  withUid(uid: string): Promise<readonly Item[]>;
  /**
   * @throws OrganizationError `ORGANIZATION_CHANGE_CONFLICT`: with `NeverOverwrite` when `changeKey` is not the present
   *   one; with `AutoResolve` when, besides, one of the same properties was changed meanwhile
   */
  update(id: ItemId, changes: ItemChanges, options?: { changeKey?: string; conflictResolution?: ConflictResolution }): Promise<Item>;
  /**
   * Changes an item by what it is at that very moment: nobody else writes between `decide` and the change, so nothing of
   * what others changed is lost. Undefined changes nothing.
   */
  change(id: ItemId, decide: (present: Item) => Omit<ItemChanges, 'mime'> | undefined): Promise<Item>;
  delete(id: ItemId, type: DeleteType): Promise<void>;
  /** A new id. */
  move(id: ItemId, target: FolderId): Promise<ItemRef>;
  copy(id: ItemId, target: FolderId): Promise<ItemRef>;
  /** All items of a folder. Gives how many changed. */
  markAllRead(folder: FolderId, isRead: boolean): Promise<number>;
  /** Of an occurrence, its own, or those of its series where it has none of its own. */
  attachments(id: ItemId, originalStart?: Instant): Promise<readonly Attachment[]>;
  /**
   * Gives the attachment and its item's new change key. An occurrence that it is added to becomes an exception, which begins
   * with copies of what is attached to the series.
   */
  addAttachment(id: ItemId, attachment: NewAttachment, occurrence?: OccurrenceTimes): Promise<{ attachment: Attachment; changeKey: string }>;
  /** @throws OrganizationError `ORGANIZATION_ATTACHMENT_NOT_FOUND` */
  attachment(id: AttachmentId): Promise<Attachment>;
  attachmentBytes(id: AttachmentId): Promise<AsyncIterable<Uint8Array>>;
  /** @throws OrganizationError `ORGANIZATION_ATTACHMENT_NOT_FOUND`, also for a file */
  attachedItem(id: AttachmentId): Promise<AttachedItem>;
  /**
   * Gives the item's new reference. One that an occurrence shows goes from that occurrence only.
   *
   * @throws OrganizationError `ORGANIZATION_NESTED_ATTACHMENT` for what is attached to an attached item
   */
  removeAttachment(id: AttachmentId, occurrence?: OccurrenceTimes): Promise<ItemRef>;
}
