import type { ShellCommand } from '../runtime/shell-state.ts';

export const clearHost: ShellCommand = {
  name: 'Clear-Host',
  aliases: ['cls', 'clear'],
  synopsis: 'Clears the screen.',
  example: 'Clear-Host',
  parameters: {},
  // eslint-disable-next-line require-yield -- it puts out nothing
  async *run(call) {
    if (call.state.host.interactive) call.state.host.writeHost('\u001b[2J\u001b[3J\u001b[H', { newline: false });
  },
};
