import type { ShellCommand } from '../runtime/shell-state.ts';

export const outNull: ShellCommand = {
  name: 'Out-Null',
  aliases: [],
  synopsis: 'Throws away what comes through the pipe.',
  example: 'New-AcceptedDomain contoso.test -DomainName contoso.test | Out-Null',
  parameters: { InputObject: { type: 'value' } },
  // eslint-disable-next-line require-yield -- it puts out nothing
  async *run(call) {
    for await (const _ of call.input ?? []);
  },
};
