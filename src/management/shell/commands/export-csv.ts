import { ShellError } from '../language/shell-error.ts';
import { toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { csvLines, csvParameters } from './csv-text.ts';

export const exportCsv: ShellCommand = {
  name: 'Export-Csv',
  aliases: ['epcsv'],
  synopsis: 'Writes objects to a file of comma-separated values.',
  example: 'Get-Mailbox | Export-Csv mailboxes.csv -NoTypeInformation',
  parameters: { Path: { type: 'value', position: 0, aliases: ['LiteralPath'] }, Append: { type: 'switch' }, Encoding: { type: 'value' }, Force: { type: 'switch' }, ...csvParameters },
  // eslint-disable-next-line require-yield -- it puts out nothing
  async *run(call) {
    const path = call.parameters.get('Path');
    if (path === undefined) throw new ShellError('SHELL_PARAMETER', 'Export-Csv needs the path of a file.', { extent: call.extent });
    const lines = await csvLines(call);
    const append = call.parameters.get('Append') === true;
    await call.state.host.writeFile(toText(path), Buffer.from((append ? lines.slice(call.parameters.get('IncludeTypeInformation') === true ? 2 : 1) : lines).map((line) => `${line}\r\n`).join('')), append);
  },
};
