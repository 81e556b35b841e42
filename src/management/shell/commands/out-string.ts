import type { ShellCommand } from '../runtime/shell-state.ts';
import { linesOf } from './shown-lines.ts';

export const outString: ShellCommand = {
  name: 'Out-String',
  aliases: [],
  synopsis: 'Gives what would be shown as text.',
  example: '(Get-AuthConfig | Format-List | Out-String).Length',
  parameters: { Stream: { type: 'switch' }, Width: { type: 'value' }, InputObject: { type: 'value' } },
  async *run(call) {
    const lines = await linesOf(call);
    if (call.parameters.get('Stream') === true) yield* lines;
    else yield lines.map((line) => `${line}\n`).join('');
  },
};
