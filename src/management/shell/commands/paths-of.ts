import { ShellError } from '../language/shell-error.ts';
import { toText } from '../runtime/convert.ts';
import { ownProperty } from '../runtime/members.ts';
import type { CommandCall, ShellState } from '../runtime/shell-state.ts';
import type { FileEntry } from '../runtime/shell-host.ts';
import { isWildCard, wildCardPattern } from '../runtime/wild-card-pattern.ts';
import { inputValues, textsOf } from './pipeline-values.ts';

/** The files that `-Path` names, also by a pattern, or that come through the pipe: as texts, or as `Get-ChildItem` gives them. @throws ShellError `SHELL_PARAMETER` where there is neither */
export async function pathsOf(call: CommandCall): Promise<string[]> {
  const paths: string[] = [];
  if (!call.parameters.has('Path') && call.input === undefined) throw new ShellError('SHELL_PARAMETER', 'Cannot process command because of one or more missing mandatory parameters: Path.', { extent: call.extent });
  if (call.parameters.has('Path')) {
    for (const path of textsOf(call.parameters.get('Path'))) {
      const found = isWildCard(path) ? await matchingEntries(path, call.state) : undefined;
      paths.push(...(found === undefined ? [path] : found.map((entry) => entry.path)));
    }
    return paths;
  }
  for await (const value of inputValues(call)) paths.push(toText(ownProperty(value, 'FullName') ?? ownProperty(value, 'Path') ?? value));
  return paths;
}

/** What fits a pattern in the last part of a path; undefined where there are no folders to look into, or no such one. */
export async function matchingEntries(path: string, { host }: ShellState): Promise<FileEntry[] | undefined> {
  const [, folder = '', pattern = ''] = /^(.*[\\/])?([^\\/]*)$/.exec(path) ?? [];
  if (host.folders === undefined || (folder !== '' && (await host.folders.entry(folder))?.kind !== 'folder')) return undefined;
  const matches = wildCardPattern(pattern);
  return (await host.folders.list(folder === '' ? '.' : folder)).filter(({ name }) => matches(name));
}
