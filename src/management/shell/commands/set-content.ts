import { toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { inputValues, textsOf } from './pipeline-values.ts';

export const setContent: ShellCommand = {
  name: 'Set-Content',
  aliases: ['sc'],
  synopsis: 'Writes values to a file.',
  example: "Set-Content proof.txt 'x'",
  parameters: { Path: { type: 'value', position: 0, aliases: ['LiteralPath'] }, Value: { type: 'value', position: 1, aliases: ['InputObject'] }, Encoding: { type: 'value' }, Force: { type: 'switch' } },
  // eslint-disable-next-line require-yield -- it puts out nothing
  async *run(call) {
    const path = toText(call.parameters.get('Path') ?? null);
    const value = call.parameters.get('Value') ?? null;
    if (value instanceof Uint8Array) {
      await call.state.host.writeFile(path, value, false);
      return;
    }
    const lines = call.input === undefined ? textsOf(value) : [];
    if (call.input !== undefined) for await (const item of inputValues(call)) lines.push(toText(item));
    await call.state.host.writeFile(path, Buffer.from(lines.map((line) => `${line}\r\n`).join('')), false);
  },
};
