import type { EmailAddress } from '../../organization/index.ts';
import { findAttribute, findChild } from '../../xml/index.ts';
import type { XmlElement } from '../../xml/index.ts';
import { schemaViolation } from './ews-fault.ts';
import { decodeEmailAddress } from './items/email-address.ts';
import { messagesNamespace, typesNamespace } from './namespaces.ts';
import { invalidValue } from './schema-reader.ts';

/** How a client names a folder. */
export type FolderReference = { id: string; changeKey?: string } | { distinguished: string; mailbox?: EmailAddress };

/** How a client names an item. */
export type ItemReference = { kind: 'item'; id: string; changeKey?: string } | { kind: 'occurrence'; masterId: string; index: number; changeKey?: string } | { kind: 'master'; occurrenceId: string; changeKey?: string };

/** Ids in one request; Exchange's own limit is higher than any client's batches (*unverified*). */
const maximumIds = 10_000;

/** @throws EwsFault `ErrorSchemaValidation` */
export function decodeFolderReference(element: XmlElement): FolderReference {
  const id = findAttribute(element, 'Id');
  if (element.namespace !== typesNamespace || id === undefined) throw unexpected(element, 'FolderId, DistinguishedFolderId');
  if (element.local === 'FolderId') return { id, ...withChangeKey(element) };
  if (element.local !== 'DistinguishedFolderId') throw unexpected(element, 'FolderId, DistinguishedFolderId');
  if (!/^[a-z]{2,60}$/.test(id)) throw invalidValue({ ...element, text: id }, `${typesNamespace}:DistinguishedFolderIdNameType`);
  const mailbox = findChild(element, typesNamespace, 'Mailbox');
  return { distinguished: id, ...(mailbox === undefined ? {} : { mailbox: decodeEmailAddress(mailbox) }) };
}

/** A list of folders, at least one. @throws EwsFault `ErrorSchemaValidation` */
export function decodeFolderReferences(element: XmlElement): readonly FolderReference[] {
  return nonEmpty(element, 'FolderId, DistinguishedFolderId').map(decodeFolderReference);
}

/** The one folder in an element such as `ParentFolderId`. @throws EwsFault `ErrorSchemaValidation` */
export function decodeTargetFolder(element: XmlElement): FolderReference {
  const [child] = nonEmpty(element, 'FolderId, DistinguishedFolderId');
  return decodeFolderReference(child as XmlElement);
}

/** @throws EwsFault `ErrorSchemaValidation` */
export function decodeItemReference(element: XmlElement): ItemReference {
  const expected = 'ItemId, OccurrenceItemId, RecurringMasterItemId';
  if (element.namespace !== typesNamespace) throw unexpected(element, expected);
  if (element.local === 'ItemId' || element.local === 'ReferenceItemId' || element.local === 'RecurringMasterItemIdRanges') {
    return { kind: 'item', id: attribute(element, 'Id'), ...withChangeKey(element) };
  }
  if (element.local === 'RecurringMasterItemId') return { kind: 'master', occurrenceId: attribute(element, 'OccurrenceId'), ...withChangeKey(element) };
  if (element.local !== 'OccurrenceItemId') throw unexpected(element, expected);
  const index = attribute(element, 'InstanceIndex');
  if (!/^\d{1,9}$/.test(index)) throw invalidValue({ ...element, text: index }, 'http://www.w3.org/2001/XMLSchema:int');
  return { kind: 'occurrence', masterId: attribute(element, 'RecurringMasterId'), index: Number(index), ...withChangeKey(element) };
}

/** A list of items, at least one. @throws EwsFault `ErrorSchemaValidation` */
export function decodeItemReferences(element: XmlElement): readonly ItemReference[] {
  return nonEmpty(element, 'ItemId, OccurrenceItemId, RecurringMasterItemId').map(decodeItemReference);
}

/** Ids of attachments, at least one. @throws EwsFault `ErrorSchemaValidation` */
export function decodeAttachmentIds(element: XmlElement): readonly string[] {
  return nonEmpty(element, 'AttachmentId').map((child) => {
    if (child.namespace !== typesNamespace || child.local !== 'AttachmentId') throw unexpected(child, 'AttachmentId');
    return attribute(child, 'Id');
  });
}

/** An attribute of the operation's element that has to be one of some values. @throws EwsFault `ErrorSchemaValidation` */
export function enumeratedAttribute<Value extends string>(element: XmlElement, name: string, values: readonly Value[], otherwise?: Value): Value {
  const text = findAttribute(element, name);
  if (text === undefined && otherwise !== undefined) return otherwise;
  const value = values.find((candidate) => candidate === text);
  if (value !== undefined) return value;
  if (text === undefined) throw schemaViolation(element, `The required attribute '${name}' is missing.`);
  throw schemaViolation(element, `The '${name}' attribute is invalid - The value '${text.slice(0, 80).toWellFormed()}' is invalid according to its datatype. The Enumeration constraint failed.`);
}

/** An xs:boolean attribute. @throws EwsFault `ErrorSchemaValidation` */
export function booleanAttribute(element: XmlElement, name: string, otherwise: boolean): boolean {
  const text = findAttribute(element, name);
  if (text === undefined) return otherwise;
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  throw schemaViolation(element, `The '${name}' attribute is invalid according to its datatype 'http://www.w3.org/2001/XMLSchema:boolean'.`);
}

/** Members of a sequence in the messages namespace, in order; names ending in `?` are optional. */
export function messageMembers(...names: readonly string[]): readonly { name: string; namespace: string; optional: boolean }[] {
  return names.map((name) => ({ name: name.replace('?', ''), namespace: messagesNamespace, optional: name.endsWith('?') }));
}

function nonEmpty(element: XmlElement, expected: string): readonly XmlElement[] {
  if (element.children.length === 0) throw schemaViolation(element, `The element '${element.local}' in namespace '${element.namespace}' has incomplete content. List of possible elements expected: '${expected}' in namespace '${typesNamespace}'.`);
  if (element.children.length > maximumIds) throw schemaViolation(element, `The element '${element.local}' has more than ${maximumIds} children.`);
  return element.children;
}

function attribute(element: XmlElement, name: string): string {
  const value = findAttribute(element, name);
  if (value === undefined) throw schemaViolation(element, `The required attribute '${name}' is missing.`);
  return value;
}

function withChangeKey(element: XmlElement): { changeKey?: string } {
  const changeKey = findAttribute(element, 'ChangeKey');
  return changeKey === undefined || changeKey === '' ? {} : { changeKey };
}

function unexpected(element: XmlElement, expected: string): Error {
  return schemaViolation(element, `The element '${element.local}' in namespace '${element.namespace}' is not expected. List of possible elements expected: '${expected}' in namespace '${typesNamespace}'.`);
}
