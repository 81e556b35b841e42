import { ShellError } from '../language/shell-error.ts';
import { confirm } from '../runtime/confirm.ts';
import { toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { foldersOf } from './folders-of.ts';
import { pathsOf } from './paths-of.ts';

export const removeItem: ShellCommand = {
  name: 'Remove-Item',
  aliases: ['ri', 'rm', 'del', 'erase', 'rd', 'rmdir'],
  synopsis: 'Removes files and empty folders; what is in a folder is not removed with it.',
  example: 'Remove-Item report.csv -ErrorAction SilentlyContinue',
  parameters: { Path: { type: 'value', position: 0, aliases: ['LiteralPath', 'PSPath'] }, Force: { type: 'switch' }, WhatIf: { type: 'switch', aliases: ['wi'] }, Confirm: { type: 'switch', aliases: ['cf'] } },
  // eslint-disable-next-line require-yield -- it puts out nothing
  async *run(call) {
    const { host, variables } = call.state;
    const folders = foldersOf(call);
    let asks = call.parameters.get('Confirm') ?? toText(variables.get('confirmpreference') ?? null).toLowerCase() === 'low';
    for (const path of await pathsOf(call)) {
      if ((await folders.entry(path)) === undefined) throw new ShellError('SHELL_FILE', `Cannot find path '${path.slice(0, 200)}' because it does not exist.`, { extent: call.extent });
      if (call.parameters.get('WhatIf') ?? variables.get('whatifpreference') === true) host.writeWarning(`What if: Performing the operation "Remove File" on target "${path}".`);
      else {
        const answer = asks === true ? await confirm(host, `"Remove File" on target "${path}"`, call.extent) : 'yes';
        if (answer === 'all') asks = false;
        if (answer !== 'no') await folders.remove(path);
      }
    }
  },
};
