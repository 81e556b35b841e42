import { ShellError } from '../language/shell-error.ts';
import { toBoolean, toText } from '../runtime/convert.ts';
import { getProperty } from '../runtime/members.ts';
import { applyOperator } from '../runtime/operators.ts';
import type { ShellCommand, ShellParameter } from '../runtime/shell-state.ts';
import { isScriptBlock } from '../runtime/values.ts';
import { inputValues } from './pipeline-values.ts';

const operators = ['EQ', 'NE', 'GT', 'GE', 'LT', 'LE', 'Like', 'NotLike', 'Match', 'NotMatch', 'Contains', 'NotContains', 'In', 'NotIn', 'CEQ', 'CNE', 'CLike', 'CMatch', 'Is', 'IsNot'] as const;

export const whereObject: ShellCommand = {
  name: 'Where-Object',
  aliases: ['where', '?'],
  synopsis: 'Lets only those objects through that fulfil a condition.',
  example: 'Get-AuthServer | Where-Object {$_.Name -eq "EvoSts"}',
  parameters: {
    FilterScript: { type: 'value', position: 0 },
    Value: { type: 'value', position: 1 },
    Property: { type: 'value' },
    Not: { type: 'switch' },
    InputObject: { type: 'value' },
    ...Object.fromEntries(operators.map((operator) => [operator, { type: 'value' } satisfies ShellParameter])),
  },
  async *run(call) {
    const condition = call.parameters.get('FilterScript') ?? call.parameters.get('Property') ?? null;
    const operator = operators.find((name) => call.parameters.has(name));
    if (condition === null) throw new ShellError('SHELL_PARAMETER', 'Where-Object needs a condition.', { extent: call.extent, remedy: "Write Where-Object {$_.Name -eq 'x'} or Where-Object Name -eq 'x'." });
    const right = operator === undefined ? null : (call.parameters.get(operator) ?? null);
    const not = call.parameters.get('Not') === true;
    for await (const item of inputValues(call)) {
      const holds = isScriptBlock(condition)
        ? toBoolean(await call.state.interpreter.valueWithItem(condition, item, call.state))
        : toBoolean(operator === undefined ? getProperty(item, toText(condition)) : applyOperator(operator.toLowerCase(), getProperty(item, toText(condition)), right, () => undefined));
      if (holds !== not) yield item;
    }
  },
};
