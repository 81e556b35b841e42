import { cellText } from '../formatting/cell-text.ts';
import { Formatted } from '../formatting/formatted.ts';
import { formatWide as layWide } from '../formatting/format-wide.ts';
import { chooseProperties, wantedProperties } from '../formatting/property-selection.ts';
import { screenOf } from '../formatting/screen.ts';
import { toNumber } from '../runtime/convert.ts';
import { propertyNames } from '../runtime/members.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { blockRunner, inputValues } from './pipeline-values.ts';

export const formatWide: ShellCommand = {
  name: 'Format-Wide',
  aliases: ['fw'],
  synopsis: 'Shows one property of objects in several columns.',
  example: 'Get-Mailbox | Format-Wide Alias -Column 4',
  parameters: { Property: { type: 'value', position: 0 }, Column: { type: 'value' }, AutoSize: { type: 'switch' }, InputObject: { type: 'value' }, Force: { type: 'switch' } },
  async *run(call) {
    const asked = call.parameters.get('Property');
    const { limit } = screenOf(call.state);
    const cells: string[] = [];
    for await (const item of inputValues(call)) {
      const names = typeof item === 'object' ? propertyNames(item) : [];
      // What an object is called is what it is shown by.
      const property = asked ?? names.find((name) => /^(?:display)?name$/i.test(name)) ?? names[0];
      const [chosen] = property === undefined ? [] : await chooseProperties(item, wantedProperties(property), blockRunner(call.state), { missing: 'empty' });
      cells.push(cellText(chosen === undefined ? item : chosen.value, limit));
    }
    if (cells.length === 0) return;
    const columns = call.parameters.has('Column') ? toNumber(call.parameters.get('Column') ?? null) : call.parameters.get('AutoSize') === true ? undefined : 2;
    const layOut = (width?: number): string[] => layWide(cells, columns, screenOf(call.state, width));
    yield new Formatted(layOut(), layOut);
  },
};
