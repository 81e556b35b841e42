import { toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { textsOf } from './pipeline-values.ts';

export const joinPath: ShellCommand = {
  name: 'Join-Path',
  aliases: [],
  synopsis: 'Puts the parts of a path together.',
  example: "Join-Path reports 'mailboxes.csv'",
  parameters: { Path: { type: 'value', position: 0 }, ChildPath: { type: 'value', position: 1 } },
  async *run(call) {
    const child = toText(call.parameters.get('ChildPath') ?? null).replace(/^[\\/]+/, '');
    // Whoever writes Windows' paths gets one.
    for (const path of textsOf(call.parameters.get('Path'))) yield `${path.replace(/[\\/]+$/, '')}${path.includes('\\') || /^[A-Za-z]:$/.test(path) ? '\\' : '/'}${child}`;
  },
};
