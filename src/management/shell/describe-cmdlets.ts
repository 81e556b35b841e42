import { exchangeCmdlets } from '../cmdlets/exchange-cmdlets.ts';
import { relayCmdlets } from '../cmdlets/relay-cmdlets.ts';
import { tenantCmdlets } from '../cmdlets/tenant-cmdlets.ts';
import type { CmdletDescription } from './runtime/shell-state.ts';

/** Where cmdlets are run: on one of the organisations, the tenant's directory, or the relay. */
export type CmdletPlace = 'OnPremises' | 'Cloud' | 'Tenant' | 'Relay';

/** The cmdlets that there are at a place, with the parameters that exist there. */
export function describeCmdlets(place: CmdletPlace): CmdletDescription[] {
  const all = place === 'Tenant' ? tenantCmdlets : place === 'Relay' ? relayCmdlets : exchangeCmdlets;
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
