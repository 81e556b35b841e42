import { ShellError } from '../language/shell-error.ts';
import type { Connector, ShellCommand } from '../runtime/shell-state.ts';

/** The `Connect-…` command of a connector: opens its session, in place of one of the same name and prefix. */
export function connectCommand(connector: Connector): ShellCommand {
  return {
    name: connector.name,
    aliases: [],
    synopsis: connector.synopsis,
    example: connector.name,
    parameters: connector.parameters,
    // eslint-disable-next-line require-yield -- it puts out nothing
    async *run(call) {
      const { state } = call;
      const parameters = new Map([...call.parameters].map(([name, value]) => [name.toLowerCase(), value]));
      const connection = await connector.connect(parameters, state.host);
      if (!/^[A-Za-z0-9]*$/.test(connection.prefix)) throw new ShellError('SHELL_PARAMETER', 'A prefix has only letters and digits.', { extent: call.extent });
      const same = state.connections.findIndex((other) => other.name === connection.name && other.prefix === connection.prefix);
      if (same >= 0) state.connections.splice(same, 1);
      state.connections.push(connection);
    },
  };
}
