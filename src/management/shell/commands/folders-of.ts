import { ShellError } from '../language/shell-error.ts';
import type { CommandCall } from '../runtime/shell-state.ts';
import type { ShellFolders } from '../runtime/shell-host.ts';

/** @throws ShellError `SHELL_NOT_SUPPORTED` where the shell has no folders */
export function foldersOf(call: CommandCall): ShellFolders {
  const { folders } = call.state.host;
  if (folders === undefined) throw new ShellError('SHELL_NOT_SUPPORTED', 'This shell cannot look into folders.', { extent: call.extent });
  return folders;
}
