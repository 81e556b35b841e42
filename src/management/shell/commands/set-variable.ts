import { ShellError } from '../language/shell-error.ts';
import { fromItems, toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import type { ShellValue } from '../runtime/values.ts';
import { setVariable } from '../runtime/variables.ts';
import { inputValues, textsOf } from './pipeline-values.ts';

export const setVariableCommand: ShellCommand = {
  name: 'Set-Variable',
  aliases: ['sv', 'set', 'New-Variable', 'nv'],
  synopsis: 'Sets variables by their names.',
  example: 'Set-Variable -Name report -Value @()',
  parameters: { Name: { type: 'value', position: 0 }, Value: { type: 'value', position: 1 }, Scope: { type: 'value' }, Force: { type: 'switch' } },
  // eslint-disable-next-line require-yield -- it puts out nothing
  async *run(call) {
    const scope = toText(call.parameters.get('Scope') ?? 'local').toLowerCase();
    if (!['local', 'global', 'script', '0'].includes(scope)) throw new ShellError('SHELL_NOT_SUPPORTED', `The scope '${scope.slice(0, 20)}' is not supported here.`, { extent: call.extent, remedy: 'Say Local, Script or Global.' });
    const items: ShellValue[] = [];
    if (call.input !== undefined) for await (const item of inputValues(call)) items.push(item);
    const value = call.parameters.get('Value') ?? fromItems(items);
    for (const name of textsOf(call.parameters.get('Name'))) setVariable(call.state, scope === 'global' || scope === 'script' ? `${scope}:${name}` : name, value, call.extent);
  },
};
