import { randomInt } from 'node:crypto';
import { ShellError } from '../language/shell-error.ts';
import { toNumber } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import type { ShellValue } from '../runtime/values.ts';
import { inputValues } from './pipeline-values.ts';

export const getRandom: ShellCommand = {
  name: 'Get-Random',
  aliases: [],
  synopsis: 'Gives a random whole number, or some of several values.',
  example: 'Get-Mailbox | Get-Random -Count 3',
  parameters: { Maximum: { type: 'value', position: 0 }, Minimum: { type: 'value' }, Count: { type: 'value' }, InputObject: { type: 'value' } },
  async *run(call) {
    const number = (name: string, otherwise: number): number => (call.parameters.has(name) ? toNumber(call.parameters.get(name) ?? null) : otherwise);
    if (call.input === undefined && !call.parameters.has('InputObject')) {
      const [least, most] = [number('Minimum', 0), number('Maximum', 2 ** 31 - 1)];
      if (!Number.isInteger(least) || !Number.isInteger(most) || most <= least || most - least >= 2 ** 48) throw new ShellError('SHELL_PARAMETER', 'The Minimum value must be a whole number below the Maximum value.', { extent: call.extent });
      yield randomInt(least, most);
      return;
    }
    const items: ShellValue[] = [];
    for await (const item of inputValues(call)) items.push(item);
    for (let left = Math.min(number('Count', 1), items.length); left > 0; left -= 1) yield items.splice(randomInt(items.length), 1)[0] ?? null;
  },
};
