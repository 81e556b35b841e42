import { formatDate } from '../formatting/format-date.ts';
import { toText } from '../runtime/convert.ts';
import { ownProperty, propertyNames } from '../runtime/members.ts';
import type { CommandCall } from '../runtime/shell-state.ts';
import type { ShellValue } from '../runtime/values.ts';
import { ShellObject, isList } from '../runtime/values.ts';
import { inputValues } from './pipeline-values.ts';

/** What all commands on comma-separated values take. */
export const csvParameters = { Delimiter: { type: 'value' }, NoTypeInformation: { type: 'switch', aliases: ['NTI'] }, IncludeTypeInformation: { type: 'switch', aliases: ['ITI'] }, UseCulture: { type: 'switch' }, InputObject: { type: 'value' } } as const;

/** One character; a comma by default. */
export const delimiterOf = (call: CommandCall): string => toText(call.parameters.get('Delimiter') ?? ',').slice(0, 1);

/** The first object decides the columns. Its type stands before them only where that is asked for, as PowerShell 7 has it. */
export async function csvLines(call: CommandCall): Promise<string[]> {
  const delimiter = delimiterOf(call);
  const lines: string[] = [];
  let names: readonly string[] | undefined;
  for await (const item of inputValues(call)) {
    if (names === undefined) {
      names = propertyNames(item);
      if (call.parameters.get('IncludeTypeInformation') === true) lines.push(`#TYPE ${item instanceof ShellObject ? item.typeName : 'System.Object'}`);
      lines.push(names.map(quoted).join(delimiter));
    }
    lines.push(names.map((name) => fieldOf(ownProperty(item, name) ?? null)).join(delimiter));
  }
  return lines;
}

/** Lists as texts with blanks between, where PowerShell writes the useless name of their type; dates as en-US writes them. */
function fieldOf(value: ShellValue): string {
  if (value === null) return '';
  if (value instanceof Date) return quoted(formatDate(value));
  return quoted(isList(value) ? value.map(toText).join(' ') : toText(value));
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Records of fields; quoted ones may hold delimiters and line ends (RFC 4180 §2). */
export function readCsv(text: string, delimiter: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let field = '';
  let inQuotes = false;
  const endRecord = (): void => {
    if (record.length > 0 || field !== '') records.push([...record, field]);
    record = [];
    field = '';
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (inQuotes) {
      if (character !== '"') field += character;
      else if (text.charAt(at + 1) === '"') {
        field += '"';
        at += 1;
      } else inQuotes = false;
    } else if (character === '"') inQuotes = true;
    else if (character === delimiter) {
      record.push(field);
      field = '';
    } else if (character === '\n') endRecord();
    else if (character !== '\r') field += character;
  }
  endRecord();
  return records;
}
