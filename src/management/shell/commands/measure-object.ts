import { compareValues, toNumber, toText } from '../runtime/convert.ts';
import { getProperty, ownProperty } from '../runtime/members.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import type { ShellValue } from '../runtime/values.ts';
import { ShellObject } from '../runtime/values.ts';
import { inputValues, textsOf } from './pipeline-values.ts';

export const measureObject: ShellCommand = {
  name: 'Measure-Object',
  aliases: ['measure'],
  synopsis: 'Counts objects, and adds up one of their properties; counts lines, words and characters of texts.',
  example: 'Get-Mailbox | Measure-Object',
  parameters: { Property: { type: 'value', position: 0, remaining: true }, Sum: { type: 'switch' }, Average: { type: 'switch' }, Maximum: { type: 'switch' }, Minimum: { type: 'switch' }, Line: { type: 'switch' }, Word: { type: 'switch' }, Character: { type: 'switch' }, IgnoreWhiteSpace: { type: 'switch' }, InputObject: { type: 'value' } },
  async *run(call) {
    const names = textsOf(call.parameters.get('Property'));
    const items: ShellValue[] = [];
    for await (const item of inputValues(call)) items.push(item);
    if (['Line', 'Word', 'Character'].some((parameter) => call.parameters.get(parameter) === true)) {
      yield textMeasure(items.map(toText), (parameter) => call.parameters.get(parameter) === true);
      return;
    }
    for (const name of names.length === 0 ? [undefined] : names) {
      const values = name === undefined ? items : items.filter((item) => ownProperty(item, name) !== undefined).map((item) => getProperty(item, name));
      const asked = (parameter: string): boolean => call.parameters.get(parameter) === true;
      const sum = asked('Sum') || asked('Average') ? values.reduce<number>((total, value) => total + toNumber(value), 0) : null;
      const sorted = asked('Maximum') || asked('Minimum') ? values.toSorted((left, right) => compareValues(left, right)) : [];
      yield new ShellObject(
        [
          ['Count', values.length],
          ['Average', asked('Average') && sum !== null && values.length > 0 ? sum / values.length : null],
          ['Sum', asked('Sum') ? sum : null],
          ['Maximum', asked('Maximum') ? (sorted.at(-1) ?? null) : null],
          ['Minimum', asked('Minimum') ? (sorted[0] ?? null) : null],
          ['Property', name === undefined ? null : toText(name)],
        ],
        'GenericMeasureInfo',
      );
    }
  },
};

/** A text that ends with a line end has no further line; an empty one has none, as in PowerShell. */
function textMeasure(texts: readonly string[], asked: (parameter: string) => boolean): ShellObject {
  const sum = (count: (text: string) => number): number => texts.reduce((total, text) => total + count(text), 0);
  const lines = (text: string): number => (text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0));
  return new ShellObject(
    [
      ['Lines', asked('Line') ? sum(lines) : null],
      ['Words', asked('Word') ? sum((text) => text.split(/\s+/).filter((word) => word !== '').length) : null],
      ['Characters', asked('Character') ? sum((text) => (asked('IgnoreWhiteSpace') ? text.replaceAll(/\s/g, '') : text).length) : null],
      ['Property', null],
    ],
    'TextMeasureInfo',
  );
}
