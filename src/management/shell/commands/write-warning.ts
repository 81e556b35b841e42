import { toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';

export const writeWarning: ShellCommand = {
  name: 'Write-Warning',
  aliases: [],
  synopsis: 'Shows a warning.',
  example: "Write-Warning 'The certificate ends soon.'",
  parameters: { Message: { type: 'value', position: 0 } },
  // eslint-disable-next-line require-yield -- it puts out nothing
  async *run(call) {
    call.state.host.writeWarning(toText(call.parameters.get('Message') ?? ''));
  },
};
