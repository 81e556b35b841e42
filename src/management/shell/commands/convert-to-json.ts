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
    if (call.input === undefined) items.push(call.parameters.get('InputObject') ?? null);
    else for await (const item of inputValues(call)) items.push(item);
    // Without input there is no text either.
    if (items.length === 0 && call.parameters.get('AsArray') !== true) return;
    const value = jsonOf(items.length === 1 && call.parameters.get('AsArray') !== true ? (items[0] ?? null) : items, depth);
    yield call.parameters.get('Compress') === true ? compressed(value) : laidOut(value, '');
  },
};

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** Deeper than asked for, objects become texts. */
function jsonOf(value: ShellValue, depth: number): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : toText(value);
  if (value instanceof Date) return `/Date(${value.getTime()})/`;
  if (value instanceof SecureText) return {};
  if (isScriptBlock(value)) return value.text;
  if (depth < 0) return toText(value);
  if (value instanceof Uint8Array) return [...value];
  if (isList(value)) return value.map((item) => jsonOf(item, depth - 1));
  if (value instanceof ShellObject || value instanceof Hashtable) return Object.fromEntries(value.entries.map(([name, part]) => [name, jsonOf(part, depth - 1)]));
  return value.name;
}

/** As .NET's JavaScriptSerializer escapes texts, and dates, which it writes as `"\\/Date(…)\\/"`. */
function literal(value: string | number | boolean | null): string {
  const text = JSON.stringify(value).replaceAll(/[<>&'\u0085\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return /^"\/Date\(-?\d+\)\/"$/.test(text) ? text.replaceAll('/', String.raw`\/`) : text;
}

const isObject = (value: Json): value is { readonly [name: string]: Json } => typeof value === 'object' && value !== null && !Array.isArray(value);

function compressed(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(compressed).join(',')}]`;
  return isObject(value) ? `{${Object.entries(value).map(([name, part]) => `${literal(name)}:${compressed(part)}`).join(',')}}` : literal(value as string);
}

/**
 * As Windows PowerShell 5.1 lays it out: two blanks behind the colon, and what is in a bracket stands four columns behind
 * that bracket, wherever it is. Later PowerShell has two columns for each depth.
 */
function laidOut(value: Json, before: string): string {
  const inside = `${before}    `;
  const around = (open: string, lines: readonly string[], close: string): string => `${open}\n${lines.join(',\n')}\n${before}${close}`;
  if (Array.isArray(value)) return around('[', value.map((item) => inside + laidOut(item, inside)), ']');
  if (!isObject(value)) return literal(value as string);
  return around('{', Object.entries(value).map(([name, part]) => `${inside}${literal(name)}:  ${laidOut(part, inside + ' '.repeat(literal(name).length + 3))}`), '}');
}
