import { createXmlWriter } from '../../xml/index.ts';
import type { XmlWriter } from '../../xml/index.ts';
import type { ClixmlValue } from './clixml-value.ts';
import { clixmlNamespace, encodeClixmlText, isClixmlObject } from './clixml-value.ts';

/** Writes objects as `Export-Clixml` does ([MS-PSRP] 2.2.5), for `Import-Clixml` of PowerShell and of this shell. */
export function writeClixml(values: readonly ClixmlValue[]): string {
  const writer = createXmlWriter();
  const ids = { objects: 0, types: 0 };
  writer.open('Objs', { Version: '1.1.0.1', xmlns: clixmlNamespace });
  for (const value of values) writeValue(writer, value, undefined, ids);
  writer.close();
  return writer.toString();
}

interface Ids {
  objects: number;
  types: number;
}

function writeValue(writer: XmlWriter, value: ClixmlValue, name: string | undefined, ids: Ids): void {
  const attributes = { N: name === undefined ? undefined : encodeClixmlText(name) };
  if (value === null) return writer.element('Nil', '', attributes);
  if (typeof value === 'string') return writer.element('S', encodeClixmlText(value), attributes);
  if (typeof value === 'boolean') return writer.element('B', value, attributes);
  if (typeof value === 'number') return writer.element(Number.isInteger(value) ? (Math.abs(value) < 2 ** 31 ? 'I32' : 'I64') : 'Db', String(value), attributes);
  if (value instanceof Date) return writer.element('DT', value.toISOString(), attributes);
  if (value instanceof Uint8Array) return writer.element('BA', Buffer.from(value).toString('base64'), attributes);
  writer.open('Obj', { ...attributes, RefId: String(ids.objects++) });
  if (isClixmlObject(value)) {
    writeTypes(writer, value.typeNames, ids);
    writer.element('ToString', value.text === undefined ? undefined : encodeClixmlText(value.text));
    writer.open('MS');
    for (const [property, part] of value.properties) writeValue(writer, part, property, ids);
    writer.close();
  } else {
    writeTypes(writer, ['System.Object[]', 'System.Array', 'System.Object'], ids);
    writer.open('LST');
    for (const item of value) writeValue(writer, item, undefined, ids);
    writer.close();
  }
  writer.close();
}

function writeTypes(writer: XmlWriter, names: readonly string[], ids: Ids): void {
  if (names.length === 0) return;
  writer.open('TN', { RefId: String(ids.types++) });
  for (const name of names) writer.element('T', name);
  writer.close();
}
