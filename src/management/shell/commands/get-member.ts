import { cellText } from '../formatting/cell-text.ts';
import { typeOf } from '../runtime/convert.ts';
import { ownProperty, propertyNames } from '../runtime/members.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { ShellObject } from '../runtime/values.ts';
import { inputValues } from './pipeline-values.ts';

export const getMember: ShellCommand = {
  name: 'Get-Member',
  aliases: ['gm'],
  synopsis: 'Shows which properties objects have.',
  example: 'Get-OrganizationRelationship | Get-Member',
  parameters: { Name: { type: 'value', position: 0 }, MemberType: { type: 'value' }, InputObject: { type: 'value' } },
  async *run(call) {
    const seen = new Set<string>();
    for await (const item of inputValues(call)) {
      const kind = item instanceof ShellObject ? item.typeName : typeOf(item);
      if (seen.has(kind)) continue;
      seen.add(kind);
      for (const name of propertyNames(item).toSorted((a, b) => a.localeCompare(b, 'en'))) {
        const value = ownProperty(item, name) ?? null;
        yield new ShellObject([['Name', name], ['MemberType', 'Property'], ['Type', typeOf(value)], ['Value', cellText(value)]], 'MemberDefinition');
      }
    }
  },
};
