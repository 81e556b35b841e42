import type { Extent } from '../language/shell-error.ts';
import { ShellError } from '../language/shell-error.ts';
import { toText } from './convert.ts';
import { errorRecord } from './report-error.ts';
import type { ErrorPlace } from './report-error.ts';
import type { Action, ShellState } from './shell-state.ts';
import type { ShellValue } from './values.ts';
import { isList } from './values.ts';
import { setVariable } from './variables.ts';

/** In the order of their numbers, which PowerShell takes for the words (System.Management.Automation.ActionPreference). */
const actions: readonly Action[] = ['silentlycontinue', 'stop', 'continue', 'inquire', 'ignore'];

/** What is to become of errors: what the command says, else what the variable says. @throws ShellError `SHELL_PARAMETER` */
export function errorActionOf(common: ReadonlyMap<string, ShellValue>, state: ShellState, extent: Extent): Action {
  return readAction('ErrorAction', common.get('erroraction') ?? state.variables.get('erroractionpreference') ?? null, extent);
}

/** The same of warnings. @throws ShellError `SHELL_PARAMETER` */
export function warningActionOf(common: ReadonlyMap<string, ShellValue>, state: ShellState, extent: Extent): Action {
  return readAction('WarningAction', common.get('warningaction') ?? state.variables.get('warningpreference') ?? null, extent);
}

function readAction(parameter: string, value: ShellValue, extent: Extent): Action {
  if (value === null) return 'continue';
  const written = toText(value).toLowerCase();
  const found = actions[/^[0-4]$/.test(written) ? Number(written) : actions.indexOf(written as Action)];
  if (found !== undefined) return found;
  throw new ShellError('SHELL_PARAMETER', `Cannot bind parameter '${parameter}'. Cannot convert value "${toText(value).slice(0, 50)}" to type "System.Management.Automation.ActionPreference".`, { extent, remedy: 'Say SilentlyContinue, Stop, Continue or Ignore.' });
}

/** Neither shown nor the end of anything. */
export function isSilent(action: Action): boolean {
  return action === 'silentlycontinue' || action === 'ignore';
}

/** Collects for `-ErrorVariable` and its like: what the command puts there, or, with `+`, behind what is there. */
export function startCollecting(common: ReadonlyMap<string, ShellValue>, parameter: 'errorvariable' | 'warningvariable', state: ShellState, extent: Extent): (value: ShellValue) => void {
  const given = common.get(parameter);
  if (given === undefined) return () => undefined;
  const written = toText(given);
  const name = written.replace(/^\+/, '');
  const former = written.startsWith('+') ? (state.variables.get(name.toLowerCase()) ?? null) : null;
  const collected: ShellValue[] = former === null ? [] : isList(former) ? [...former] : [former];
  setVariable(state, name, collected, extent);
  return (value) => void collected.push(value);
}

/** For `-ErrorVariable`. */
export function collectError(collect: (value: ShellValue) => void, state: ShellState, error: unknown, place: ErrorPlace): void {
  collect(errorRecord(state, error, place));
}
