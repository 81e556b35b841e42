import { compareValues, equalValues, itemsOf, toText } from '../runtime/convert.ts';
import { getProperty } from '../runtime/members.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import type { ShellValue } from '../runtime/values.ts';
import { ShellObject } from '../runtime/values.ts';
import { inputValues, textsOf } from './pipeline-values.ts';

export const compareObject: ShellCommand = {
  name: 'Compare-Object',
  aliases: ['compare', 'diff'],
  synopsis: 'Shows what one of two sets has and the other has not: <= for the first, => for the second.',
  example: 'Compare-Object (Get-Mailbox bert).EmailAddresses (Get-CloudMailUser bert).EmailAddresses',
  parameters: { ReferenceObject: { type: 'value', position: 0 }, DifferenceObject: { type: 'value', position: 1 }, Property: { type: 'value', position: 2 }, IncludeEqual: { type: 'switch' }, ExcludeDifferent: { type: 'switch' }, PassThru: { type: 'switch' }, CaseSensitive: { type: 'switch' } },
  async *run(call) {
    const { parameters } = call;
    const names = textsOf(parameters.get('Property'));
    const caseSensitive = parameters.get('CaseSensitive') === true;
    const reference = itemsOf(parameters.get('ReferenceObject') ?? null);
    const difference = [...itemsOf(parameters.get('DifferenceObject') ?? null)];
    if (!parameters.has('DifferenceObject')) for await (const item of inputValues(call)) difference.push(item);
    const same = (left: ShellValue, right: ShellValue): boolean =>
      names.length > 0 ? names.every((name) => equalValues(getProperty(left, name), getProperty(right, name), caseSensitive)) : left instanceof ShellObject || right instanceof ShellObject ? compareValues(toText(left), toText(right), caseSensitive) === 0 : equalValues(left, right, caseSensitive);
    const found = (item: ShellValue, indicator: '==' | '=>' | '<='): ShellValue => {
      if (parameters.get('PassThru') === true) return item;
      const parts = names.length === 0 ? [['InputObject', item] as const] : names.map((name) => [name, getProperty(item, name)] as const);
      return new ShellObject([...parts, ['SideIndicator', indicator]]);
    };
    const left: ShellValue[] = [];
    for (const item of reference) {
      const at = difference.findIndex((other) => same(item, other));
      if (at === -1) left.push(item);
      else {
        difference.splice(at, 1);
        if (parameters.get('IncludeEqual') === true) yield found(item, '==');
      }
    }
    if (parameters.get('ExcludeDifferent') === true) return;
    for (const item of difference) yield found(item, '=>');
    for (const item of left) yield found(item, '<=');
  },
};
