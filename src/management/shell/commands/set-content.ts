import { toText } from '../runtime/convert.ts';
import type { CommandCall, ShellCommand } from '../runtime/shell-state.ts';
import { writeText } from './encode-text.ts';
import { inputValues, textsOf } from './pipeline-values.ts';

/** What both commands take. */
export const contentParameters = { Path: { type: 'value', position: 0, aliases: ['LiteralPath'] }, Value: { type: 'value', position: 1, aliases: ['InputObject'] }, Encoding: { type: 'value' }, NoNewline: { type: 'switch' }, Force: { type: 'switch' } } as const;

export const setContent: ShellCommand = {
  name: 'Set-Content',
  aliases: ['sc'],
  synopsis: 'Writes values to a file.',
  example: "Set-Content proof.txt 'x'",
  parameters: contentParameters,
  // eslint-disable-next-line require-yield -- it puts out nothing
  async *run(call) {
    await writeContent(call, false);
  },
};

/** What Set-Content and Add-Content write: values as texts, a line each, or bytes. */
export async function writeContent(call: CommandCall, append: boolean): Promise<void> {
  const path = toText(call.parameters.get('Path') ?? null);
  const value = call.parameters.get('Value') ?? null;
  if (value instanceof Uint8Array) {
    await call.state.host.writeFile(path, value, append);
    return;
  }
  const lines = call.input === undefined ? textsOf(value) : [];
  if (call.input !== undefined) for await (const item of inputValues(call)) lines.push(toText(item));
  await writeText(call, path, lines.map((line) => `${line}${call.parameters.get('NoNewline') === true ? '' : '\r\n'}`).join(''), { append });
}
