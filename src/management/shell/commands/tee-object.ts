import { Formatted } from '../formatting/formatted.ts';
import { renderLines } from '../formatting/render.ts';
import { fromItems, toText } from '../runtime/convert.ts';
import { ShellError } from '../language/shell-error.ts';
import type { Flow, ShellCommand } from '../runtime/shell-state.ts';
import { setVariable } from '../runtime/variables.ts';
import { inputValues } from './pipeline-values.ts';

export const teeObject: ShellCommand = {
  name: 'Tee-Object',
  aliases: ['tee'],
  synopsis: 'Lets objects through and keeps them in a file or a variable.',
  example: 'Get-Mailbox | Tee-Object -Variable mailboxes | Measure-Object',
  parameters: { FilePath: { type: 'value', position: 0, aliases: ['Path', 'LiteralPath'] }, Variable: { type: 'value' }, Append: { type: 'switch' }, Encoding: { type: 'value' }, InputObject: { type: 'value' } },
  async *run(call) {
    const { parameters, state } = call;
    const [path, variable] = [parameters.get('FilePath'), parameters.get('Variable')];
    if (path === undefined && variable === undefined) throw new ShellError('SHELL_PARAMETER', 'Tee-Object needs -FilePath or -Variable.', { extent: call.extent });
    const kept: Flow[] = [];
    for await (const flow of call.input ?? inputValues(call)) {
      kept.push(flow);
      yield flow;
    }
    if (variable !== undefined) setVariable(state, toText(variable), fromItems(kept.map((flow) => (flow instanceof Formatted ? flow.lines.join('\n') : flow))), call.extent);
    if (path === undefined) return;
    const lines = await renderLines(kept, state);
    await state.host.writeFile(toText(path), Buffer.from(lines.map((line) => `${line}\r\n`).join('')), parameters.get('Append') === true);
  },
};
