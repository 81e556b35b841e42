import { ShellError } from '../language/shell-error.ts';
import { toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { refuseToOverwrite, writeText } from './encode-text.ts';
import { linesOf } from './shown-lines.ts';

export const outFile: ShellCommand = {
  name: 'Out-File',
  aliases: [],
  synopsis: 'Writes what would be shown to a file.',
  example: 'Get-AuthServer | Format-List | Out-File authserver.txt',
  parameters: { FilePath: { type: 'value', position: 0, aliases: ['Path', 'LiteralPath'] }, Append: { type: 'switch' }, Encoding: { type: 'value' }, Width: { type: 'value' }, Force: { type: 'switch' }, NoClobber: { type: 'switch', aliases: ['NoOverwrite'] }, NoNewline: { type: 'switch' }, InputObject: { type: 'value' } },
  // eslint-disable-next-line require-yield -- it puts out nothing
  async *run(call) {
    const given = call.parameters.get('FilePath');
    if (given === undefined) throw new ShellError('SHELL_PARAMETER', 'Out-File needs the path of a file.', { extent: call.extent });
    const path = toText(given);
    await refuseToOverwrite(call, path);
    const lines = await linesOf(call);
    await writeText(call, path, lines.map((line) => `${line}${call.parameters.get('NoNewline') === true ? '' : '\r\n'}`).join(''), { append: call.parameters.get('Append') === true });
  },
};
