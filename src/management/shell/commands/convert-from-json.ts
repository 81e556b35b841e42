import { toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { fromJson } from '../runtime/types.ts';
import { isList } from '../runtime/values.ts';
import { inputValues } from './pipeline-values.ts';

export const convertFromJson: ShellCommand = {
  name: 'ConvertFrom-Json',
  aliases: [],
  synopsis: 'Reads objects from JSON text.',
  example: "'{\"Name\":\"x\"}' | ConvertFrom-Json",
  parameters: { InputObject: { type: 'value', position: 0 } },
  async *run(call) {
    const texts: string[] = [];
    for await (const item of inputValues(call)) texts.push(toText(item));
    const value = fromJson(texts.join('\n'));
    if (isList(value)) yield* value;
    else yield value;
  },
};
