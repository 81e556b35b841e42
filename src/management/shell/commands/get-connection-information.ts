import type { ShellCommand } from '../runtime/shell-state.ts';
import { ShellObject } from '../runtime/values.ts';

export const getConnectionInformation: ShellCommand = {
  name: 'Get-ConnectionInformation',
  aliases: [],
  synopsis: 'Lists the open sessions; the cmdlets of the last one go before those of the others.',
  example: 'Get-ConnectionInformation',
  parameters: {},
  async *run(call) {
    for (const connection of call.state.connections) {
      yield new ShellObject([['State', 'Connected'], ['Name', connection.name], ['ConnectedTo', connection.session.name], ['ModulePrefix', connection.prefix]], 'ConnectionInformation');
    }
  },
};
