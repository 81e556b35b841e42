import { toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { pathsOf } from './paths-of.ts';

export const splitPath: ShellCommand = {
  name: 'Split-Path',
  aliases: [],
  synopsis: 'Gives the folder of a path, or with -Leaf its last part.',
  example: String.raw`Split-Path C:\Reports\a.csv -Leaf`,
  parameters: { Path: { type: 'value', position: 0, aliases: ['LiteralPath'] }, Parent: { type: 'switch' }, Leaf: { type: 'switch' } },
  async *run(call) {
    for (const path of (await pathsOf(call)).map(toText)) {
      const [, parent = '', leaf = ''] = /^(?:(.*?)[\\/]+)?([^\\/]*)[\\/]*$/.exec(path) ?? [];
      yield call.parameters.get('Leaf') === true ? leaf : parent;
    }
  },
};
