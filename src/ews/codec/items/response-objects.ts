import type { PropertyBag, PropertyValue } from '../../../organization/index.ts';
import type { XmlElement } from '../../../xml/index.ts';
import { typesNamespace } from '../namespaces.ts';
import type { ItemReference } from '../references.ts';
import { decodeItemReference } from '../references.ts';
import { readSequence, required } from '../schema-reader.ts';
import { utc } from '../utc.ts';
import type { Body } from './body-kind.ts';
import { bodyKind } from './body-kind.ts';
import { readDateTime } from './scalar-kinds.ts';
import { itemProperty } from './item-types.ts';

const names = ['ReplyToItem', 'ReplyAllToItem', 'ForwardItem', 'AcceptItem', 'TentativelyAcceptItem', 'DeclineItem', 'CancelCalendarItem', 'RemoveItem', 'SuppressReadReceipt'] as const;
export type ResponseObjectName = (typeof names)[number];

export function isResponseObject(name: string): name is ResponseObjectName {
  return (names as readonly string[]).includes(name);
}

/** A response object as a client sends it. */
export interface DecodedResponse {
  name: ResponseObjectName;
  reference: ItemReference;
  /** What of the new message the client says itself. */
  properties: PropertyBag;
  /** Goes before the quoted original. */
  newBody?: Body;
}

const members = {
  smart: ['Subject', 'Body', 'ToRecipients', 'CcRecipients', 'BccRecipients', 'IsReadReceiptRequested', 'IsDeliveryReceiptRequested', 'From', 'ReferenceItemId', 'NewBodyContent', 'IsSpecificMessageReply'],
  meeting: ['ItemClass', 'Sensitivity', 'Body', 'Attachments', 'InternetMessageHeaders', 'Sender', 'ToRecipients', 'CcRecipients', 'BccRecipients', 'IsReadReceiptRequested', 'IsDeliveryReceiptRequested', 'From', 'ReferenceItemId', 'ProposedStart', 'ProposedEnd'],
  reference: ['ReferenceItemId'],
} as const;

const kept = ['item:Subject', 'item:Sensitivity', 'item:Body', 'message:ToRecipients', 'message:CcRecipients', 'message:BccRecipients', 'message:IsReadReceiptRequested', 'message:IsDeliveryReceiptRequested', 'message:From'];

/** @throws EwsFault `ErrorSchemaValidation` */
export function decodeResponseObject(element: XmlElement, name: ResponseObjectName): DecodedResponse {
  const isMeeting = name === 'AcceptItem' || name === 'TentativelyAcceptItem' || name === 'DeclineItem';
  const list = isMeeting ? members.meeting : name === 'RemoveItem' || name === 'SuppressReadReceipt' ? members.reference : members.smart;
  const parts = readSequence(element, list.map((member) => ({ name: member, namespace: typesNamespace, optional: true })));
  const properties: Record<string, PropertyValue> = {};
  for (const uri of kept) {
    const part = parts[uri.slice(uri.indexOf(':') + 1)];
    const property = itemProperty(uri);
    if (part !== undefined && property !== undefined) properties[uri] = property.kind.read(part, { zone: utc }) as PropertyValue;
  }
  for (const name of ['ProposedStart', 'ProposedEnd'] as const) if (parts[name] !== undefined) properties[`meeting:${name}`] = readDateTime(parts[name], { zone: utc });
  const newBody = parts['NewBodyContent'];
  return {
    name,
    reference: decodeItemReference(required(element, parts['ReferenceItemId'], 'ReferenceItemId')),
    properties,
    ...(newBody === undefined ? {} : { newBody: bodyKind.read(newBody, { zone: utc }) }),
  };
}

