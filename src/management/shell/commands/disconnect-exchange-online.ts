import type { ShellCommand } from '../runtime/shell-state.ts';

export const disconnectExchangeOnline: ShellCommand = {
  name: 'Disconnect-ExchangeOnline',
  aliases: [],
  synopsis: 'Closes the sessions with Exchange Online.',
  example: 'Disconnect-ExchangeOnline -Confirm:$false',
  parameters: { Confirm: { type: 'switch' } },
  // eslint-disable-next-line require-yield -- it puts out nothing
  async *run(call) {
    const { connections } = call.state;
    for (let at = connections.length - 1; at >= 0; at -= 1) if (connections[at]?.name === 'ExchangeOnline') connections.splice(at, 1);
  },
};
