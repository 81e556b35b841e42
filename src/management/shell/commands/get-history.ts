import { toNumber } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { ShellObject } from '../runtime/values.ts';

export const getHistory: ShellCommand = {
  name: 'Get-History',
  aliases: ['h', 'history', 'ghy'],
  synopsis: 'Lists the command lines of this session.',
  example: 'Get-History | Where-Object CommandLine -like *Mailbox*',
  parameters: { Id: { type: 'value', position: 0 }, Count: { type: 'value', position: 1 } },
  async *run({ parameters, state }) {
    const id = parameters.has('Id') ? toNumber(parameters.get('Id') ?? null) : undefined;
    const listed = state.history.map((line, at): [number, string] => [at + 1, line]).filter(([number]) => id === undefined || number <= id);
    const count = parameters.has('Count') ? toNumber(parameters.get('Count') ?? null) : id === undefined ? listed.length : 1;
    for (const [number, line] of count <= 0 ? [] : listed.slice(-count)) yield new ShellObject([['Id', number], ['CommandLine', line]], 'HistoryInfo', line);
  },
};
