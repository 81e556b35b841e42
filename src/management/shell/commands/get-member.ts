import { cellText } from '../formatting/cell-text.ts';
import { typeOf } from '../runtime/convert.ts';
import { ownProperty, propertyNames } from '../runtime/members.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import type { ShellValue } from '../runtime/values.ts';
import { Hashtable, ShellObject } from '../runtime/values.ts';
import { wildCardPattern } from '../runtime/wild-card-pattern.ts';
import { inputValues, textsOf } from './pipeline-values.ts';

/** What `-MemberType` says for them; methods are not listed. */
const propertyTypes = new Set(['all', 'properties', 'property', 'noteproperty']);

export const getMember: ShellCommand = {
  name: 'Get-Member',
  aliases: ['gm'],
  synopsis: 'Shows which properties objects have.',
  example: 'Get-OrganizationRelationship | Get-Member',
  parameters: { Name: { type: 'value', position: 0 }, MemberType: { type: 'value', aliases: ['Type'] }, Force: { type: 'switch' }, InputObject: { type: 'value' } },
  async *run(call) {
    const wanted = textsOf(call.parameters.get('Name')).map((pattern) => wildCardPattern(pattern));
    const types = textsOf(call.parameters.get('MemberType'));
    const seen = new Set<string>();
    for await (const item of inputValues(call)) {
      const kind = item instanceof ShellObject ? item.typeName : typeOf(item);
      if (seen.has(kind)) continue;
      seen.add(kind);
      if (types.length > 0 && !types.some((type) => propertyTypes.has(type.toLowerCase()))) continue;
      for (const name of propertyNames(item).toSorted((a, b) => a.localeCompare(b, 'en'))) {
        if (wanted.length > 0 && !wanted.some((matches) => matches(name))) continue;
        yield new ShellObject([['TypeName', typeOf(item)], ['Name', name], ['MemberType', item instanceof ShellObject || item instanceof Hashtable ? 'NoteProperty' : 'Property'], ['Definition', definitionOf(name, ownProperty(item, name) ?? null)]], 'MemberDefinition');
      }
    }
  },
};

/** The short names that PowerShell has for types. */
const shortNames: Readonly<Record<string, string>> = { 'System.String': 'string', 'System.Boolean': 'bool', 'System.Int32': 'int', 'System.Int64': 'long', 'System.Double': 'double', 'System.DateTime': 'datetime', 'System.Byte[]': 'byte[]', 'System.Object[]': 'Object[]', 'System.Collections.Hashtable': 'hashtable' };

/** `string Alias=bert`; of what is empty the type is not known. */
function definitionOf(name: string, value: ShellValue): string {
  const type = typeOf(value);
  return `${value === null ? 'object' : (shortNames[type] ?? type)} ${name}=${value === null ? 'null' : cellText(value)}`;
}
