import { ShellError } from '../language/shell-error.ts';
import { toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { SecureText, ShellObject, createCredential } from '../runtime/values.ts';

export const getCredential: ShellCommand = {
  name: 'Get-Credential',
  aliases: [],
  synopsis: 'Asks for a user name and a password.',
  example: '$credential = Get-Credential anna@contoso.test',
  parameters: { Credential: { type: 'value', position: 0, aliases: ['UserName'] }, Message: { type: 'value' } },
  async *run(call) {
    const given = call.parameters.get('Credential');
    if (given instanceof ShellObject) {
      yield given;
      return;
    }
    const { host } = call.state;
    if (!host.interactive) throw new ShellError('SHELL_CONFIRMATION', 'Get-Credential asks for a password, and nobody is there to answer.', { extent: call.extent, remedy: 'Make the credential with New-Object PSCredential and ConvertTo-SecureString, from a file that only you can read.' });
    host.writeHost(toText(call.parameters.get('Message') ?? 'Enter your credentials.'));
    const userName = given === undefined ? await host.ask('User name: ') : toText(given);
    const password = userName === undefined ? undefined : await host.ask(`Password for user ${userName}: `, { secret: true });
    if (userName === undefined || password === undefined) throw new ShellError('SHELL_CONFIRMATION', 'No credential was given.', { extent: call.extent });
    yield createCredential(userName, new SecureText(password));
  },
};
