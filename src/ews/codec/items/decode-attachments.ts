import type { TimeZone } from '../../../organization/index.ts';
import type { XmlElement } from '../../../xml/index.ts';
import { schemaViolation } from '../ews-fault.ts';
import { typesNamespace } from '../namespaces.ts';
import { readBoolean, walkSequence } from '../schema-reader.ts';
import type { DecodedAttachment, DecodedItem } from './decoded-item.ts';
import { isItemElement, itemTypes } from './item-types.ts';
import type { ItemElementName } from './item-types.ts';
import { readBase64Source, readDateTime } from './scalar-kinds.ts';

/** Reads an attached item; handed in, because items hold attachments in turn. */
type DecodeItem = (element: XmlElement, name: ItemElementName, zone: TimeZone) => DecodedItem;

const common = ['AttachmentId', 'Name', 'ContentType', 'ContentId', 'ContentLocation', 'AttachmentOriginalUrl', 'Size', 'LastModifiedTime', 'IsInline'].map((name) => ({ name, optional: true as const }));
const fileMembers = [...common, ...['IsContactPhoto', 'Content'].map((name) => ({ name, optional: true as const }))];
const itemMembers = [...common, ...Object.keys(itemTypes).map((name) => ({ name, optional: true as const }))];

/**
 * Reads a list of attachments ([MS-OXWSATT] §2.2.4.3). An attached item may carry attachments of its own.
 *
 * @throws EwsFault `ErrorSchemaValidation`
 */
export function decodeAttachments(element: XmlElement, zone: TimeZone, decodeItem: DecodeItem): readonly DecodedAttachment[] {
  return element.children.map((child) => decodeAttachment(child, zone, decodeItem));
}

/** @throws EwsFault `ErrorSchemaValidation`, also for a ReferenceAttachment, which is not kept here */
function decodeAttachment(element: XmlElement, zone: TimeZone, decodeItem: DecodeItem): DecodedAttachment {
  const isFile = element.local === 'FileAttachment';
  if (element.namespace !== typesNamespace || (!isFile && element.local !== 'ItemAttachment')) {
    throw schemaViolation(element, `The element '${element.local}' in namespace '${element.namespace}' is no attachment. List of possible elements expected: 'ItemAttachment, FileAttachment' in namespace '${typesNamespace}'.`);
  }
  const parts = new Map<string, XmlElement>();
  let item: { element: XmlElement; name: ItemElementName } | undefined;
  walkSequence(element, isFile ? fileMembers : itemMembers, (child, { name }) => {
    if (isItemElement(name)) item = { element: child, name };
    else parts.set(name, child);
  });
  const text = (name: string): string | undefined => parts.get(name)?.text.trim() || undefined;
  const flag = (name: string): boolean | undefined => {
    const part = parts.get(name);
    return part === undefined ? undefined : readBoolean(part);
  };
  const [contentType, contentId, contentLocation] = [text('ContentType'), text('ContentId'), text('ContentLocation')];
  const [isInline, isContactPhoto] = [flag('IsInline'), flag('IsContactPhoto')];
  const time = parts.get('LastModifiedTime');
  const content = parts.get('Content');
  return {
    name: parts.get('Name')?.text ?? '',
    ...(contentType === undefined ? {} : { contentType }),
    ...(contentId === undefined ? {} : { contentId }),
    ...(contentLocation === undefined ? {} : { contentLocation }),
    ...(isInline === undefined ? {} : { isInline }),
    ...(isContactPhoto === undefined ? {} : { isContactPhoto }),
    ...(time === undefined ? {} : { lastModifiedTime: readDateTime(time, { zone }) }),
    content: item === undefined ? { file: content === undefined ? Buffer.alloc(0) : readBase64Source(content) } : { item: decodeItem(item.element, item.name, zone) },
  };
}
