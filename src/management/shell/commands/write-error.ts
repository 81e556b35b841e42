import { ShellError } from '../language/shell-error.ts';
import { toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';

export const writeError: ShellCommand = {
  name: 'Write-Error',
  aliases: [],
  synopsis: 'Shows an error.',
  example: "Write-Error 'No agent is connected.'",
  parameters: { Message: { type: 'value', position: 0 } },
  // eslint-disable-next-line require-yield -- it throws
  async *run(call) {
    throw new ShellError('SHELL_OPERATION', toText(call.parameters.get('Message') ?? ''), { extent: call.extent });
  },
};
