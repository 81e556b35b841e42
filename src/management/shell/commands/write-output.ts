import type { ShellCommand } from '../runtime/shell-state.ts';
import { inputValues } from './pipeline-values.ts';

export const writeOutput: ShellCommand = {
  name: 'Write-Output',
  aliases: ['echo', 'write'],
  synopsis: 'Puts values into the pipe.',
  example: "Write-Output 'done'",
  parameters: { InputObject: { type: 'value', position: 0, remaining: true }, NoEnumerate: { type: 'switch' } },
  async *run(call) {
    yield* inputValues(call);
  },
};
