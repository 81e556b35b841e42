import { ShellError } from '../language/shell-error.ts';
import { toText } from '../runtime/convert.ts';
import { getProperty } from '../runtime/members.ts';
import type { CommandCall, ShellCommand } from '../runtime/shell-state.ts';
import type { ShellValue } from '../runtime/values.ts';
import { Hashtable, ShellObject } from '../runtime/values.ts';
import { inputValues } from './pipeline-values.ts';

interface Member {
  name: string;
  value: ShellValue;
  /** The value is the name of another property. */
  isAlias: boolean;
}

/** Of System.Management.Automation.PSMemberTypes. */
const memberTypes = new Set(['noteproperty', 'aliasproperty', 'scriptproperty', 'scriptmethod', 'codeproperty', 'codemethod', 'propertyset', 'memberset', 'property']);

export const addMember: ShellCommand = {
  name: 'Add-Member',
  aliases: [],
  synopsis: 'Gives objects a further property.',
  example: "Get-Mailbox | Add-Member -NotePropertyName Site -NotePropertyValue 'Munich' -PassThru | Format-Table Name,Site",
  parameters: {
    MemberType: { type: 'value', position: 0, aliases: ['Type'] },
    Name: { type: 'value', position: 1 },
    Value: { type: 'value', position: 2 },
    NotePropertyName: { type: 'value' },
    NotePropertyValue: { type: 'value' },
    NotePropertyMembers: { type: 'value' },
    PassThru: { type: 'switch' },
    Force: { type: 'switch' },
    InputObject: { type: 'value' },
  },
  async *run(call) {
    const members = membersOf(call);
    for await (const item of inputValues(call)) {
      if (item instanceof ShellObject || item instanceof Hashtable) for (const member of members) add(item, member, call);
      else throw new ShellError('SHELL_OPERATION', 'Properties can be added to objects only, not to texts, numbers and dates.', { extent: call.extent, remedy: 'Make an object first: [PSCustomObject]@{ Value = $_ }.' });
      if (call.parameters.get('PassThru') === true) yield item;
    }
  },
};

/** `-MemberType`, `-Name` and `-Value` also stand without their names; so do a name and its value, or a hashtable. */
function membersOf({ parameters, extent }: CommandCall): Member[] {
  const type = parameters.get('MemberType') ?? 'NoteProperty';
  const table = parameters.get('NotePropertyMembers') ?? type;
  if (table instanceof Hashtable) return table.entries.map(([name, value]) => ({ name, value, isAlias: false }));
  const written = toText(type).toLowerCase();
  const isUntyped = parameters.has('MemberType') && !parameters.has('Value') && !memberTypes.has(written);
  if (isUntyped) return [{ name: toText(type), value: parameters.get('Name') ?? parameters.get('NotePropertyValue') ?? null, isAlias: false }];
  if (written !== 'noteproperty' && written !== 'aliasproperty') {
    throw new ShellError('SHELL_NOT_SUPPORTED', `Members of the type '${toText(type).slice(0, 50)}' cannot be added here.`, { extent, remedy: 'Add a NoteProperty with the value, or use a computed property of Select-Object.' });
  }
  const name = parameters.get('Name') ?? parameters.get('NotePropertyName') ?? null;
  if (name === null) throw new ShellError('SHELL_PARAMETER', 'Cannot process command because of one or more missing mandatory parameters: Name.', { extent });
  return [{ name: toText(name), value: parameters.get('Value') ?? parameters.get('NotePropertyValue') ?? null, isAlias: written === 'aliasproperty' }];
}

function add(item: ShellObject | Hashtable, { name, value, isAlias }: Member, { parameters, extent }: CommandCall): void {
  if (item.has(name) && parameters.get('Force') !== true) {
    throw new ShellError('SHELL_OPERATION', `Cannot add a member with the name "${name.slice(0, 100)}" because a member with that name already exists. To overwrite the member anyway, add the Force parameter to your command.`, { extent });
  }
  item.set(name, isAlias ? getProperty(item, toText(value)) : value);
}
