import { ShellError } from '../language/shell-error.ts';
import { toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { SecureText } from '../runtime/values.ts';

export const readHost: ShellCommand = {
  name: 'Read-Host',
  aliases: [],
  synopsis: 'Asks for a line.',
  example: "$domain = Read-Host 'Domain'",
  parameters: { Prompt: { type: 'value', position: 0, remaining: true }, AsSecureString: { type: 'switch' } },
  async *run(call) {
    const secret = call.parameters.get('AsSecureString') === true;
    const { host } = call.state;
    const answer = host.interactive ? await host.ask(`${toText(call.parameters.get('Prompt') ?? '')}: `, { secret }) : undefined;
    if (answer === undefined) throw new ShellError('SHELL_CONFIRMATION', 'Read-Host asks for a line, and nobody is there to answer.', { extent: call.extent });
    yield secret ? new SecureText(answer) : answer;
  },
};
