import type { Recurrence } from '../calendars/recurrence.ts';

/**
 * The name of a property in a bag. One property has one key, whichever way a client asks for it:
 *
 * - the published FieldURI: `item:Subject`, `message:IsRead`, `contacts:DisplayName` (EWS reference, FieldURI);
 * - FieldURI and index for an IndexedFieldURI: `contacts:EmailAddress/EmailAddress1`;
 * - `0x10f3` for a MAPI property tag (four digits, lower case) that has no FieldURI;
 * - `{00062002-0000-0000-c000-000000000046}#0x8216` or `{…}#Name` for a named property (GUID in lower case).
 *
 * `propertyKey` makes one of an extended path and resolves aliases: tag 0x0037 is `item:Subject`.
 */
export type PropertyKey = string;

/** Names an extended property as ExtendedFieldURI does: by tag, or by set and id or name. `set` is a GUID. */
export type ExtendedPropertyPath = { tag: number } | { set: string; id: number } | { set: string; name: string };

/** [MS-OXWSXPROP] MapiPropertyTypeType, and what the well-known properties need besides. */
export type PropertyType =
  | 'String'
  | 'Integer'
  | 'Long'
  | 'Double'
  | 'Boolean'
  | 'SystemTime'
  | 'Binary'
  | 'CLSID'
  | 'StringArray'
  /** Structured: `EmailAddress`, `ItemBody`, `Attendee`s and so on. Cannot be sorted by. */
  | 'Object';

/** [MS-OXWSCDATA] EmailAddressType. `address` is SMTP unless `routingType` says otherwise. */
export interface EmailAddress {
  name?: string;
  address?: string;
  routingType?: string;
  mailboxType?: string;
  itemId?: string;
}

export interface Attendee {
  mailbox: EmailAddress;
  responseType?: 'Unknown' | 'Organizer' | 'Tentative' | 'Accept' | 'Decline' | 'NoResponseReceived';
  /** Milliseconds since 1970. */
  lastResponseTime?: number;
  /** Another time that the attendee proposes. */
  proposedStart?: number;
  proposedEnd?: number;
}

export interface ItemBody {
  type: 'HTML' | 'Text';
  content: string;
}

/**
 * A value in a bag. Times (`SystemTime`) are milliseconds since 1970-01-01T00:00:00Z; `Long` beyond 2^53 is a decimal
 * string; CLSID a string. What is absent is absent: there is no null.
 */
export type PropertyValue =
  | string
  | number
  | boolean
  | Uint8Array
  | readonly string[]
  | readonly number[]
  | readonly Uint8Array[]
  | EmailAddress
  | readonly EmailAddress[]
  | readonly Attendee[]
  | ItemBody
  | Recurrence
  | { readonly [name: string]: unknown }
  | readonly { readonly [name: string]: unknown }[];

export type PropertyBag = Readonly<Record<PropertyKey, PropertyValue>>;
