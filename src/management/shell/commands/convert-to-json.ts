import { toNumber, toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import type { ShellValue } from '../runtime/values.ts';
import { Hashtable, SecureText, ShellObject, isList, isScriptBlock } from '../runtime/values.ts';
import { inputValues } from './pipeline-values.ts';

export const convertToJson: ShellCommand = {
  name: 'ConvertTo-Json',
  aliases: [],
  synopsis: 'Gives objects as JSON text.',
  example: 'Get-OrganizationConfig | ConvertTo-Json -Depth 3',
  parameters: { InputObject: { type: 'value', position: 0 }, Depth: { type: 'value' }, Compress: { type: 'switch' }, AsArray: { type: 'switch' } },
  async *run(call) {
    const depth = call.parameters.has('Depth') ? toNumber(call.parameters.get('Depth') ?? null) : 2;
    const items: ShellValue[] = [];
    for await (const item of inputValues(call)) items.push(item);
    // Without input there is no text either.
    if (call.input !== undefined && items.length === 0 && call.parameters.get('AsArray') !== true) return;
    const value = items.length === 1 && call.parameters.get('AsArray') !== true ? (items[0] ?? null) : items;
    yield JSON.stringify(jsonOf(value, depth + (items.length > 1 ? 1 : 0)), null, call.parameters.get('Compress') === true ? undefined : 2);
  },
};

/** Deeper than asked for, objects become texts, as PowerShell has it. */
function jsonOf(value: ShellValue, depth: number): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : toText(value);
  if (value instanceof Date) return value.toISOString().replace('.000Z', 'Z');
  if (value instanceof SecureText) return {};
  if (value instanceof Uint8Array) return [...value];
  if (isScriptBlock(value)) return value.text;
  if (depth < 0) return toText(value);
  if (isList(value)) return value.map((item) => jsonOf(item, depth - 1));
  if (value instanceof ShellObject || value instanceof Hashtable) return Object.fromEntries(value.entries.map(([name, part]) => [name, jsonOf(part, depth - 1)]));
  return value.name;
}
