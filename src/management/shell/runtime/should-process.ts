import type { Extent } from '../language/shell-error.ts';
import { confirm } from './confirm.ts';
import { toText } from './convert.ts';
import { getProperty } from './members.ts';
import type { ShellState } from './shell-state.ts';
import type { ShellValue } from './values.ts';

/**
 * `$PSCmdlet.ShouldProcess($target, $action)`: whether the function is to act. `-WhatIf` says what would be done, and
 * `-Confirm` asks.
 */
export async function shouldProcess([target = null, action = null]: readonly ShellValue[], state: ShellState, extent: Extent): Promise<boolean> {
  const { host, variables } = state;
  const name = toText(getProperty(variables.get('myinvocation') ?? null, 'MyCommand'));
  const operation = `Performing the operation "${action === null ? name : toText(action)}" on target "${toText(target)}".`;
  if (variables.get('whatifpreference') === true) {
    host.writeWarning(`What if: ${operation}`);
    return false;
  }
  if (toText(variables.get('verbosepreference') ?? null).toLowerCase() === 'continue') host.writeVerbose(operation);
  if (toText(variables.get('confirmpreference') ?? null).toLowerCase() !== 'low') return true;
  return (await confirm(host, `"${action === null ? name : toText(action)}" on target "${toText(target)}"`, extent)) !== 'no';
}
