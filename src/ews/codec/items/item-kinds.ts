import { findAttribute } from '../../../xml/index.ts';
import type { ByteSource, XmlWriter } from '../../../xml/index.ts';
import { invalidValue, readEnumeration, readList, readSequence, required } from '../schema-reader.ts';
import type { PropertyKind, ReadContext } from './property-kind.ts';
import { formatInstant, readDateTime } from './scalar-kinds.ts';

/** An id and its change key, as `ItemId`, `ParentFolderId` and their like carry them. */
export interface IdAndKey {
  id: string;
  changeKey?: string;
}

export const idKind: PropertyKind<IdAndKey> = {
  type: 't:ItemIdType',
  read(element) {
    const changeKey = findAttribute(element, 'ChangeKey');
    const id = findAttribute(element, 'Id');
    if (id === undefined) throw invalidValue(element, 'ItemIdType');
    return { id, ...(changeKey === undefined ? {} : { changeKey }) };
  },
  write: (writer, name, value) => writer.element(name, '', { Id: value.id, ChangeKey: value.changeKey }),
};

export interface MimeContent {
  /** The content itself, as base64, or to be read when it is sent. */
  content: string | ByteSource;
  characterSet?: string;
}

export const mimeContentKind: PropertyKind<MimeContent> = {
  type: 't:MimeContentType',
  read(element) {
    const characterSet = findAttribute(element, 'CharacterSet');
    return { content: element.text, ...(characterSet === undefined ? {} : { characterSet }) };
  },
  write(writer, name, { content, characterSet = 'UTF-8' }) {
    const attributes = { CharacterSet: characterSet };
    if (typeof content === 'string') writer.element(name, content, attributes);
    else writer.base64(name, content, attributes);
  },
};

const flagStatuses = ['NotFlagged', 'Flagged', 'Complete'] as const;

/** FlagType. */
export interface ItemFlag {
  status: (typeof flagStatuses)[number];
  startDate?: number;
  dueDate?: number;
  completeDate?: number;
}

export const flagKind: PropertyKind<ItemFlag> = {
  type: 't:FlagType',
  read(element, context) {
    const parts = readSequence(element, [{ name: 'FlagStatus' }, { name: 'StartDate', optional: true }, { name: 'DueDate', optional: true }, { name: 'CompleteDate', optional: true }]);
    const time = (name: string): number | undefined => (parts[name] === undefined ? undefined : readDateTime(parts[name], context));
    const [startDate, dueDate, completeDate] = [time('StartDate'), time('DueDate'), time('CompleteDate')];
    return {
      status: readEnumeration(required(element, parts['FlagStatus'], 'FlagStatus'), flagStatuses, 'FlagStatusType'),
      ...(startDate === undefined ? {} : { startDate }),
      ...(dueDate === undefined ? {} : { dueDate }),
      ...(completeDate === undefined ? {} : { completeDate }),
    };
  },
  write(writer, name, value) {
    writer.open(name);
    writer.element('t:FlagStatus', value.status);
    writeTime(writer, 't:StartDate', value.startDate);
    writeTime(writer, 't:DueDate', value.dueDate);
    writeTime(writer, 't:CompleteDate', value.completeDate);
    writer.close();
  },
};

function writeTime(writer: XmlWriter, name: string, time: number | undefined): void {
  writer.element(name, time === undefined ? undefined : formatInstant(time));
}

/** NonEmptyArrayOfInternetHeadersType: name and value, in order, names repeating. */
export type InternetHeaders = readonly (readonly [name: string, value: string])[];

export const internetHeadersKind: PropertyKind<InternetHeaders> = {
  type: 't:NonEmptyArrayOfInternetHeadersType',
  read: (element) => readList(element, { name: 'InternetMessageHeader' }).map((header) => [findAttribute(header, 'HeaderName') ?? '', header.text] as const),
  write(writer, name, headers) {
    if (headers.length === 0) return;
    writer.open(name);
    for (const [header, value] of headers) writer.element('t:InternetMessageHeader', value, { HeaderName: header });
    writer.close();
  },
};

/** EffectiveRightsType, in its order. */
export interface EffectiveRights {
  createAssociated: boolean;
  createContents: boolean;
  createHierarchy: boolean;
  delete: boolean;
  modify: boolean;
  read: boolean;
  viewPrivateItems: boolean;
}

export const effectiveRightsKind: PropertyKind<EffectiveRights> = {
  type: 't:EffectiveRightsType',
  read: readOnly,
  write(writer, name, rights) {
    writer.open(name);
    writer.element('t:CreateAssociated', rights.createAssociated);
    writer.element('t:CreateContents', rights.createContents);
    writer.element('t:CreateHierarchy', rights.createHierarchy);
    writer.element('t:Delete', rights.delete);
    writer.element('t:Modify', rights.modify);
    writer.element('t:Read', rights.read);
    writer.element('t:ViewPrivateItems', rights.viewPrivateItems);
    writer.close();
  },
};

/** Names of the response objects that may be made for an item. */
export const responseObjectsKind: PropertyKind<readonly string[]> = {
  type: 't:NonEmptyArrayOfResponseObjectsType',
  read: readOnly,
  write(writer, name, names) {
    if (names.length === 0) return;
    writer.open(name);
    for (const object of names) writer.element(`t:${object}`, '');
    writer.close();
  },
};

/** OccurrenceInfoType. */
export interface OccurrenceInfo {
  id: IdAndKey;
  start: number;
  end: number;
  originalStart: number;
}

function writeOccurrence(writer: XmlWriter, name: string, occurrence: OccurrenceInfo): void {
  writer.open(name);
  idKind.write(writer, 't:ItemId', occurrence.id);
  writeTime(writer, 't:Start', occurrence.start);
  writeTime(writer, 't:End', occurrence.end);
  writeTime(writer, 't:OriginalStart', occurrence.originalStart);
  writer.close();
}

export const occurrenceKind: PropertyKind<OccurrenceInfo> = { type: 't:OccurrenceInfoType', read: readOnly, write: writeOccurrence };

export const occurrencesKind: PropertyKind<readonly OccurrenceInfo[]> = {
  type: 't:NonEmptyArrayOfOccurrenceInfoType',
  read: readOnly,
  write(writer, name, occurrences) {
    if (occurrences.length === 0) return;
    writer.open(name);
    for (const occurrence of occurrences) writeOccurrence(writer, 't:Occurrence', occurrence);
    writer.close();
  },
};

/** DeletedOccurrences: their original starts. */
export const deletedOccurrencesKind: PropertyKind<readonly number[]> = {
  type: 't:NonEmptyArrayOfDeletedOccurrencesType',
  read: (element, context: ReadContext) => readList(element, { name: 'DeletedOccurrence' }).map((child) => readDateTime(required(child, readSequence(child, [{ name: 'Start' }])['Start'], 'Start'), context)),
  write(writer, name, starts) {
    if (starts.length === 0) return;
    writer.open(name);
    for (const start of starts) {
      writer.open('t:DeletedOccurrence');
      writeTime(writer, 't:Start', start);
      writer.close();
    }
    writer.close();
  },
};

/** CompleteNameType: element names and values, in the schema's order. */
export type CompleteName = readonly (readonly [element: string, value: string])[];

export const completeNameKind: PropertyKind<CompleteName> = {
  type: 't:CompleteNameType',
  read: readOnly,
  write(writer, name, parts) {
    if (parts.length === 0) return;
    writer.open(name);
    for (const [element, value] of parts) writer.element(`t:${element}`, value);
    writer.close();
  },
};

/** EnhancedLocationType, of which the name alone is kept. */
export const enhancedLocationKind: PropertyKind<string> = {
  type: 't:EnhancedLocationType',
  read(element) {
    const parts = readSequence(element, [{ name: 'DisplayName' }, { name: 'Annotation', optional: true }, { name: 'PostalAddress', optional: true }]);
    return required(element, parts['DisplayName'], 'DisplayName').text;
  },
  write(writer, name, value) {
    writer.open(name);
    writer.element('t:DisplayName', value);
    writer.close();
  },
};

/** For what the server alone says. The tables mark such properties, so that nobody reads them; that a client sends one all the same is no violation of the schema. */
export function readOnly(): never {
  throw new TypeError('A property that only the server writes was read.');
}
