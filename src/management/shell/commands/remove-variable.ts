import { ShellError } from '../language/shell-error.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { isWildCard, wildCardPattern } from '../runtime/wild-card-pattern.ts';
import { textsOf } from './pipeline-values.ts';

export const removeVariable: ShellCommand = {
  name: 'Remove-Variable',
  aliases: ['rv', 'Clear-Variable', 'clv'],
  synopsis: 'Forgets variables.',
  example: 'Remove-Variable report',
  parameters: { Name: { type: 'value', position: 0 }, Scope: { type: 'value' }, Force: { type: 'switch' } },
  // eslint-disable-next-line require-yield -- it puts out nothing
  async *run(call) {
    const { variables } = call.state;
    for (const name of textsOf(call.parameters.get('Name'))) {
      const matches = wildCardPattern(name);
      const found = [...variables.keys()].filter((variable) => matches(variable));
      if (found.length === 0 && !isWildCard(name)) throw new ShellError('SHELL_OPERATION', `Cannot find a variable with the name '${name.slice(0, 100)}'.`, { extent: call.extent });
      for (const variable of found) variables.delete(variable);
    }
  },
};
