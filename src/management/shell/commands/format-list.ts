import { Formatted } from '../formatting/formatted.ts';
import { chooseProperties } from '../formatting/property-selection.ts';
import { layList, renderLines } from '../formatting/render.ts';
import { screenOf } from '../formatting/screen.ts';
import { propertyNames } from '../runtime/members.ts';
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
    const lines: string[] = [];
    for await (const item of inputValues(call)) {
      // A text has nothing to list and is shown as it is.
      if (propertyNames(item).length === 0 || typeof item !== 'object') lines.push(...(await renderLines([item], call.state)));
      else lines.push(...layList([await chooseProperties(item, wanted, blockRunner(call.state), { missing: 'omit' })], screenOf(call.state)).slice(lines.length === 0 ? 0 : 1, -2));
    }
    if (lines.length > 0) yield new Formatted([...lines, '', '']);
  },
};
