import { readOnly } from './item-kinds.ts';
import type { PropertyKind } from './property-kind.ts';

/** The smallest base shape that holds a property. `asked`: none, it is given only by name. */
export type ShapeLevel = 'id' | 'default' | 'all' | 'asked';

/** One property of an item or folder as the published schema has it. */
export interface PropertyDefinition {
  /** FieldURI. */
  uri: string;
  /** Local name of its element in the types namespace. */
  element: string;
  kind: PropertyKind;
  /** False: the server says it, and a client that sets it is refused. */
  isWritable: boolean;
  shape: ShapeLevel;
  /** True for what FindItem and SyncFolderItems do not give, being large or made of several objects. */
  isHeavy: boolean;
}

type Options = Partial<Pick<PropertyDefinition, 'element' | 'shape' | 'isHeavy'>>;

/** A property that clients may set. Its element has the name behind the colon, and it belongs to AllProperties, unless said otherwise. */
export function settable(uri: string, kind: PropertyKind, options: Options = {}): PropertyDefinition {
  return { uri, element: uri.slice(uri.indexOf(':') + 1), kind, isWritable: true, shape: 'all', isHeavy: false, ...options };
}

/** As `settable`, for what the server alone says. */
export function readable(uri: string, kind: PropertyKind, options: Options = {}): PropertyDefinition {
  return { ...settable(uri, kind, options), isWritable: false };
}

/** The place in the sequence at which extended properties stand, any number of them. They are read and written by their own paths. */
export const extendedPropertyMember: PropertyDefinition = { ...readable('', { type: 't:ExtendedPropertyType', read: readOnly, write: () => undefined }, { element: 'ExtendedProperty', shape: 'asked' }) };
