import { toNumber } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { Leave } from '../runtime/shell-state.ts';

export const exit: ShellCommand = {
  name: 'exit',
  aliases: ['quit'],
  synopsis: 'Leaves the shell.',
  example: 'exit',
  parameters: { ExitCode: { type: 'value', position: 0 } },
  // eslint-disable-next-line require-yield -- it never gets that far
  async *run(call) {
    call.state.exitCode = call.parameters.has('ExitCode') ? toNumber(call.parameters.get('ExitCode') ?? null) : 0;
    throw new Leave('exit');
  },
};
