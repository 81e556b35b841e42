import { toNumber, toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { decodeText } from './decode-text.ts';

export const getContent: ShellCommand = {
  name: 'Get-Content',
  aliases: ['gc', 'cat', 'type'],
  synopsis: 'Reads the lines of a file.',
  example: 'Get-Content addresses.txt | Get-Mailbox',
  parameters: { Path: { type: 'value', position: 0, aliases: ['LiteralPath'] }, Raw: { type: 'switch' }, Encoding: { type: 'value' }, TotalCount: { type: 'value', aliases: ['First', 'Head'] } },
  async *run(call) {
    const bytes = await call.state.host.readFile(toText(call.parameters.get('Path') ?? null));
    if (toText(call.parameters.get('Encoding') ?? null).toLowerCase() === 'byte') {
      yield bytes;
      return;
    }
    const text = decodeText(bytes);
    if (call.parameters.get('Raw') === true) yield text;
    else yield* text.replace(/\r?\n$/, '').split(/\r?\n/).slice(0, call.parameters.has('TotalCount') ? toNumber(call.parameters.get('TotalCount') ?? null) : undefined);
  },
};
