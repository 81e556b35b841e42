import type { PropertyBag } from '../../../organization/index.ts';
import type { XmlWriter } from '../../../xml/index.ts';
import { gatherDictionary, isDictionary } from './dictionary-keys.ts';
import { encodeExtendedValue, fitsType } from './extended-value.ts';
import type { InternetHeaders } from './item-kinds.ts';
import type { Selection } from './selection.ts';

/** What is known of an object when it is written. */
export interface ObjectSource {
  /** The value of a FieldURI; undefined where the object has none. */
  value(uri: string): unknown;
  /** All stored properties, extended ones and entries of dictionaries among them. */
  bag: PropertyBag;
}

/** Writes an item or folder under `name`, in schema order. What has no value is not written. */
export function encodeObject(writer: XmlWriter, name: string, selection: Selection, source: ObjectSource): void {
  writer.open(name);
  for (const property of selection.properties) {
    if (property.element === 'ExtendedProperty') writeExtended(writer, selection, source.bag);
    else if (isDictionary(property.uri)) {
      const dictionary = gatherDictionary(property.uri, source.bag, selection.entries.get(property.uri));
      if (dictionary !== undefined) property.kind.write(writer, `t:${property.element}`, dictionary);
    } else {
      const value = source.value(property.uri);
      if (value !== undefined) property.kind.write(writer, `t:${property.element}`, narrowed(value, property.uri, selection));
    }
  }
  writer.close();
}

/** Of the headers only those that were asked for by name. */
function narrowed(value: unknown, uri: string, { entries }: Selection): unknown {
  const only = uri === 'item:InternetMessageHeaders' ? entries.get(uri) : undefined;
  if (only === undefined) return value;
  const names = new Set([...only].map((key) => key.slice(key.indexOf('/') + 1).toLowerCase()));
  return (value as InternetHeaders).filter(([name]) => names.has(name.toLowerCase()));
}

function writeExtended(writer: XmlWriter, selection: Selection, bag: PropertyBag): void {
  for (const { path, key } of selection.extended) {
    const value = bag[key];
    if (value === undefined || !fitsType(value, path.type)) continue;
    writer.open('t:ExtendedProperty');
    writer.element('t:ExtendedFieldURI', '', path.attributes);
    encodeExtendedValue(writer, value, path.type);
    writer.close();
  }
}
