import { ShellError } from '../language/shell-error.ts';
import { toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';

export const setAlias: ShellCommand = {
  name: 'Set-Alias',
  aliases: ['sal', 'New-Alias', 'nal'],
  synopsis: 'Gives a cmdlet, command or function a further name.',
  example: 'Set-Alias gmb Get-Mailbox',
  parameters: { Name: { type: 'value', position: 0 }, Value: { type: 'value', position: 1 }, Scope: { type: 'value' }, Force: { type: 'switch' } },
  // eslint-disable-next-line require-yield -- it puts out nothing
  async *run(call) {
    const [name, value] = [call.parameters.get('Name'), call.parameters.get('Value')];
    if (name === undefined || value === undefined) throw new ShellError('SHELL_PARAMETER', 'Set-Alias needs a name and the command that it stands for.', { extent: call.extent });
    call.state.aliases.set(toText(name).toLowerCase(), toText(value));
  },
};
