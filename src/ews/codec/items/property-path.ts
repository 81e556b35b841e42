import { distinguishedPropertySets, propertyKey } from '../../../organization/index.ts';
import type { ExtendedPropertyPath, PropertyKey } from '../../../organization/index.ts';
import { findAttribute, findChild } from '../../../xml/index.ts';
import type { XmlElement, XmlWriter } from '../../../xml/index.ts';
import { EwsFault, schemaViolation } from '../ews-fault.ts';
import { typesNamespace } from '../namespaces.ts';
import { invalidValue } from '../schema-reader.ts';
import { isMapiPropertyType } from './extended-value.ts';
import type { MapiPropertyType } from './extended-value.ts';

/** What FieldURI, IndexedFieldURI and ExtendedFieldURI name. */
export type PropertyPath = { kind: 'field'; uri: string } | { kind: 'indexed'; uri: string; index: string } | ExtendedPath;

export interface ExtendedPath {
  kind: 'extended';
  path: ExtendedPropertyPath;
  type: MapiPropertyType;
  /** The attributes as they are written back. */
  attributes: Readonly<Record<string, string>>;
}

const fieldUri = /^[A-Za-z]{4,20}:[A-Za-z0-9]{2,60}$/;
const indexedUri = /^[A-Za-z]{4,20}:[A-Za-z0-9]{2,40}(:[A-Za-z0-9]{2,40})?$/;
const guid = /^\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?$/i;
const names = ['FieldURI', 'IndexedFieldURI', 'ExtendedFieldURI'];

/** The path among an element's children. @throws EwsFault `ErrorSchemaValidation` where there is none */
export function pathChild(element: XmlElement): XmlElement {
  for (const name of names) {
    const child = findChild(element, typesNamespace, name);
    if (child !== undefined) return child;
  }
  throw schemaViolation(element, `The element '${element.local}' in namespace '${element.namespace}' has incomplete content. List of possible elements expected: 'Path' in namespace '${typesNamespace}'.`);
}

/** @throws EwsFault `ErrorSchemaValidation`, `ErrorInvalidExtendedProperty` */
export function decodePath(element: XmlElement): PropertyPath {
  if (element.namespace !== typesNamespace || !names.includes(element.local)) {
    throw schemaViolation(element, `The element '${element.local}' in namespace '${element.namespace}' stands where a property path is expected.`);
  }
  if (element.local === 'ExtendedFieldURI') return decodeExtendedPath(element);
  const uri = findAttribute(element, 'FieldURI') ?? '';
  if (element.local === 'FieldURI') {
    if (!fieldUri.test(uri)) throw invalidValue(element, `${typesNamespace}:UnindexedFieldURIType`);
    return { kind: 'field', uri };
  }
  const index = findAttribute(element, 'FieldIndex');
  if (!indexedUri.test(uri) || index === undefined) throw invalidValue(element, `${typesNamespace}:DictionaryURIType`);
  return { kind: 'indexed', uri, index };
}

function decodeExtendedPath(element: XmlElement): ExtendedPath {
  const type = findAttribute(element, 'PropertyType') ?? '';
  if (!isMapiPropertyType(type)) throw invalidValue(element, `${typesNamespace}:MapiPropertyTypeType`);
  const [distinguished, setId, tagText, name, idText] = ['DistinguishedPropertySetId', 'PropertySetId', 'PropertyTag', 'PropertyName', 'PropertyId'].map((attribute) => findAttribute(element, attribute));
  if (tagText !== undefined) {
    if (distinguished !== undefined || setId !== undefined || name !== undefined || idText !== undefined) throw mixed();
    const tag = /^(0x[0-9a-f]{1,4}|\d{1,5})$/i.test(tagText.trim()) ? Number(tagText) : Number.NaN;
    if (!(tag >= 0 && tag < 0x8000)) throw mixed();
    return { kind: 'extended', path: { tag }, type, attributes: { PropertyTag: `0x${tag.toString(16)}`, PropertyType: type } };
  }
  const set = distinguished === undefined ? guid.exec(setId ?? '')?.[1]?.toLowerCase() : distinguishedPropertySets[distinguished];
  if (set === undefined || (distinguished !== undefined && setId !== undefined) || (name === undefined) === (idText === undefined)) throw mixed();
  const attributes = distinguished === undefined ? { PropertySetId: set } : { DistinguishedPropertySetId: distinguished };
  if (name !== undefined) return { kind: 'extended', path: { set, name }, type, attributes: { ...attributes, PropertyName: name, PropertyType: type } };
  const id = /^\d{1,10}$/.test(idText ?? '') ? Number(idText) : Number.NaN;
  if (!(id <= 0xffff_ffff)) throw invalidValue(element, 'http://www.w3.org/2001/XMLSchema:int');
  return { kind: 'extended', path: { set, id }, type, attributes: { ...attributes, PropertyId: String(id), PropertyType: type } };
}

/** The combination of attributes names no property. */
function mixed(): EwsFault {
  return new EwsFault('ErrorInvalidExtendedProperty', 'The extended property attribute combination is invalid.');
}

/** The key under which a mailbox keeps the property. */
export function keyOfPath(path: PropertyPath): PropertyKey {
  if (path.kind === 'field') return path.uri;
  return path.kind === 'indexed' ? `${path.uri}/${path.index}` : propertyKey(path.path);
}

export function encodePath(writer: XmlWriter, path: PropertyPath): void {
  if (path.kind === 'field') writer.element('t:FieldURI', '', { FieldURI: path.uri });
  else if (path.kind === 'indexed') writer.element('t:IndexedFieldURI', '', { FieldURI: path.uri, FieldIndex: path.index });
  else writer.element('t:ExtendedFieldURI', '', path.attributes);
}
