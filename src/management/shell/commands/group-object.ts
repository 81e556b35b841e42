import { chooseProperties, wantedProperties } from '../formatting/property-selection.ts';
import { fromItems, toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import type { ShellValue } from '../runtime/values.ts';
import { Hashtable, ShellObject } from '../runtime/values.ts';
import { blockRunner, inputValues } from './pipeline-values.ts';

export const groupObject: ShellCommand = {
  name: 'Group-Object',
  aliases: ['group'],
  synopsis: 'Puts objects with the same values together and counts them.',
  example: 'Get-Recipient | Group-Object RecipientTypeDetails -NoElement',
  parameters: { Property: { type: 'value', position: 0, remaining: true }, NoElement: { type: 'switch' }, AsHashTable: { type: 'switch' }, AsString: { type: 'switch' }, InputObject: { type: 'value' } },
  async *run(call) {
    const asked = call.parameters.get('Property');
    const wanted = asked === undefined ? undefined : wantedProperties(asked);
    const groups = new Map<string, { name: string; values: ShellValue[]; items: ShellValue[] }>();
    for await (const item of inputValues(call)) {
      const values = wanted === undefined ? [item] : (await chooseProperties(item, wanted, blockRunner(call.state), { missing: 'empty' })).map(({ value }) => value);
      const name = values.map(toText).join(', ');
      const group = groups.get(name.toLowerCase()) ?? { name, values, items: [] };
      group.items.push(item);
      groups.set(name.toLowerCase(), group);
    }
    if (call.parameters.get('AsHashTable') === true) {
      yield new Hashtable([...groups.values()].map(({ name, items }) => [name, fromItems(items)]));
      return;
    }
    for (const { name, values, items } of groups.values()) {
      yield new ShellObject([['Count', items.length], ['Name', name], ...(call.parameters.get('NoElement') === true ? [] : ([['Group', items], ['Values', values]] as const))], call.parameters.get('NoElement') === true ? 'GroupInfoNoElement' : 'GroupInfo');
    }
  },
};
