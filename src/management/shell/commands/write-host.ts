import { toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { isList } from '../runtime/values.ts';

export const writeHost: ShellCommand = {
  name: 'Write-Host',
  aliases: [],
  synopsis: 'Shows a text on the screen.',
  example: "Write-Host 'Ready' -ForegroundColor Green",
  parameters: { Object: { type: 'value', position: 0, remaining: true }, NoNewline: { type: 'switch' }, ForegroundColor: { type: 'value', aliases: ['fg'] }, BackgroundColor: { type: 'value' }, Separator: { type: 'value' } },
  // eslint-disable-next-line require-yield -- it puts out nothing
  async *run(call) {
    const color = call.parameters.get('ForegroundColor');
    const given = call.parameters.get('Object') ?? '';
    const text = isList(given) ? given.map(toText).join(toText(call.parameters.get('Separator') ?? ' ')) : toText(given);
    call.state.host.writeHost(text, { newline: call.parameters.get('NoNewline') !== true, ...(color === undefined ? {} : { color: toText(color).toLowerCase() }) });
  },
};
