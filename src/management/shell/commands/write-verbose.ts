import { toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';

export const writeVerbose: ShellCommand = {
  name: 'Write-Verbose',
  aliases: [],
  synopsis: 'Shows a message where $VerbosePreference says so.',
  example: "$VerbosePreference = 'Continue'; Write-Verbose 'Now the second mailbox'",
  parameters: { Message: { type: 'value', position: 0 } },
  // eslint-disable-next-line require-yield -- it puts out nothing
  async *run(call) {
    const { state, common } = call;
    // `-Verbose` shows this one, whatever the variable says.
    const isShown = common.has('verbose') ? common.get('verbose') === true : toText(state.variables.get('verbosepreference') ?? null).toLowerCase() === 'continue';
    if (isShown) state.host.writeVerbose(toText(call.parameters.get('Message') ?? null));
  },
};
