import type { PropertyBag, Recurrence } from '../../../organization/index.ts';
import type { BytesSource } from './scalar-kinds.ts';
import type { ItemElementName } from './item-types.ts';
import type { ItemTimeZone } from './time-zone-kinds.ts';

/** An item as a client sends it. */
export interface DecodedItem {
  element: ItemElementName;
  properties: PropertyBag;
  /** `item:MimeContent`. */
  mime?: BytesSource;
  /** Of a calendar item: `StartTimeZone`, else `MeetingTimeZone`. */
  timeZone?: ItemTimeZone;
  /** Of a calendar item. */
  recurrence?: Recurrence;
  attachments: readonly DecodedAttachment[];
  /** FieldURI of a property that only the server sets, where one was sent. */
  readOnlyProperty?: string;
}

/** An attachment as a client sends it. */
export interface DecodedAttachment {
  name: string;
  contentType?: string;
  contentId?: string;
  contentLocation?: string;
  isInline?: boolean;
  isContactPhoto?: boolean;
  lastModifiedTime?: number;
  content: { file: BytesSource } | { item: DecodedItem };
}
