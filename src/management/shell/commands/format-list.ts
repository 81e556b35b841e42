import type { ChosenProperty } from '../formatting/property-selection.ts';
import { Formatted } from '../formatting/formatted.ts';
import { chooseProperties } from '../formatting/property-selection.ts';
import { layList, renderLines } from '../formatting/render.ts';
import { screenOf } from '../formatting/screen.ts';
import { toText } from '../runtime/convert.ts';
import { getProperty, propertyNames } from '../runtime/members.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { blockRunner, inputValues, propertiesOf } from './pipeline-values.ts';

export const formatList: ShellCommand = {
  name: 'Format-List',
  aliases: ['fl'],
  synopsis: 'Shows objects one below the other, a property on each line.',
  example: 'Get-OrganizationRelationship | Format-List Name,*Epr',
  parameters: { Property: { type: 'value', position: 0, remaining: true }, InputObject: { type: 'value' }, Force: { type: 'switch' }, GroupBy: { type: 'value' } },
  async *run(call) {
    const wanted = propertiesOf(call);
    const items: (readonly ChosenProperty[] | { shown: readonly string[] })[] = [];
    const groupBy = call.parameters.get('GroupBy');
    let group: string | undefined;
    for await (const item of inputValues(call)) {
      const key = groupBy === undefined ? undefined : toText(getProperty(item, toText(groupBy)));
      if (key !== undefined && key !== group) items.push({ shown: ['', '', `   ${toText(groupBy ?? null)}: ${key}`] });
      group = key;
      // A text has nothing to list and is shown as it is.
      if (propertyNames(item).length === 0 || typeof item !== 'object') items.push({ shown: await renderLines([item], call.state) });
      else items.push(await chooseProperties(item, wanted, blockRunner(call.state), { missing: 'omit' }));
    }
    if (items.length === 0) return;
    const layOut = (width?: number): string[] => [...items.flatMap((item, at) => ('shown' in item ? item.shown : layList([item], screenOf(call.state, width)).slice(at === 0 ? 0 : 1, -2))), '', ''];
    yield new Formatted(layOut(), layOut);
  },
};
