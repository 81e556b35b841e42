import { itemsOf, toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { ShellObject } from '../runtime/values.ts';
import { wildCardPattern } from '../runtime/wild-card-pattern.ts';

export const getCommand: ShellCommand = {
  name: 'Get-Command',
  aliases: ['gcm'],
  synopsis: 'Lists the cmdlets of the open sessions and the commands of the shell.',
  example: 'Get-Command *OrganizationRelationship',
  parameters: { Name: { type: 'value', position: 0 }, Noun: { type: 'value' }, Verb: { type: 'value' }, Module: { type: 'value' } },
  async *run(call) {
    const { state, parameters } = call;
    const test = (name: string): ((text: string) => boolean) => {
      const patterns = itemsOf(parameters.get(name) ?? null).map((pattern) => wildCardPattern(toText(pattern)));
      return (text) => patterns.length === 0 || patterns.some((matches) => matches(text));
    };
    const [byName, byNoun, byVerb, byModule] = [test('Name'), test('Noun'), test('Verb'), test('Module')];
    const all = [
      ...state.connections.flatMap((connection) => connection.cmdlets.map((cmdlet) => ({ name: cmdlet.name.replace('-', `-${connection.prefix}`), source: connection.name, synopsis: cmdlet.synopsis }))),
      ...[...state.functions.values()].map((called) => ({ name: called.name, source: '', synopsis: '' })),
      ...[...new Set(state.commands.values())].map((command) => ({ name: command.name, source: 'Shell', synopsis: command.synopsis })),
    ];
    for (const { name, source, synopsis } of all.toSorted((a, b) => a.name.localeCompare(b.name, 'en'))) {
      const [verb = '', noun = ''] = name.split('-');
      if (byName(name) && byNoun(noun) && byVerb(verb) && byModule(source)) yield new ShellObject([['CommandType', state.functions.has(name.toLowerCase()) ? 'Function' : 'Cmdlet'], ['Name', name], ['Source', source], ['Synopsis', synopsis]], 'Command');
    }
  },
};
