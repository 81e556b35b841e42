import { findAttribute, parseXml } from '../../xml/index.ts';
import type { XmlElement } from '../../xml/index.ts';
import { ManagementError } from '../management-error.ts';
import type { ClixmlObject, ClixmlValue } from './clixml-value.ts';
import { clixmlNamespace, decodeClixmlText } from './clixml-value.ts';

/** An export of a large organisation is some tens of megabytes. */
const limits = { maximumBytes: 256 * 1024 * 1024, maximumDepth: 200, maximumNodes: 5_000_000 };

/**
 * Reads what `Export-Clixml` wrote ([MS-PSRP] 2.2.5): the objects in it, in order. UTF-8 or UTF-16. Enumerations,
 * identities and the like, which are objects with a text, keep it; a reference gives the object that it stands for.
 *
 * @throws ManagementError `MANAGEMENT_UNEXPECTED_ANSWER` when it is not CLIXML
 * @throws XmlError when it is not XML, or larger than 256 MiB
 */
export function readClixml(bytes: Uint8Array | string): ClixmlValue[] {
  const root = parseXml(bytes, limits);
  if (root.local !== 'Objs' || root.namespace !== clixmlNamespace) throw notClixml('its root element is not Objs');
  const state: Reading = { types: new Map(), objects: new Map() };
  return root.children.map((child) => readValue(child, state));
}

interface Reading {
  types: Map<string, readonly string[]>;
  objects: Map<string, ClixmlValue>;
}

function notClixml(why: string): ManagementError {
  return new ManagementError('MANAGEMENT_UNEXPECTED_ANSWER', `This is not what Export-Clixml writes: ${why}.`, { remedy: 'Give a file that Export-Clixml wrote, unchanged.' });
}

function readValue(element: XmlElement, state: Reading): ClixmlValue {
  switch (element.local) {
    case 'Obj':
      return readObject(element, state);
    case 'Ref':
      return state.objects.get(findAttribute(element, 'RefId') ?? '') ?? null;
    case 'Nil':
      return null;
    case 'B':
      return element.text.trim().toLowerCase() === 'true';
    case 'I16':
    case 'I32':
    case 'U16':
    case 'U32':
    case 'By':
    case 'SB':
    case 'Sg':
    case 'Db':
    case 'D':
      return Number(element.text);
    case 'I64':
    case 'U64': {
      const number = Number(element.text);
      // Larger ones would lose their last digits.
      return Number.isSafeInteger(number) ? number : element.text.trim();
    }
    case 'C':
      return String.fromCharCode(Number(element.text));
    case 'DT': {
      const date = new Date(element.text.trim());
      return Number.isNaN(date.getTime()) ? element.text : date;
    }
    case 'BA':
      return new Uint8Array(Buffer.from(element.text, 'base64'));
    // A password that only the account that wrote it can read.
    case 'SS':
      return null;
    default:
      return decodeClixmlText(element.text);
  }
}

function readObject(element: XmlElement, state: Reading): ClixmlValue {
  const child = (name: string): XmlElement | undefined => element.children.find(({ local }) => local === name);
  const typeNames = readTypes(element, state);
  const refId = findAttribute(element, 'RefId');
  const keep = <Value extends ClixmlValue>(value: Value): Value => {
    if (refId !== undefined) state.objects.set(refId, value);
    return value;
  };
  const list = child('LST') ?? child('IE') ?? child('QUE') ?? child('STK');
  if (list !== undefined) return keep(list.children.map((item) => readValue(item, state)));
  const text = child('ToString');
  const dictionary = child('DCT');
  const properties: (readonly [string, ClixmlValue])[] = [];
  const object: ClixmlObject = { typeNames, text: text === undefined ? undefined : decodeClixmlText(text.text), properties };
  keep(object);
  if (dictionary !== undefined) properties.push(...dictionary.children.map((entry) => readEntry(entry, state)));
  for (const bag of [child('Props'), child('MS')]) {
    for (const property of bag?.children ?? []) properties.push([decodeClixmlText(findAttribute(property, 'N') ?? ''), readValue(property, state)]);
  }
  if (properties.length > 0 || dictionary !== undefined) return object;
  // An enumeration or a wrapped value: its text says more than its number.
  const own = element.children.find(({ local }) => !['TN', 'TNRef', 'ToString', 'Props', 'MS'].includes(local));
  if (object.text !== undefined) return keep(object.text);
  return own === undefined ? object : keep(readValue(own, state));
}

function readTypes(element: XmlElement, state: Reading): readonly string[] {
  const named = element.children.find(({ local }) => local === 'TN');
  if (named !== undefined) {
    const names = named.children.map(({ text }) => text.replace(/^Deserialized\./, ''));
    const refId = findAttribute(named, 'RefId');
    if (refId !== undefined) state.types.set(refId, names);
    return names;
  }
  const reference = element.children.find(({ local }) => local === 'TNRef');
  return reference === undefined ? [] : (state.types.get(findAttribute(reference, 'RefId') ?? '') ?? []);
}

function readEntry(entry: XmlElement, state: Reading): readonly [string, ClixmlValue] {
  const part = (name: string): XmlElement | undefined => entry.children.find((child) => findAttribute(child, 'N') === name);
  const key = part('Key');
  const value = part('Value');
  return [key === undefined ? '' : decodeClixmlText(key.text), value === undefined ? null : readValue(value, state)];
}
