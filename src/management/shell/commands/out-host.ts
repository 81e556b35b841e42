import { Formatted } from '../formatting/formatted.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { linesOf } from './shown-lines.ts';

export const outHost: ShellCommand = {
  name: 'Out-Host',
  aliases: ['oh', 'more'],
  synopsis: 'Shows what comes through the pipe.',
  example: 'Get-Mailbox | Out-Host',
  parameters: { Paging: { type: 'switch' }, InputObject: { type: 'value' } },
  async *run(call) {
    const lines = await linesOf(call);
    if (call.parameters.get('Paging') === true || call.written === 'more') await call.state.host.page(lines);
    else yield new Formatted(lines);
  },
};
