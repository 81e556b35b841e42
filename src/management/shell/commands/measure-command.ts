import { ShellError } from '../language/shell-error.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { createTimeSpan, isScriptBlock } from '../runtime/values.ts';

export const measureCommand: ShellCommand = {
  name: 'Measure-Command',
  aliases: [],
  synopsis: 'Tells how long a script block takes; what it puts out is not shown.',
  example: '(Measure-Command { Get-Recipient }).TotalSeconds',
  parameters: { Expression: { type: 'value', position: 0 } },
  async *run(call) {
    const { interpreter } = call.state;
    const block = call.parameters.get('Expression');
    if (!isScriptBlock(block)) throw new ShellError('SHELL_PARAMETER', 'Measure-Command needs a script block.', { extent: call.extent });
    const begun = performance.now();
    await interpreter.runWithItem(block, null, call.state);
    yield createTimeSpan(performance.now() - begun);
  },
};
