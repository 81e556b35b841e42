import { toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { foldersOf } from './folders-of.ts';

export const setLocation: ShellCommand = {
  name: 'Set-Location',
  aliases: ['cd', 'sl', 'chdir'],
  synopsis: 'Goes to a folder: relative paths begin there.',
  example: 'Set-Location ~/reports',
  parameters: { Path: { type: 'value', position: 0, aliases: ['LiteralPath'] } },
  // eslint-disable-next-line require-yield -- it puts out nothing
  async *run(call) {
    await foldersOf(call).moveTo(toText(call.parameters.get('Path') ?? '~'));
  },
};
