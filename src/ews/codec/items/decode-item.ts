import type { PropertyKey, PropertyValue, Recurrence, TimeZone } from '../../../organization/index.ts';
import { findChild } from '../../../xml/index.ts';
import type { XmlElement } from '../../../xml/index.ts';
import { typesNamespace } from '../namespaces.ts';
import { required, walkSequence } from '../schema-reader.ts';
import { utc } from '../utc.ts';
import { decodeAttachments } from './decode-attachments.ts';
import type { DecodedAttachment, DecodedItem } from './decoded-item.ts';
import { flattenDictionary } from './dictionary-keys.ts';
import { decodeExtendedValue } from './extended-value.ts';
import { itemTypes } from './item-types.ts';
import type { ItemElementName } from './item-types.ts';
import type { PropertyDefinition } from './property-definition.ts';
import type { ReadContext } from './property-kind.ts';
import { decodePath, keyOfPath, pathChild } from './property-path.ts';
import { readBase64Source } from './scalar-kinds.ts';
import type { BytesSource } from './scalar-kinds.ts';
import type { ItemTimeZone } from './time-zone-kinds.ts';
import { zoneOfItem } from './time-zone-kinds.ts';

interface Member {
  name: string;
  optional: true;
  repeated: boolean;
  property: PropertyDefinition;
}

const members = new Map<ItemElementName, readonly Member[]>();

function membersOf(element: ItemElementName): readonly Member[] {
  let list = members.get(element);
  if (list === undefined) {
    list = itemTypes[element].map((property) => ({ name: property.element, optional: true as const, repeated: property.element === 'ExtendedProperty', property }));
    members.set(element, list);
  }
  return list;
}

const zoneProperties = new Set(['calendar:StartTimeZone', 'calendar:EndTimeZone', 'calendar:MeetingTimeZone']);

/**
 * Reads an item whose elements follow the published schema. Times without an offset are read in the item's own zone, else in `zone`.
 *
 * @throws EwsFault `ErrorSchemaValidation`, `ErrorTimeZone`, `ErrorInvalidExtendedProperty`, `ErrorInvalidExtendedPropertyValue`
 */
export function decodeItem(element: XmlElement, name: ItemElementName, zone: TimeZone): DecodedItem {
  const timeZone = readOwnZone(element, name);
  const context: ReadContext = { zone: timeZone === undefined ? zone : zoneOfItem(timeZone) };
  const properties: Record<PropertyKey, PropertyValue> = {};
  const decoded: { mime?: BytesSource; recurrence?: Recurrence; readOnlyProperty?: string; attachments: readonly DecodedAttachment[] } = { attachments: [] };
  walkSequence(element, membersOf(name), (child, { property }) => {
    if (property.element === 'ExtendedProperty') {
      const path = decodePath(pathChild(child));
      if (path.kind === 'extended') properties[keyOfPath(path)] = decodeExtendedValue(child, path.type);
      return;
    }
    if (property.uri === 'item:Attachments') {
      decoded.attachments = decodeAttachments(child, zone, decodeItem);
      return;
    }
    if (zoneProperties.has(property.uri)) return;
    if (!property.isWritable) {
      decoded.readOnlyProperty ??= property.uri;
      return;
    }
    if (property.uri === 'item:MimeContent') {
      decoded.mime = readBase64Source(child);
      return;
    }
    const value = property.kind.read(child, context);
    if (property.uri === 'calendar:Recurrence') decoded.recurrence = value as Recurrence;
    else if (property.uri === 'calendar:EnhancedLocation') properties['calendar:Location'] ??= value as string;
    else if (!flattenDictionary(property.uri, value, properties)) properties[property.uri] = value as PropertyValue;
  });
  return { element: name, properties, ...(timeZone === undefined ? {} : { timeZone }), ...decoded };
}

/** The zone has to be known before the times are read, and stands behind them. */
function readOwnZone(element: XmlElement, name: ItemElementName): ItemTimeZone | undefined {
  if (name !== 'CalendarItem' && name !== 'MeetingRequest') return undefined;
  for (const local of ['StartTimeZone', 'MeetingTimeZone']) {
    const child = findChild(element, typesNamespace, local);
    const property = itemTypes[name].find((candidate) => candidate.element === local);
    if (child !== undefined && property !== undefined) return property.kind.read(required(element, child, local), { zone: utc }) as ItemTimeZone;
  }
  return undefined;
}


