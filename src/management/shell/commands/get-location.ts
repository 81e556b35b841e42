import type { ShellCommand } from '../runtime/shell-state.ts';
import { ShellObject } from '../runtime/values.ts';
import { foldersOf } from './folders-of.ts';

export const getLocation: ShellCommand = {
  name: 'Get-Location',
  aliases: ['pwd', 'gl'],
  synopsis: 'Shows the folder at which relative paths begin.',
  example: 'Get-Location',
  parameters: {},
  async *run(call) {
    const { location } = foldersOf(call);
    yield new ShellObject([['Path', location]], 'PathInfo', location);
  },
};
