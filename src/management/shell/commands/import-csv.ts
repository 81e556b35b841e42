import { toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { ShellObject } from '../runtime/values.ts';
import { decodeText } from './decode-text.ts';
import { delimiterOf, readCsv } from './csv-text.ts';

export const importCsv: ShellCommand = {
  name: 'Import-Csv',
  aliases: ['ipcsv'],
  synopsis: 'Reads objects from a file of comma-separated values.',
  example: 'Import-Csv mailboxes.csv | ForEach-Object { Get-Mailbox $_.PrimarySmtpAddress }',
  parameters: { Path: { type: 'value', position: 0, aliases: ['LiteralPath'] }, Delimiter: { type: 'value' }, Encoding: { type: 'value' } },
  async *run(call) {
    const bytes = await call.state.host.readFile(toText(call.parameters.get('Path') ?? null));
    const [header, ...records] = readCsv(decodeText(bytes).replace(/^#TYPE.*\r?\n/, ''), delimiterOf(call));
    for (const record of records) yield new ShellObject((header ?? []).map((name, index) => [name, record[index] ?? null]));
  },
};
