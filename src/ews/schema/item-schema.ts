import { folderTypes, baseFolderProperties } from '../codec/folders/folder-types.ts';
import { baseItemProperties, messageProperties, postProperties } from '../codec/items/base-item-properties.ts';
import { calendarProperties, meetingAnswerProperties, meetingMessageProperties, meetingRequestProperties } from '../codec/items/calendar-properties.ts';
import { contactProperties, distributionListProperties } from '../codec/items/contact-properties.ts';
import { dictionaryOfIndexed } from '../codec/items/dictionary-keys.ts';
import type { ItemElementName } from '../codec/items/item-types.ts';
import type { PropertyDefinition } from '../codec/items/property-definition.ts';
import type { SchemaTypeName } from '../codec/items/property-kind.ts';
import { taskProperties } from '../codec/items/task-properties.ts';
import { complexType, enumeration } from './schema-notation.ts';
import type { ComplexType, Particle, SimpleType } from './schema-notation.ts';

/** The published type of each element in which an item stands. */
export const itemTypeNames: Readonly<Record<ItemElementName, SchemaTypeName>> = {
  Item: 't:ItemType',
  Message: 't:MessageType',
  CalendarItem: 't:CalendarItemType',
  Contact: 't:ContactItemType',
  DistributionList: 't:DistributionListType',
  MeetingMessage: 't:MeetingMessageType',
  MeetingRequest: 't:MeetingRequestMessageType',
  MeetingResponse: 't:MeetingResponseMessageType',
  MeetingCancellation: 't:MeetingCancellationMessageType',
  Task: 't:TaskType',
  PostItem: 't:PostItemType',
};

/** Properties of items and folders by the type that adds them, and the type that it extends. */
const objectTypes: readonly (readonly [name: string, base: SchemaTypeName | undefined, properties: readonly PropertyDefinition[]])[] = [
  ['ItemType', undefined, baseItemProperties],
  ['MessageType', 't:ItemType', messageProperties],
  ['CalendarItemType', 't:ItemType', calendarProperties],
  ['ContactItemType', 't:ItemType', contactProperties],
  ['DistributionListType', 't:ItemType', distributionListProperties],
  ['TaskType', 't:ItemType', taskProperties],
  ['PostItemType', 't:ItemType', postProperties],
  ['MeetingMessageType', 't:MessageType', meetingMessageProperties],
  ['MeetingRequestMessageType', 't:MeetingMessageType', meetingRequestProperties],
  ['MeetingResponseMessageType', 't:MeetingMessageType', meetingAnswerProperties],
  ['MeetingCancellationMessageType', 't:MeetingMessageType', meetingAnswerProperties],
  ['BaseFolderType', undefined, baseFolderProperties],
  ['FolderType', 't:BaseFolderType', folderTypes.Folder.slice(baseFolderProperties.length)],
  ['CalendarFolderType', 't:BaseFolderType', folderTypes.CalendarFolder.slice(baseFolderProperties.length)],
  ['ContactsFolderType', 't:BaseFolderType', folderTypes.ContactsFolder.slice(baseFolderProperties.length)],
  ['SearchFolderType', 't:FolderType', []],
  ['TasksFolderType', 't:FolderType', []],
];

/** Ids of folders are told from ids of items by their type alone. */
const folderIds = new Set(['item:ParentFolderId', 'folder:FolderId', 'folder:ParentFolderId']);

function particleOf({ uri, element, kind }: PropertyDefinition): Particle {
  const type = folderIds.has(uri) ? 't:FolderIdType' : kind.type;
  return { kind: 'element', name: element, type, min: 0, max: element === 'ExtendedProperty' ? 'unbounded' : 1 };
}

/** Types of items and folders, made of the tables by which they are read and written. */
export function objectSchemaTypes(): readonly (ComplexType | SimpleType)[] {
  const enumerations = new Map<string, SimpleType>();
  for (const [, , properties] of objectTypes) {
    for (const { kind } of properties) {
      if (kind.values !== undefined) enumerations.set(kind.type, enumeration(kind.type.slice(kind.type.indexOf(':') + 1), kind.values));
    }
  }
  const types = objectTypes.map(([name, base, properties]): ComplexType => ({
    kind: 'complex',
    name,
    members: properties.map(particleOf),
    attributes: [],
    ...(base === undefined ? {} : { base }),
    ...(name === 'BaseFolderType' ? { isAbstract: true } : {}),
  }));
  const uris = new Set(objectTypes.flatMap(([, , properties]) => properties.map(({ uri }) => uri)).filter((uri) => uri !== ''));
  return [
    ...enumerations.values(),
    ...types,
    enumeration('UnindexedFieldURIType', [...uris]),
    enumeration('DictionaryURIType', [...Object.keys(dictionaryOfIndexed), 'item:InternetMessageHeader']),
    complexType('PathToUnindexedFieldType', '@FieldURI=t:UnindexedFieldURIType'),
    complexType('PathToIndexedFieldType', '@FieldURI=t:DictionaryURIType @FieldIndex=xs:string'),
  ];
}
