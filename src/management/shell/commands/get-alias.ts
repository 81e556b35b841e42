import { ShellError } from '../language/shell-error.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { ShellObject } from '../runtime/values.ts';
import { isWildCard, wildCardPattern } from '../runtime/wild-card-pattern.ts';
import { textsOf } from './pipeline-values.ts';

export const getAlias: ShellCommand = {
  name: 'Get-Alias',
  aliases: ['gal'],
  synopsis: 'Lists the further names of commands.',
  example: 'Get-Alias -Definition Format-Table',
  parameters: { Name: { type: 'value', position: 0 }, Definition: { type: 'value' } },
  async *run(call) {
    const { commands, aliases } = call.state;
    const all = [...[...commands].flatMap(([name, command]) => (name === command.name.toLowerCase() ? [] : [{ name, definition: command.name }])), ...[...aliases].map(([name, definition]) => ({ name, definition }))].toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
    const [definition = '*'] = textsOf(call.parameters.get('Definition'));
    const fits = wildCardPattern(definition);
    for (const wanted of call.parameters.has('Name') ? textsOf(call.parameters.get('Name')) : ['*']) {
      const matches = wildCardPattern(wanted);
      const found = all.filter((one) => matches(one.name) && fits(one.definition));
      if (found.length === 0 && !isWildCard(wanted)) throw new ShellError('SHELL_OPERATION', `This command cannot find a matching alias because an alias with the name '${wanted.slice(0, 100)}' does not exist.`, { extent: call.extent });
      for (const one of found) yield new ShellObject([['CommandType', 'Alias'], ['Name', one.name], ['Definition', one.definition]], 'AliasInfo');
    }
  },
};
