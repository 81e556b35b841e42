import { ShellError } from '../language/shell-error.ts';
import type { Extent } from '../language/shell-error.ts';
import type { ShellState } from './shell-state.ts';
import type { ShellValue } from './values.ts';
import { Hashtable } from './values.ts';

const constants = new Set(['true', 'false', '?', 'error', 'psversiontable', 'host']);

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
      return new Hashtable([['PSVersion', '5.1'], ['PSEdition', 'Hybridge']]);
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
