import { ShellError } from '../language/shell-error.ts';
import { toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { ShellObject } from '../runtime/values.ts';
import { isWildCard, wildCardPattern } from '../runtime/wild-card-pattern.ts';
import { textsOf } from './pipeline-values.ts';

export const getVariableCommand: ShellCommand = {
  name: 'Get-Variable',
  aliases: ['gv'],
  synopsis: 'Shows variables and what they hold.',
  example: 'Get-Variable mail*',
  parameters: { Name: { type: 'value', position: 0 }, ValueOnly: { type: 'switch' }, Scope: { type: 'value' } },
  async *run(call) {
    const wanted = call.parameters.has('Name') ? textsOf(call.parameters.get('Name')) : ['*'];
    for (const name of wanted) {
      const pattern = wildCardPattern(name);
      const found = [...call.state.variables].filter(([variable]) => pattern(variable)).toSorted(([a], [b]) => a.localeCompare(b, 'en'));
      if (found.length === 0 && !isWildCard(name)) throw new ShellError('SHELL_OPERATION', `Cannot find a variable with the name '${toText(name).slice(0, 100)}'.`, { extent: call.extent });
      for (const [variable, value] of found) {
        if (call.parameters.get('ValueOnly') === true) yield value;
        else yield new ShellObject([['Name', variable], ['Value', value]], 'PSVariable');
      }
    }
  },
};
