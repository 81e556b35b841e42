import type { ShellCommand } from '../runtime/shell-state.ts';

export const importModule: ShellCommand = {
  name: 'Import-Module',
  aliases: ['ipmo', 'Add-PSSnapin', 'asnp'],
  synopsis: 'Says that the cmdlets of a module are here already, so that copied scripts run.',
  example: String.raw`Import-Module .\HybridManagement.psm1`,
  parameters: { Name: { type: 'value', position: 0, remaining: true }, Force: { type: 'switch' }, Global: { type: 'switch' }, DisableNameChecking: { type: 'switch' } },
  // eslint-disable-next-line require-yield -- it puts out nothing
  async *run() {},
};
