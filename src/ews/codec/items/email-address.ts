import { findAttribute } from '../../../xml/index.ts';
import type { Attendee, EmailAddress, ItemRef } from '../../../organization/index.ts';
import type { XmlElement, XmlWriter } from '../../../xml/index.ts';
import { readEnumeration, readList, readSequence, required } from '../schema-reader.ts';
import { formatInstant, readDateTime } from './scalar-kinds.ts';
import type { PropertyKind, ReadContext } from './property-kind.ts';

/** MailboxTypeType. */
export const mailboxTypes = ['Unknown', 'OneOff', 'Mailbox', 'PublicDL', 'PrivateDL', 'Contact', 'PublicFolder', 'GroupMailbox'] as const;

/** @throws EwsFault `ErrorSchemaValidation` */
export function decodeEmailAddress(element: XmlElement): EmailAddress {
  const parts = readSequence(element, [
    { name: 'Name', optional: true },
    { name: 'EmailAddress', optional: true },
    { name: 'RoutingType', optional: true },
    { name: 'MailboxType', optional: true },
    { name: 'ItemId', optional: true },
    { name: 'OriginalDisplayName', optional: true },
  ]);
  const text = (name: string): string | undefined => parts[name]?.text.trim() || undefined;
  const [name, address, routingType] = [text('Name'), text('EmailAddress'), text('RoutingType')];
  return {
    ...(name === undefined ? {} : { name }),
    ...(address === undefined ? {} : { address }),
    ...(routingType === undefined ? {} : { routingType }),
    ...(parts['MailboxType'] === undefined ? {} : { mailboxType: readEnumeration(parts['MailboxType'], mailboxTypes, 'MailboxTypeType') }),
  };
}

/** Writes an EmailAddressType under `name`; `itemId` is that of a personal contact. */
export function encodeEmailAddress(writer: XmlWriter, name: string, value: EmailAddress, itemId?: ItemRef): void {
  writer.open(name);
  writer.element('t:Name', value.name ?? value.address);
  writer.element('t:EmailAddress', value.address);
  writer.element('t:RoutingType', value.address === undefined ? undefined : (value.routingType ?? 'SMTP'));
  writer.element('t:MailboxType', value.mailboxType);
  if (itemId !== undefined) writer.element('t:ItemId', '', { Id: itemId.id, ChangeKey: itemId.changeKey });
  writer.close();
}

/** SingleRecipientType. */
export const recipientKind: PropertyKind<EmailAddress> = {
  type: 't:SingleRecipientType',
  read: (element) => decodeEmailAddress(required(element, readSequence(element, [{ name: 'Mailbox' }])['Mailbox'], 'Mailbox')),
  write(writer, name, value) {
    writer.open(name);
    encodeEmailAddress(writer, 't:Mailbox', value);
    writer.close();
  },
};

/** ArrayOfRecipientsType. */
export const recipientsKind: PropertyKind<readonly EmailAddress[]> = {
  type: 't:ArrayOfRecipientsType',
  read: (element) => readList(element, { name: 'Mailbox' }).map(decodeEmailAddress),
  write(writer, name, values) {
    if (values.length === 0) return;
    writer.open(name);
    for (const value of values) encodeEmailAddress(writer, 't:Mailbox', value);
    writer.close();
  },
};

export const responseTypes = ['Unknown', 'Organizer', 'Tentative', 'Accept', 'Decline', 'NoResponseReceived'] as const;

/** NonEmptyArrayOfAttendeesType. */
export const attendeesKind: PropertyKind<readonly Attendee[]> = {
  type: 't:NonEmptyArrayOfAttendeesType',
  read: (element, context) => readList(element, { name: 'Attendee' }).map((child) => decodeAttendee(child, context)),
  write(writer, name, values) {
    if (values.length === 0) return;
    writer.open(name);
    for (const value of values) {
      writer.open('t:Attendee');
      encodeEmailAddress(writer, 't:Mailbox', value.mailbox);
      writer.element('t:ResponseType', value.responseType ?? 'Unknown');
      const instants = [['t:LastResponseTime', value.lastResponseTime], ['t:ProposedStart', value.proposedStart], ['t:ProposedEnd', value.proposedEnd]] as const;
      for (const [element, instant] of instants) writer.element(element, instant === undefined ? undefined : formatInstant(instant));
      writer.close();
    }
    writer.close();
  },
};

function decodeAttendee(element: XmlElement, context: ReadContext): Attendee {
  const parts = readSequence(element, [
    { name: 'Mailbox' },
    { name: 'ResponseType', optional: true },
    { name: 'LastResponseTime', optional: true },
    { name: 'ProposedStart', optional: true },
    { name: 'ProposedEnd', optional: true },
  ]);
  const { ResponseType, LastResponseTime } = parts;
  return {
    mailbox: decodeEmailAddress(required(element, parts['Mailbox'], 'Mailbox')),
    ...(ResponseType === undefined ? {} : { responseType: readEnumeration(ResponseType, responseTypes, 'ResponseTypeType') }),
    ...(LastResponseTime === undefined ? {} : { lastResponseTime: readDateTime(LastResponseTime, context) }),
  };
}

/** One entry of a personal distribution list (MemberType). */
export interface ListMember {
  key?: string;
  mailbox?: EmailAddress;
}

/** MembersListType. Every member that has a mailbox is `Normal`. */
export const membersKind: PropertyKind<readonly ListMember[]> = {
  type: 't:MembersListType',
  read: (element) =>
    readList(element, { name: 'Member' }).map((member) => {
      const parts = readSequence(member, [{ name: 'Mailbox', optional: true }, { name: 'Status', optional: true }]);
      const key = findAttribute(member, 'Key');
      return { ...(key === undefined ? {} : { key }), ...(parts['Mailbox'] === undefined ? {} : { mailbox: decodeEmailAddress(parts['Mailbox']) }) };
    }),
  write(writer, name, values) {
    if (values.length === 0) return;
    writer.open(name);
    for (const { key, mailbox } of values) {
      writer.open('t:Member', { Key: key });
      if (mailbox !== undefined) encodeEmailAddress(writer, 't:Mailbox', mailbox);
      writer.element('t:Status', mailbox === undefined ? 'Unrecognized' : 'Normal');
      writer.close();
    }
    writer.close();
  },
};
