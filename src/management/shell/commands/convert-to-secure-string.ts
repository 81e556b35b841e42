import { ShellError } from '../language/shell-error.ts';
import { toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { SecureText } from '../runtime/values.ts';

export const convertToSecureString: ShellCommand = {
  name: 'ConvertTo-SecureString',
  aliases: [],
  synopsis: 'Makes a password of a text; it is shown nowhere after that.',
  example: 'ConvertTo-SecureString (Get-Content password.txt -Raw).Trim() -AsPlainText -Force',
  parameters: { String: { type: 'value', position: 0 }, AsPlainText: { type: 'switch' }, Force: { type: 'switch' } },
  async *run(call) {
    if (call.parameters.get('AsPlainText') !== true) throw new ShellError('SHELL_NOT_SUPPORTED', 'Encrypted texts are readable only by the Windows account that made them.', { extent: call.extent, remedy: 'Give the text itself, with -AsPlainText.' });
    yield new SecureText(toText(call.parameters.get('String') ?? ''));
  },
};
