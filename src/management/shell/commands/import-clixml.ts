import type { ClixmlValue } from '../../clixml/clixml-value.ts';
import { isClixmlObject } from '../../clixml/clixml-value.ts';
import { readClixml } from '../../clixml/read-clixml.ts';
import { HybridgeError } from '../../../foundation/index.ts';
import { ShellError } from '../language/shell-error.ts';
import { toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import type { ShellValue } from '../runtime/values.ts';
import { ShellObject } from '../runtime/values.ts';

export const importClixml: ShellCommand = {
  name: 'Import-Clixml',
  aliases: [],
  synopsis: 'Reads objects that Export-Clixml wrote, here or in PowerShell.',
  example: 'Import-Clixml GetAuthConfig.xml | Format-List *Thumbprint',
  parameters: { Path: { type: 'value', position: 0, aliases: ['LiteralPath'] } },
  async *run(call) {
    const path = toText(call.parameters.get('Path') ?? null);
    const bytes = await call.state.host.readFile(path);
    let values: readonly ClixmlValue[];
    try {
      values = readClixml(bytes);
    } catch (error) {
      throw new ShellError('SHELL_FILE', `${path} cannot be read: ${error instanceof HybridgeError ? error.message : 'it is not CLIXML.'}`, { extent: call.extent, cause: error });
    }
    // A list that was written as one object comes back as its items.
    yield* values.length === 1 && Array.isArray(values[0]) ? (values[0] as readonly ClixmlValue[]).map(shellValueOf) : values.map(shellValueOf);
  },
};

function shellValueOf(value: ClixmlValue): ShellValue {
  if (Array.isArray(value)) return (value as readonly ClixmlValue[]).map(shellValueOf);
  if (!isClixmlObject(value)) return value as ShellValue;
  const noun = value.typeNames[0]?.replace(/^.*\./, '').replace(/^AD(?=[A-Z])/, '') ?? 'PSCustomObject';
  return new ShellObject(value.properties.map(([name, part]) => [name, shellValueOf(part)]), noun, value.text);
}
