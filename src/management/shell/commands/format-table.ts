import { Formatted } from '../formatting/formatted.ts';
import { defaultView } from '../formatting/default-view.ts';
import type { ChosenProperty } from '../formatting/property-selection.ts';
import { chooseProperties } from '../formatting/property-selection.ts';
import { layTable, renderLines, viewedProperties } from '../formatting/render.ts';
import { screenOf } from '../formatting/screen.ts';
import { toText } from '../runtime/convert.ts';
import { getProperty, propertyNames } from '../runtime/members.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import type { ShellValue } from '../runtime/values.ts';
import { ShellObject } from '../runtime/values.ts';
import { blockRunner, inputValues, propertiesOf } from './pipeline-values.ts';

export const formatTable: ShellCommand = {
  name: 'Format-Table',
  aliases: ['ft'],
  synopsis: 'Shows objects as rows of a table.',
  example: 'Get-ManagementRoleAssignment | Format-Table Name,Role -AutoSize',
  parameters: {
    Property: { type: 'value', position: 0, remaining: true },
    AutoSize: { type: 'switch' },
    Wrap: { type: 'switch' },
    HideTableHeaders: { type: 'switch' },
    GroupBy: { type: 'value' },
    InputObject: { type: 'value' },
    Force: { type: 'switch' },
  },
  async *run(call) {
    const items: ShellValue[] = [];
    for await (const item of inputValues(call)) items.push(item);
    const [first] = items;
    if (first === undefined) return;
    // Texts, numbers and truth values have no columns and are shown as they are.
    if (typeof first !== 'object') {
      yield new Formatted(await renderLines(items, call.state));
      return;
    }
    const asked = call.parameters.get('Property');
    const view = defaultView(first instanceof ShellObject ? first.typeName : '', propertyNames(first));
    // Patterns become columns by the first object.
    const columns = (await chooseProperties(first, asked === undefined ? [] : propertiesOf(call), blockRunner(call.state), { missing: 'empty' })).map(({ name, wanted: property }) => (property.compute === undefined && property.source === undefined ? { ...property, label: name } : property));
    // As Windows PowerShell 5 and later have it: the width of the first column decides whether widths are measured.
    const options = { autoSize: call.parameters.get('AutoSize') === true || (asked === undefined ? view.autoSize : columns[0]?.width === undefined), wrap: call.parameters.get('Wrap') === true, hideHeaders: call.parameters.get('HideTableHeaders') === true };
    const groupBy = call.parameters.get('GroupBy');
    const groups: { key: string | undefined; rows: ChosenProperty[][] }[] = [];
    for (const item of items) {
      const key = groupBy === undefined ? undefined : toText(getProperty(item, toText(groupBy)));
      if (groups.length === 0 || key !== groups.at(-1)?.key) groups.push({ key, rows: [] });
      groups.at(-1)?.rows.push(asked === undefined ? viewedProperties(item, view) : await chooseProperties(item, columns, blockRunner(call.state), { missing: 'empty' }));
    }
    const layOut = (width?: number): string[] => groups.flatMap(({ key, rows }) => [...(key === undefined ? [] : ['', `   ${toText(groupBy ?? null)}: ${key}`]), ...layTable(rows, { ...screenOf(call.state, width), ...options })]);
    yield new Formatted(layOut(), layOut);
  },
};
