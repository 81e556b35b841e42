import { ShellError } from '../language/shell-error.ts';
import type { Extent } from '../language/shell-error.ts';
import type { ShellState } from './shell-state.ts';
import type { ShellValue } from './values.ts';
import { Hashtable, ShellObject } from './values.ts';

const constants = new Set(['true', 'false', '?', 'error', 'psversiontable', 'host']);

/** What scripts ask for before they begin: the shell keeps to Windows PowerShell 5.1. */
const version = new ShellObject([['Major', 5], ['Minor', 1], ['Build', -1], ['Revision', -1]], 'System.Version', '5.1');

/** The value of a variable; null where there is none, as outside strict mode. */
export function getVariable(state: ShellState, written: string): ShellValue {
  const name = written.toLowerCase().replace(/^(?:global|script|local|private):/, '');
  if (name.startsWith('env:')) return state.host.environment(written.slice(4)) ?? null;
  switch (name) {
    case 'true':
      return true;
    case 'false':
      return false;
    case 'null':
      return null;
    case '?':
      return state.succeeded;
    case 'error':
      return state.errors;
    case 'psversiontable':
      return new Hashtable([['PSVersion', version], ['PSEdition', 'Hybridge']]);
    case 'host':
      return new ShellObject([['Name', 'Hybridge'], ['Version', version]]);
    case 'pwd':
      return state.host.folders?.location ?? null;
    case 'home':
      return state.host.environment('HOME') ?? state.host.environment('USERPROFILE') ?? null;
    case 'pscommandpath':
      return state.file ?? '';
    case 'psscriptroot':
      return state.file === undefined ? '' : folderOf(state.file);
    case 'psitem':
      return state.variables.get('_') ?? null;
    default:
      return state.variables.get(name) ?? null;
  }
}

/** `.` where the path is a name alone. */
function folderOf(path: string): string {
  const [folder = ''] = /^.*(?=[\\/][^\\/]*$)/.exec(path) ?? [];
  return folder === '' ? (/^[\\/]/.test(path) ? path.slice(0, 1) : '.') : folder;
}

/** @throws ShellError `SHELL_OPERATION` for what cannot be set */
export function setVariable(state: ShellState, written: string, value: ShellValue, extent: Extent): void {
  const name = written.toLowerCase().replace(/^(?:global|script|local|private):/, '');
  // `$null = …` throws away what it gets.
  if (name === 'null') return;
  if (constants.has(name) || name.startsWith('env:')) throw new ShellError('SHELL_OPERATION', `Cannot overwrite variable ${written} because it is read-only or constant.`, { extent });
  state.variables.set(name, value);
  // A function may set what is not its own.
  if (/^(?:global|script):/i.test(written)) for (const scope of state.outerScopes) scope.set(name, value);
}
