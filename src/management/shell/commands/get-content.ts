import { toNumber, toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { decodeText } from './decode-text.ts';
import { pathsOf } from './paths-of.ts';

export const getContent: ShellCommand = {
  name: 'Get-Content',
  aliases: ['gc', 'cat', 'type'],
  synopsis: 'Reads the lines of a file.',
  example: 'Get-Content addresses.txt | Get-Mailbox',
  parameters: { Path: { type: 'value', position: 0, aliases: ['LiteralPath', 'PSPath'] }, Raw: { type: 'switch' }, Encoding: { type: 'value' }, TotalCount: { type: 'value', aliases: ['First', 'Head'] }, Tail: { type: 'value', aliases: ['Last'] } },
  async *run(call) {
    const { host } = call.state;
    const encoding = toText(call.parameters.get('Encoding') ?? '');
    const number = (name: string): number | undefined => (call.parameters.has(name) ? toNumber(call.parameters.get(name) ?? null) : undefined);
    const [first, last] = [number('TotalCount'), number('Tail')];
    for (const path of await pathsOf(call)) {
      const bytes = await host.readFile(path);
      if (encoding.toLowerCase() === 'byte') {
        yield bytes;
        continue;
      }
      const text = decodeText(bytes, encoding);
      const lines = text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/);
      if (call.parameters.get('Raw') === true) yield text;
      else yield* last === undefined ? lines.slice(0, first) : last === 0 ? [] : lines.slice(-last);
    }
  },
};
