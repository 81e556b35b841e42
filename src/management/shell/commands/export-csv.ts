import { ShellError } from '../language/shell-error.ts';
import { toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { csvLines, csvParameters, delimiterOf, readCsv } from './csv-text.ts';
import { decodeText } from './decode-text.ts';
import { refuseToOverwrite, writeText } from './encode-text.ts';

export const exportCsv: ShellCommand = {
  name: 'Export-Csv',
  aliases: ['epcsv'],
  synopsis: 'Writes objects to a file of comma-separated values.',
  example: 'Get-Mailbox | Export-Csv mailboxes.csv -NoTypeInformation -Encoding UTF8',
  parameters: { Path: { type: 'value', position: 0, aliases: ['LiteralPath'] }, Append: { type: 'switch' }, Encoding: { type: 'value' }, Force: { type: 'switch' }, NoClobber: { type: 'switch', aliases: ['NoOverwrite'] }, ...csvParameters },
  // eslint-disable-next-line require-yield -- it puts out nothing
  async *run(call) {
    const { host } = call.state;
    const given = call.parameters.get('Path');
    if (given === undefined) throw new ShellError('SHELL_PARAMETER', 'Export-Csv needs the path of a file.', { extent: call.extent });
    const path = toText(given);
    await refuseToOverwrite(call, path);
    const append = call.parameters.get('Append') === true;
    // What is added stands in the columns that the file has.
    const columns = append && (await host.pathType(path)) === 'file' ? readCsv(decodeText(await host.readFile(path)), delimiterOf(call))[0] : undefined;
    const lines = await csvLines(call, columns);
    await writeText(call, path, lines.map((line) => `${line}\r\n`).join(''), { append });
  },
};
