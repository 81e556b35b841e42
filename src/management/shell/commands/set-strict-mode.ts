import type { ShellCommand } from '../runtime/shell-state.ts';

export const setStrictMode: ShellCommand = {
  name: 'Set-StrictMode',
  aliases: [],
  synopsis: 'Is taken without effect, so that copied scripts run: variables and properties that are not there are null.',
  example: 'Set-StrictMode -Version Latest',
  parameters: { Version: { type: 'value' }, Off: { type: 'switch' } },
  // eslint-disable-next-line require-yield -- it puts out nothing
  async *run() {},
};
