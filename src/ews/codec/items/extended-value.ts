import type { PropertyValue } from '../../../organization/index.ts';
import { findChild } from '../../../xml/index.ts';
import type { XmlElement, XmlWriter } from '../../../xml/index.ts';
import { EwsFault } from '../ews-fault.ts';
import { typesNamespace } from '../namespaces.ts';
import { parseDateTime } from '../date-time.ts';
import { readList } from '../schema-reader.ts';
import { formatInstant } from './scalar-kinds.ts';

const scalarTypes = ['ApplicationTime', 'Binary', 'Boolean', 'CLSID', 'Currency', 'Double', 'Float', 'Integer', 'Long', 'Short', 'String', 'SystemTime'] as const;
type ScalarType = (typeof scalarTypes)[number];

/** [MS-OXWSXPROP] MapiPropertyTypeType. Error, Null and Object exist, and clients may not use them. */
export type MapiPropertyType = ScalarType | `${Exclude<ScalarType, 'Boolean'>}Array`;

export const mapiPropertyTypes: readonly string[] = [...scalarTypes, ...scalarTypes.filter((type) => type !== 'Boolean').map((type) => `${type}Array`)];

export function isMapiPropertyType(text: string): text is MapiPropertyType {
  return mapiPropertyTypes.includes(text);
}

/** The scalar type of a value, or of a list's members. */
function scalarOf(type: MapiPropertyType): ScalarType {
  return (type.endsWith('Array') ? type.slice(0, -5) : type) as ScalarType;
}

type Scalar = string | number | boolean | Uint8Array;

/**
 * Reads Value or Values of an ExtendedProperty. Times without an offset are UTC.
 *
 * @throws EwsFault `ErrorSchemaValidation`, `ErrorInvalidExtendedPropertyValue`
 */
export function decodeExtendedValue(element: XmlElement, type: MapiPropertyType): PropertyValue {
  const scalar = scalarOf(type);
  if (!type.endsWith('Array')) {
    const value = findChild(element, typesNamespace, 'Value');
    if (value === undefined) throw invalid();
    return decodeScalar(value.text, scalar);
  }
  const values = findChild(element, typesNamespace, 'Values');
  if (values === undefined) throw invalid();
  return readList(values, { name: 'Value' }).map(({ text }) => decodeScalar(text, scalar)) as PropertyValue;
}

/** A constant of a search filter, as the type of its property has it. */
export function decodeConstant(text: string, type: MapiPropertyType): Scalar {
  return decodeScalar(text, scalarOf(type));
}

function invalid(): EwsFault {
  return new EwsFault('ErrorInvalidExtendedPropertyValue', 'The specified value is invalid for property.');
}

function decodeScalar(text: string, type: ScalarType): Scalar {
  const trimmed = text.trim();
  switch (type) {
    case 'String':
      return text;
    case 'Boolean':
      if (!['true', 'false', '1', '0'].includes(trimmed)) throw invalid();
      return trimmed === 'true' || trimmed === '1';
    case 'Binary':
      if (!/^[A-Za-z0-9+/\s]*={0,2}$/.test(trimmed)) throw invalid();
      return Buffer.from(trimmed, 'base64');
    case 'CLSID':
      if (!/^\{?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i.test(trimmed)) throw invalid();
      return trimmed.replace(/[{}]/g, '').toLowerCase();
    case 'SystemTime': {
      const time = parseDateTime(trimmed);
      if (time === undefined) throw invalid();
      return time.local - (time.offset ?? 0);
    }
    case 'Integer':
      return whole(trimmed, -2_147_483_648n, 2_147_483_647n);
    case 'Short':
      return whole(trimmed, -32_768n, 32_767n);
    case 'Long':
    case 'Currency':
      return whole(trimmed, -9_223_372_036_854_775_808n, 9_223_372_036_854_775_807n);
    default: {
      const value = /^[+-]?(\d{1,40}(\.\d{0,40})?|\.\d{1,40})([eE][+-]?\d{1,3})?$/.test(trimmed) ? Number(trimmed) : Number.NaN;
      if (!Number.isFinite(value)) throw invalid();
      return value;
    }
  }
}

function whole(text: string, minimum: bigint, maximum: bigint): number | string {
  if (!/^[+-]?\d{1,19}$/.test(text)) throw invalid();
  const value = BigInt(text.startsWith('+') ? text.slice(1) : text);
  if (value < minimum || value > maximum) throw invalid();
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

/** Writes Value or Values; false, and nothing written, where what is stored is of another type than was asked for. */
export function encodeExtendedValue(writer: XmlWriter, value: PropertyValue, type: MapiPropertyType): boolean {
  const scalar = scalarOf(type);
  if (!type.endsWith('Array')) {
    const text = encodeScalar(value, scalar);
    if (text === undefined) return false;
    writer.element('t:Value', text);
    return true;
  }
  if (!Array.isArray(value)) return false;
  const texts = (value as readonly unknown[]).map((member) => encodeScalar(member, scalar));
  if (texts.includes(undefined)) return false;
  writer.open('t:Values');
  for (const text of texts) writer.element('t:Value', text);
  writer.close();
  return true;
}

/** True where a value can be written as that type. */
export function fitsType(value: PropertyValue, type: MapiPropertyType): boolean {
  const scalar = scalarOf(type);
  if (!type.endsWith('Array')) return encodeScalar(value, scalar) !== undefined;
  return Array.isArray(value) && (value as readonly unknown[]).every((member) => encodeScalar(member, scalar) !== undefined);
}

function encodeScalar(value: unknown, type: ScalarType): string | undefined {
  switch (type) {
    case 'String':
    case 'CLSID':
      return typeof value === 'string' ? value : undefined;
    case 'Boolean':
      return typeof value === 'boolean' ? String(value) : undefined;
    case 'Binary':
      return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64') : undefined;
    case 'SystemTime':
      return typeof value === 'number' ? formatInstant(value) : undefined;
    case 'Long':
    case 'Currency':
      if (typeof value === 'string' && /^-?\d{1,19}$/.test(value)) return value;
      return typeof value === 'number' && Number.isInteger(value) ? String(value) : undefined;
    case 'Integer':
    case 'Short':
      return typeof value === 'number' && Number.isInteger(value) ? String(value) : undefined;
    default:
      return typeof value === 'number' ? String(value) : undefined;
  }
}
