import type { Extent } from '../language/shell-error.ts';
import { ShellError } from '../language/shell-error.ts';
import { Leave } from './shell-state.ts';
import type { ShellHost } from './shell-host.ts';

/**
 * Asks as PowerShell asks. "No to all" ends the command line.
 *
 * @throws ShellError `SHELL_CONFIRMATION` where nobody can answer
 */
export async function confirm(host: ShellHost, action: string, extent: Extent): Promise<'yes' | 'all' | 'no'> {
  if (!host.interactive) {
    throw new ShellError('SHELL_CONFIRMATION', `${action} asks for confirmation, and nobody is there to answer.`, { extent, remedy: 'Add -Confirm:$false to do it without asking, or -WhatIf to see what it would do.' });
  }
  host.writeHost('');
  host.writeHost('Confirm');
  host.writeHost('Are you sure you want to perform this action?');
  host.writeHost(`Performing the operation ${action}.`);
  for (;;) {
    const answer = (await host.ask('[Y] Yes  [A] Yes to All  [N] No  [L] No to All  [?] Help (default is "Y"): '))?.trim().toLowerCase();
    if (answer === undefined) return 'no';
    if (answer === '' || answer === 'y' || answer === 'yes') return 'yes';
    if (answer === 'a') return 'all';
    if (answer === 'n' || answer === 'no') return 'no';
    if (answer === 'l') throw new Leave('break');
    host.writeHost('Y - Continue with only the next step of the operation.\nA - Continue with all the steps of the operation.\nN - Skip this operation and proceed with the next operation.\nL - Skip this operation and all subsequent operations.');
  }
}
