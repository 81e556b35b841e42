import { parseScript } from '../language/parse-script.ts';
import { ShellError } from '../language/shell-error.ts';
import { toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { inputValues } from './pipeline-values.ts';

export const invokeExpression: ShellCommand = {
  name: 'Invoke-Expression',
  aliases: ['iex'],
  synopsis: 'Runs a text as a command.',
  example: "Invoke-Expression 'Get-Mailbox bert'",
  parameters: { Command: { type: 'value', position: 0 } },
  async *run(call) {
    const { state } = call;
    const texts = call.parameters.has('Command') ? [toText(call.parameters.get('Command') ?? null)] : [];
    if (texts.length === 0) for await (const value of inputValues(call)) texts.push(toText(value));
    for (const text of texts) {
      const callers = state.text;
      state.text = text;
      try {
        yield* state.interpreter.runBlock(parseScript(text).statements, state);
      } catch (error) {
        if (error instanceof ShellError && error.extent !== undefined) error.source ??= text;
        throw error;
      } finally {
        state.text = callers;
      }
    }
  },
};
