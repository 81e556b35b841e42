import { ShellError } from '../language/shell-error.ts';
import type { CommandCall, ShellCommand } from '../runtime/shell-state.ts';
import type { FileEntry, ShellFolders } from '../runtime/shell-host.ts';
import { ShellObject } from '../runtime/values.ts';
import { isWildCard, wildCardPattern } from '../runtime/wild-card-pattern.ts';
import { foldersOf } from './folders-of.ts';
import { matchingEntries } from './paths-of.ts';
import { textsOf } from './pipeline-values.ts';

/** A folder with more below it is refused: somebody meant another one. */
const mostEntries = 100_000;

export const getChildItem: ShellCommand = {
  name: 'Get-ChildItem',
  aliases: ['dir', 'ls', 'gci', 'Get-Item', 'gi'],
  synopsis: 'Lists what is in a folder, or the files that fit a pattern.',
  example: 'Get-ChildItem *.csv | Sort-Object LastWriteTime -Descending | Select-Object -First 1',
  parameters: { Path: { type: 'value', position: 0, aliases: ['LiteralPath'] }, Filter: { type: 'value', position: 1 }, Include: { type: 'value' }, Recurse: { type: 'switch', aliases: ['s'] }, File: { type: 'switch', aliases: ['af'] }, Directory: { type: 'switch', aliases: ['ad'] }, Name: { type: 'switch' }, Force: { type: 'switch' } },
  async *run(call) {
    const folders = foldersOf(call);
    const isSet = (name: string): boolean => call.parameters.get(name) === true;
    const patterns = [...textsOf(call.parameters.get('Filter')), ...textsOf(call.parameters.get('Include'))].map((pattern) => wildCardPattern(pattern));
    let count = 0;
    for (const path of call.parameters.has('Path') ? textsOf(call.parameters.get('Path')) : ['.']) {
      for await (const entry of entriesAt(path, folders, call)) {
        count += 1;
        if (count > mostEntries) throw new ShellError('SHELL_LIMIT', `There are more than ${mostEntries} files and folders below '${path.slice(0, 100)}'.`, { extent: call.extent });
        if ((entry.kind === 'folder' ? isSet('File') : isSet('Directory')) || !patterns.every((matches) => matches(entry.name))) continue;
        yield isSet('Name') ? entry.name : fileObject(entry);
      }
    }
  },
};

async function* entriesAt(path: string, folders: ShellFolders, call: CommandCall): AsyncGenerator<FileEntry> {
  const isItem = /^(?:get-item|gi)$/.test(call.written);
  const named = isWildCard(path) ? undefined : await folders.entry(path);
  const found = isWildCard(path) ? await matchingEntries(path, call.state) : named?.kind === 'folder' && !isItem ? await folders.list(path) : named === undefined ? undefined : [named];
  if (found === undefined) throw new ShellError('SHELL_FILE', `Cannot find path '${path.slice(0, 200)}' because it does not exist.`, { extent: call.extent });
  // Names with a dot before them are hidden where there are no attributes for it.
  const shown = found.filter(({ name }) => named === (found[0] ?? null) || call.parameters.get('Force') === true || !name.startsWith('.'));
  yield* shown;
  if (call.parameters.get('Recurse') !== true) return;
  for (const entry of shown) {
    call.state.host.signal.throwIfAborted();
    if (entry.kind === 'folder') yield* entriesAt(entry.path, folders, call);
  }
}

/** With the properties of `System.IO.FileInfo` and `DirectoryInfo` that scripts read. As text it is its name. */
export function fileObject({ name, path, kind, length, written, created }: FileEntry): ShellObject {
  const isFolder = kind === 'folder';
  const [, extension = ''] = /.(\.[^.]+)$/.exec(name) ?? [];
  const folder = path.slice(0, Math.max(1, path.length - name.length - 1));
  return new ShellObject(
    [
      ['Mode', isFolder ? 'd-----' : '-a----'],
      ['Name', name],
      ...(isFolder ? [] : [['Length', length] as const]),
      ['DirectoryName', folder],
      ['FullName', path],
      ['Extension', isFolder ? '' : extension],
      ['BaseName', isFolder ? name : name.slice(0, name.length - extension.length)],
      ['PSIsContainer', isFolder],
      ['Exists', true],
      ['CreationTime', created],
      ['LastWriteTime', written],
      ['LastWriteTimeUtc', written],
    ],
    'FileSystemInfo',
    name,
  );
}
