import { toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { csvObjects } from './csv-text.ts';
import { decodeText } from './decode-text.ts';
import { pathsOf } from './paths-of.ts';

export const importCsv: ShellCommand = {
  name: 'Import-Csv',
  aliases: ['ipcsv'],
  synopsis: 'Reads objects from a file of comma-separated values.',
  example: 'Import-Csv mailboxes.csv | ForEach-Object { Get-Mailbox $_.PrimarySmtpAddress }',
  parameters: { Path: { type: 'value', position: 0, aliases: ['LiteralPath', 'PSPath'] }, Delimiter: { type: 'value', position: 1 }, Header: { type: 'value' }, Encoding: { type: 'value' }, UseCulture: { type: 'switch' } },
  async *run(call) {
    for (const path of await pathsOf(call)) yield* csvObjects(call, decodeText(await call.state.host.readFile(path), toText(call.parameters.get('Encoding') ?? '')));
  },
};
