import { findChildren } from '../../../xml/index.ts';
import type { XmlElement } from '../../../xml/index.ts';
import { parseDateTime, toInstant } from '../date-time.ts';
import { typesNamespace } from '../namespaces.ts';
import { invalidValue, readBoolean, readEnumeration, readInteger, readList } from '../schema-reader.ts';
import type { PropertyKind, ReadContext } from './property-kind.ts';

export const textKind: PropertyKind<string> = {
  type: 'xs:string',
  read: (element) => element.text,
  write: (writer, name, value) => writer.element(name, value),
};

export const booleanKind: PropertyKind<boolean> = {
  type: 'xs:boolean',
  read: readBoolean,
  write: (writer, name, value) => writer.element(name, value),
};

export const integerKind: PropertyKind<number> = {
  type: 'xs:int',
  read: (element) => readInteger(element),
  write: (writer, name, value) => writer.element(name, Math.max(-2_147_483_648, Math.min(2_147_483_647, Math.trunc(value)))),
};

/** Whole numbers from 0 to a bound. */
export function naturalKind(typeName: string, maximum: number): PropertyKind<number> {
  return { type: `t:${typeName}`, read: (element) => readInteger(element, 0, maximum), write: integerKind.write };
}

const double = /^[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})([eE][+-]?\d{1,3})?$/;

/** xs:double, finite values only. */
export const doubleKind: PropertyKind<number> = {
  type: 'xs:double',
  read(element) {
    const text = element.text.trim();
    const value = double.test(text) ? Number(text) : Number.NaN;
    if (!Number.isFinite(value)) throw invalidValue(element, 'http://www.w3.org/2001/XMLSchema:double');
    return value;
  },
  write: (writer, name, value) => writer.element(name, value),
};

/** xs:dateTime; written as UTC with `Z`, whole seconds, as EWS does. */
export const dateTimeKind: PropertyKind<number> = {
  type: 'xs:dateTime',
  read: (element, context) => readDateTime(element, context),
  write: (writer, name, value) => writer.element(name, formatInstant(value)),
};

/** @throws EwsFault `ErrorSchemaValidation` */
export function readDateTime(element: XmlElement, { zone }: ReadContext): number {
  const parsed = parseDateTime(element.text);
  if (parsed === undefined) throw invalidValue(element, 'http://www.w3.org/2001/XMLSchema:dateTime');
  return toInstant(parsed, zone);
}

const earliest = Date.UTC(1, 0, 1) - 1_899 * 365.2425 * 86_400_000;
const latest = Date.UTC(9999, 11, 31, 23, 59, 59);

/** UTC, whole seconds, `Z`. What lies outside xs:dateTime's four-digit years becomes its end. */
export function formatInstant(instant: number): string {
  return `${new Date(Math.max(earliest, Math.min(latest, instant))).toISOString().slice(0, 19)}Z`;
}

const base64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;

/** xs:base64Binary, kept as base64 without blanks. */
export const base64Kind: PropertyKind<string> = {
  type: 'xs:base64Binary',
  read: (element) => readBase64(element).toString('base64'),
  write: (writer, name, value) => writer.element(name, value),
};

/** @throws EwsFault `ErrorSchemaValidation` */
export function readBase64(element: XmlElement): Buffer {
  if (!base64.test(element.text)) throw invalidValue(element, 'http://www.w3.org/2001/XMLSchema:base64Binary');
  return Buffer.from(element.text, 'base64');
}

/** What base64 content may be: bytes, or a stream of them that can be read more than once, where there are many. */
export type BytesSource = Uint8Array | AsyncIterable<Uint8Array>;

/** Characters that are decoded in one go; a multiple of four. */
const piece = 1024 * 1024;

/** As `readBase64`, but large content is decoded piece by piece, each time it is read. @throws EwsFault `ErrorSchemaValidation` */
export function readBase64Source(element: XmlElement): BytesSource {
  const { largeText } = element;
  if (largeText === undefined) return readBase64(element);
  return {
    async *[Symbol.asyncIterator]() {
      let rest = '';
      for (let at = 0; at < largeText.length; at += piece) {
        const text = rest + Buffer.from(largeText.buffer, largeText.byteOffset + at, Math.min(piece, largeText.length - at)).toString('latin1').replace(/\s+/g, '');
        const whole = text.length - (text.length % 4);
        rest = text.slice(whole);
        yield await Promise.resolve(Buffer.from(text.slice(0, whole), 'base64'));
      }
      if (rest !== '') yield Buffer.from(rest, 'base64');
    },
  };
}

/** ArrayOfStringsType. An empty list is written as nothing: that is how EWS says that a property has no value. */
export const stringsKind: PropertyKind<readonly string[]> = {
  type: 't:ArrayOfStringsType',
  read: (element) => readList(element, { name: 'String' }).map(({ text }) => text),
  write(writer, name, values) {
    if (values.length === 0) return;
    writer.open(name);
    for (const value of values) writer.element('t:String', value);
    writer.close();
  },
};

/** A restriction of xs:string to a list of values. */
export function enumerationKind<Value extends string>(typeName: string, values: readonly Value[]): PropertyKind<Value> {
  return {
    type: `t:${typeName}`,
    values,
    read: (element) => readEnumeration(element, values, typeName),
    write: (writer, name, value) => writer.element(name, value),
  };
}

/** A list of base64 values. */
export const base64ListKind: PropertyKind<readonly string[]> = {
  type: 't:ArrayOfBinaryType',
  read: (element) => findChildren(element, typesNamespace, 'Base64Binary').map((child) => readBase64(child).toString('base64')),
  write(writer, name, values) {
    if (values.length === 0) return;
    writer.open(name);
    for (const value of values) writer.element('t:Base64Binary', value);
    writer.close();
  },
};
