import { ShellError } from '../language/shell-error.ts';
import { toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';

export const writeError: ShellCommand = {
  name: 'Write-Error',
  aliases: [],
  synopsis: 'Shows an error; its category, id and target are taken without effect.',
  example: "Write-Error 'No agent is connected.'",
  parameters: { Message: { type: 'value', position: 0 }, Exception: { type: 'value' }, Category: { type: 'value' }, ErrorId: { type: 'value' }, TargetObject: { type: 'value' } },
  // eslint-disable-next-line require-yield -- it throws
  async *run(call) {
    throw new ShellError('SHELL_OPERATION', toText(call.parameters.get('Message') ?? call.parameters.get('Exception') ?? ''), { extent: call.extent });
  },
};
