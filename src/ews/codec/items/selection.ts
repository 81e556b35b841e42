import type { PropertyKey } from '../../../organization/index.ts';
import { dictionaryOfIndexed } from './dictionary-keys.ts';
import type { PropertyDefinition } from './property-definition.ts';
import type { ExtendedPath } from './property-path.ts';
import { keyOfPath } from './property-path.ts';
import type { ResponseShape } from './response-shape.ts';

/** What a shape means for one kind of object: its properties in schema order, and the extended ones. */
export interface Selection {
  properties: readonly PropertyDefinition[];
  extended: readonly { path: ExtendedPath; key: PropertyKey }[];
  /** Of a dictionary of which only some entries were asked for: their keys. */
  entries: ReadonlyMap<string, ReadonlySet<PropertyKey>>;
  shape: ResponseShape;
}

/**
 * Chooses what is written of objects of one kind. Properties that the kind does not have are left out silently, as is in
 * lists what a list does not give (`withHeavy` false).
 */
export function select(definitions: readonly PropertyDefinition[], shape: ResponseShape, withHeavy: boolean): Selection {
  const asked = new Set<string>();
  const extended = new Map<string, { path: ExtendedPath; key: PropertyKey }>();
  const entries = new Map<string, Set<PropertyKey>>();
  for (const path of shape.additional) {
    if (path.kind === 'field') asked.add(path.uri);
    else if (path.kind === 'extended') extended.set(JSON.stringify(path.attributes), { path, key: keyOfPath(path) });
    else {
      const uri = dictionaryOfIndexed[path.uri] ?? (path.uri === 'item:InternetMessageHeader' ? 'item:InternetMessageHeaders' : path.uri);
      const keys = entries.get(uri) ?? new Set();
      keys.add(keyOfPath(path));
      entries.set(uri, keys);
    }
  }
  if (shape.includeMimeContent) asked.add('item:MimeContent');
  const isBase = ({ shape: level }: PropertyDefinition): boolean => level === 'id' || (level === 'default' && shape.base !== 'IdOnly') || (level === 'all' && shape.base === 'AllProperties');
  const properties = definitions.filter((property) => {
    if (property.element === 'ExtendedProperty') return extended.size > 0;
    if (property.isHeavy && !withHeavy) return false;
    return isBase(property) || asked.has(property.uri) || entries.has(property.uri);
  });
  for (const property of properties) if (isBase(property) || asked.has(property.uri)) entries.delete(property.uri);
  return { properties, extended: [...extended.values()], entries, shape };
}
