import { malformed } from '../tunnel-error.ts';
import type { HeaderField } from './header-fields.ts';

/** Start line and fields as bytes, with the empty line that ends them. Fields keep order, spelling and repetition. */
export function serializeHead(startLine: string, fields: Iterable<HeaderField>, added: readonly (readonly [name: string, value: string])[] = []): Buffer {
  let text = `${startLine}\r\n`;
  for (const { name, value } of fields) text += `${name}: ${value}\r\n`;
  for (const [name, value] of added) {
    if (/[\r\n\0]/.test(value)) throw malformed(`the value of ${name} spans lines`);
    text += `${name}: ${value}\r\n`;
  }
  return Buffer.from(`${text}\r\n`, 'latin1');
}
