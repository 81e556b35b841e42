import { confirm } from '../runtime/confirm.ts';
import { toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';

/** The `Disconnect-…` command that closes the sessions of a name; with `-ModulePrefix` only those with that prefix. */
function disconnectCommand(name: string, connectionName: string, synopsis: string, asks: boolean): ShellCommand {
  return {
    name,
    aliases: [],
    synopsis,
    example: asks ? `${name} -Confirm:$false` : name,
    parameters: asks ? { Confirm: { type: 'switch' }, ModulePrefix: { type: 'value' } } : {},
    // eslint-disable-next-line require-yield -- it puts out nothing
    async *run(call) {
      const { connections, host } = call.state;
      if (asks && host.interactive && call.parameters.get('Confirm') !== false && (await confirm(host, `${name} on all sessions`, call.extent)) === 'no') return;
      const prefix = call.parameters.get('ModulePrefix');
      for (let at = connections.length - 1; at >= 0; at -= 1) {
        const connection = connections[at];
        if (connection?.name === connectionName && (prefix === undefined || connection.prefix.toLowerCase() === toText(prefix).toLowerCase())) connections.splice(at, 1);
      }
    },
  };
}

export const disconnectExchangeOnline = disconnectCommand('Disconnect-ExchangeOnline', 'ExchangeOnline', 'Closes the sessions with Exchange Online.', true);
export const disconnectAzureAd = disconnectCommand('Disconnect-AzureAD', 'AzureAD', 'Closes the session with the tenant’s directory that Connect-AzureAD opened.', false);
export const disconnectMgGraph = disconnectCommand('Disconnect-MgGraph', 'Microsoft.Graph', 'Closes the session with the tenant’s directory that Connect-MgGraph opened.', false);
