import { ShellError } from '../language/shell-error.ts';
import { toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { foldersOf } from './folders-of.ts';
import { fileObject } from './get-child-item.ts';

export const newItem: ShellCommand = {
  name: 'New-Item',
  aliases: ['ni', 'mkdir', 'md'],
  synopsis: 'Makes a folder or a file.',
  example: 'New-Item -ItemType Directory -Path reports -Force | Out-Null',
  parameters: { Path: { type: 'value', position: 0 }, Name: { type: 'value' }, ItemType: { type: 'value', aliases: ['Type'] }, Value: { type: 'value' }, Force: { type: 'switch' } },
  async *run(call) {
    const { host } = call.state;
    const folders = foldersOf(call);
    const parts = [call.parameters.get('Path'), call.parameters.get('Name')].filter((part) => part !== undefined).map(toText);
    if (parts.length === 0) throw new ShellError('SHELL_PARAMETER', 'Cannot process command because of one or more missing mandatory parameters: Path.', { extent: call.extent });
    const path = parts.join('/');
    const type = call.written === 'mkdir' || call.written === 'md' ? 'directory' : toText(call.parameters.get('ItemType') ?? 'file').toLowerCase();
    if (type !== 'file' && type !== 'directory') throw new ShellError('SHELL_NOT_SUPPORTED', `Items of the type '${type.slice(0, 50)}' cannot be made here.`, { extent: call.extent, remedy: 'Say File or Directory.' });
    const there = await host.pathType(path);
    const force = call.parameters.get('Force') === true;
    if (there !== undefined && (!force || (there === 'folder') !== (type === 'directory'))) throw new ShellError('SHELL_FILE', `An item with the specified name ${path.slice(0, 200)} already exists.`, { extent: call.extent });
    if (type === 'file') await host.writeFile(path, Buffer.from(toText(call.parameters.get('Value') ?? '')), false);
    else if (there === undefined) await folders.makeFolder(path);
    const made = await folders.entry(path);
    if (made !== undefined) yield fileObject(made);
  },
};
