import { directorySyncCmdlets } from '../cmdlets/directory-sync-cmdlets.ts';
import { exchangeCmdlets } from '../cmdlets/exchange-cmdlets.ts';
import { relayCmdlets } from '../cmdlets/relay-cmdlets.ts';
import { tenantCmdlets } from '../cmdlets/tenant-cmdlets.ts';
import { shellCommands } from './commands/shell-commands.ts';
import type { CmdletDescription } from './runtime/shell-state.ts';

/** Where cmdlets are run: on one of the organisations, the tenant's directory, the relay, or the server that synchronises. */
export type CmdletPlace = 'OnPremises' | 'Cloud' | 'Tenant' | 'Relay' | 'Synchronization';

/** The cmdlets that there are at a place, with the parameters that exist there. */
export function describeCmdlets(place: CmdletPlace): CmdletDescription[] {
  const all = place === 'Tenant' ? tenantCmdlets : place === 'Relay' ? relayCmdlets : place === 'Synchronization' ? directorySyncCmdlets : exchangeCmdlets;
  return all
    .filter((cmdlet) => cmdlet.side === undefined || cmdlet.side === place)
    .map(({ name, synopsis, parameters, example, changes, roles }) => ({
      name,
      synopsis,
      example,
      changes,
      roles,
      parameters: Object.fromEntries(Object.entries(parameters).filter(([, definition]) => definition.side === undefined || definition.side === place)),
    }));
}

/** Names of the shell's own commands, aliases left out. */
export function shellCommandNames(): string[] {
  return shellCommands.map((command) => command.name);
}
