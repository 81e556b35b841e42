import { formatDate } from '../formatting/format-date.ts';
import { toText, typeOf } from '../runtime/convert.ts';
import { ownProperty, propertyNames } from '../runtime/members.ts';
import type { CommandCall } from '../runtime/shell-state.ts';
import type { ShellValue } from '../runtime/values.ts';
import { ShellObject, isList } from '../runtime/values.ts';
import { ShellError } from '../language/shell-error.ts';
import { inputValues } from './pipeline-values.ts';

/** What all commands that write comma-separated values take. */
export const csvParameters = { Delimiter: { type: 'value' }, NoTypeInformation: { type: 'switch', aliases: ['NTI'] }, IncludeTypeInformation: { type: 'switch', aliases: ['ITI'] }, UseCulture: { type: 'switch' }, InputObject: { type: 'value' } } as const;

/** One character; a comma by default. */
export const delimiterOf = (call: CommandCall): string => toText(call.parameters.get('Delimiter') ?? ',').slice(0, 1);

/**
 * The first object decides the columns, unless a file that is added to has some. Its type stands before them (`#TYPE`)
 * unless `-NoTypeInformation` was said, as Windows PowerShell has it.
 *
 * @throws ShellError `SHELL_FILE` where an object lacks a column of the file
 */
export async function csvLines(call: CommandCall, columns?: readonly string[]): Promise<string[]> {
  const delimiter = delimiterOf(call);
  const lines: string[] = [];
  let names = columns;
  for await (const item of inputValues(call)) {
    if (names === undefined) {
      names = propertyNames(item);
      if (call.parameters.get('NoTypeInformation') !== true) lines.push(`#TYPE ${typeOf(item)}`);
      lines.push(names.map(quoted).join(delimiter));
    } else if (columns !== undefined && call.parameters.get('Force') !== true) {
      const missing = columns.find((name) => ownProperty(item, name) === undefined);
      if (missing !== undefined) throw new ShellError('SHELL_FILE', `Cannot append CSV content to the file. The appended object does not have a property that corresponds to the following column: ${missing}. To continue with mismatched properties, add the -Force parameter, and then retry the command.`, { extent: call.extent });
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

/**
 * Records of fields; quoted ones may hold delimiters and line ends (RFC 4180 §2), blanks around others are not theirs. A
 * line that names a type is left out.
 */
export function readCsv(text: string, delimiter: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let field = '';
  let inQuotes = false;
  let wasQuoted = false;
  const endField = (): void => {
    record.push(wasQuoted ? field : field.trim());
    field = '';
    wasQuoted = false;
  };
  const endRecord = (): void => {
    if (record.length === 0 && field.trim() === '' && !wasQuoted) field = '';
    else {
      endField();
      records.push(record);
    }
    record = [];
  };
  const plain = text.replace(/^\ufeff/, '').replace(/^#TYPE[^\n]*(?:\n|$)/, '');
  for (let at = 0; at < plain.length; at += 1) {
    const character = plain.charAt(at);
    if (inQuotes) {
      if (character !== '"') field += character;
      else if (plain.charAt(at + 1) === '"') {
        field += '"';
        at += 1;
      } else inQuotes = false;
    } else if (character === '"' && field.trim() === '') {
      field = '';
      inQuotes = true;
      wasQuoted = true;
    } else if (character === delimiter) endField();
    else if (character === '\n') endRecord();
    else if (character !== '\r' && !(wasQuoted && /[ \t]/.test(character))) field += character;
  }
  endRecord();
  return records;
}

/**
 * Objects of the records, with the names of the first one or those of `-Header`. Columns without a name are called H1, H2
 * and so on, and columns that a record does not have are null.
 *
 * @throws ShellError `SHELL_FILE` for a name that stands twice
 */
export function csvObjects(call: CommandCall, text: string): ShellObject[] {
  const records = readCsv(text, delimiterOf(call));
  const given = call.parameters.get('Header') ?? null;
  const header = given === null ? (records.shift() ?? []) : (isList(given) ? given : [given]).map(toText);
  if (header.includes('')) call.state.host.writeWarning('One or more headers were not specified. Default names starting with "H" have been used in place of any missing headers.');
  const names = header.map((name, at) => (name === '' ? `H${at + 1}` : name));
  const twice = names.find((name, at) => names.findIndex((one) => one.toLowerCase() === name.toLowerCase()) !== at);
  if (twice !== undefined) throw new ShellError('SHELL_FILE', `The member "${twice.slice(0, 100)}" is already present.`, { extent: call.extent, remedy: 'Two columns have this name: name them otherwise in the file, or with -Header.' });
  return records.map((record) => new ShellObject(names.map((name, at) => [name, record[at] ?? null])));
}
