import { parseScript } from '../language/parse-script.ts';
import { ShellError } from '../language/shell-error.ts';
import { toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';

export const invokeHistory: ShellCommand = {
  name: 'Invoke-History',
  aliases: ['r', 'ihy'],
  synopsis: 'Runs a command line of this session again: the last one, the one of a number, or the last that begins so.',
  example: 'Invoke-History 3',
  parameters: { Id: { type: 'value', position: 0 } },
  async *run(call) {
    const { state } = call;
    const { history } = state;
    const wanted = toText(call.parameters.get('Id') ?? '');
    const text = wanted === '' ? history.at(-1) : /^\d+$/.test(wanted) ? history[Number(wanted) - 1] : history.findLast((line) => line.toLowerCase().startsWith(wanted.toLowerCase()));
    if (text === undefined) throw new ShellError('SHELL_OPERATION', wanted === '' ? 'Cannot locate history.' : `Cannot locate the history for command line ${wanted.slice(0, 100)}.`, { extent: call.extent, remedy: 'Get-History lists what there is.' });
    state.host.write(text);
    // What stands in the history afterwards is the line that ran, not `r`.
    state.historyLine = text;
    const callers = state.text;
    state.text = text;
    try {
      yield* state.interpreter.runBlock(parseScript(text).statements, state);
    } finally {
      state.text = callers;
    }
  },
};
