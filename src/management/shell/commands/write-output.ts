import type { ShellCommand } from '../runtime/shell-state.ts';
import { isList } from '../runtime/values.ts';
import { inputValues } from './pipeline-values.ts';

export const writeOutput: ShellCommand = {
  name: 'Write-Output',
  aliases: ['echo', 'write'],
  synopsis: 'Puts values into the pipe.',
  example: "Write-Output 'done'",
  parameters: { InputObject: { type: 'value', position: 0, remaining: true }, NoEnumerate: { type: 'switch' } },
  async *run(call) {
    if (call.input === undefined && call.parameters.get('NoEnumerate') === true) yield call.parameters.get('InputObject') ?? null;
    else for await (const value of inputValues(call)) yield* isList(value) ? value : [value];
  },
};
