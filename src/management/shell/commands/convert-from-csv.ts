import { toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { csvObjects } from './csv-text.ts';
import { inputValues } from './pipeline-values.ts';

export const convertFromCsv: ShellCommand = {
  name: 'ConvertFrom-Csv',
  aliases: [],
  synopsis: 'Reads objects from lines of comma-separated values.',
  example: "'Name,Alias','Bert,bert' | ConvertFrom-Csv",
  parameters: { InputObject: { type: 'value', position: 0 }, Delimiter: { type: 'value', position: 1 }, Header: { type: 'value' }, UseCulture: { type: 'switch' } },
  async *run(call) {
    const lines: string[] = [];
    for await (const value of inputValues(call)) lines.push(toText(value));
    yield* csvObjects(call, lines.join('\n'));
  },
};
