import { compareValues, toText } from '../runtime/convert.ts';
import { chooseProperties, wantedProperties } from '../formatting/property-selection.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import type { ShellValue } from '../runtime/values.ts';
import { blockRunner, inputValues } from './pipeline-values.ts';

export const sortObject: ShellCommand = {
  name: 'Sort-Object',
  aliases: ['sort'],
  synopsis: 'Sorts objects by one or more properties.',
  example: 'Get-Mailbox | Sort-Object DisplayName -Descending',
  parameters: { Property: { type: 'value', position: 0, remaining: true }, Descending: { type: 'switch' }, Unique: { type: 'switch' }, CaseSensitive: { type: 'switch' }, InputObject: { type: 'value' } },
  async *run(call) {
    const asked = call.parameters.get('Property');
    const wanted = asked === undefined ? undefined : wantedProperties(asked);
    const keyed: { item: ShellValue; keys: readonly ShellValue[] }[] = [];
    for await (const item of inputValues(call)) {
      keyed.push({ item, keys: wanted === undefined ? [item] : (await chooseProperties(item, wanted, blockRunner(call.state), { missing: 'empty' })).map(({ value }) => value) });
    }
    const caseSensitive = call.parameters.get('CaseSensitive') === true;
    const signs = (wanted ?? [undefined]).map((property) => ((property?.descending ?? call.parameters.get('Descending') === true) ? -1 : 1));
    const order = (left: readonly ShellValue[], right: readonly ShellValue[]): number => {
      for (const [index, key] of left.entries()) {
        const found = compareKeys(key, right[index] ?? null, caseSensitive);
        if (found !== 0) return found * (signs[index] ?? signs[0] ?? 1);
      }
      return 0;
    };
    const sorted = keyed.toSorted((left, right) => order(left.keys, right.keys));
    const unique = call.parameters.get('Unique') === true;
    for (const [index, { item, keys }] of sorted.entries()) {
      const before = sorted[index - 1];
      if (!unique || before === undefined || order(before.keys, keys) !== 0) yield item;
    }
  },
};

/** What cannot be compared by its own type is compared as text. */
function compareKeys(left: ShellValue, right: ShellValue, caseSensitive: boolean): number {
  try {
    return compareValues(left, right, caseSensitive);
  } catch {
    return compareValues(toText(left), toText(right), caseSensitive);
  }
}
