import { isClixmlObject } from './clixml-value.ts';
import type { ClixmlValue } from './clixml-value.ts';
import { readClixml } from './read-clixml.ts';

/**
 * What `Get-… | Export-Clixml` wrote, as property bags like those of a session: what has a text of its own is its text, dates
 * are ISO 8601, bytes base64.
 *
 * @throws ManagementError `MANAGEMENT_UNEXPECTED_ANSWER` when it is not CLIXML; XmlError
 */
export function readClixmlObjects(bytes: Uint8Array | string): readonly Record<string, unknown>[] {
  return readClixml(bytes).flatMap((value) => (Array.isArray(value) ? (value as readonly ClixmlValue[]) : [value])).flatMap((value) => (isClixmlObject(value) ? [Object.fromEntries(value.properties.map(([name, part]) => [name, plain(part)]))] : []));
}

function plain(value: ClixmlValue): unknown {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return (value as readonly ClixmlValue[]).map(plain);
  if (!isClixmlObject(value)) return value;
  // A text that only names the type, or lists the properties, is not one of its own.
  const isOwnText = value.text !== undefined && !value.typeNames.includes(value.text) && !value.text.startsWith('@{');
  return isOwnText ? value.text : Object.fromEntries(value.properties.map(([name, part]) => [name, plain(part)]));
}
