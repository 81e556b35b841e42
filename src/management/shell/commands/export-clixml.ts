import type { ClixmlValue } from '../../clixml/clixml-value.ts';
import { writeClixml } from '../../clixml/write-clixml.ts';
import { ShellError } from '../language/shell-error.ts';
import { toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import type { ShellValue } from '../runtime/values.ts';
import { Hashtable, SecureText, ShellObject, isList, isScriptBlock } from '../runtime/values.ts';
import { inputValues } from './pipeline-values.ts';

export const exportClixml: ShellCommand = {
  name: 'Export-Clixml',
  aliases: [],
  synopsis: 'Writes objects to a file from which Import-Clixml reads them again.',
  example: 'Get-OrganizationRelationship | Export-Clixml relationships.xml',
  parameters: { Path: { type: 'value', position: 0, aliases: ['LiteralPath'] }, Depth: { type: 'value' }, Encoding: { type: 'value' }, Force: { type: 'switch' }, InputObject: { type: 'value' } },
  // eslint-disable-next-line require-yield -- it puts out nothing
  async *run(call) {
    const path = call.parameters.get('Path');
    if (path === undefined) throw new ShellError('SHELL_PARAMETER', 'Export-Clixml needs the path of a file.', { extent: call.extent });
    const values: ClixmlValue[] = [];
    for await (const item of inputValues(call)) values.push(clixmlOf(item));
    await call.state.host.writeFile(toText(path), Buffer.from(writeClixml(values)), false);
  },
};

/** Passwords are left out: nothing here could encrypt them for the reader alone. */
function clixmlOf(value: ShellValue): ClixmlValue {
  if (value === null || typeof value !== 'object' || value instanceof Date || value instanceof Uint8Array) return value;
  if (value instanceof SecureText) return null;
  if (isList(value)) return value.map(clixmlOf);
  if (value instanceof Hashtable) return { typeNames: ['System.Management.Automation.PSCustomObject', 'System.Object'], text: undefined, properties: value.entries.map(([name, part]) => [name, clixmlOf(part)]) };
  if (value instanceof ShellObject) return { typeNames: [value.typeName, 'System.Object'], text: toText(value), properties: value.entries.map(([name, part]) => [name, clixmlOf(part)]) };
  return isScriptBlock(value) ? value.text : value.name;
}
