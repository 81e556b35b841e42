import type { Flow, ShellState } from '../runtime/shell-state.ts';
import { Hashtable, ShellObject, isList } from '../runtime/values.ts';
import type { ShellValue } from '../runtime/values.ts';
import { toText } from '../runtime/convert.ts';
import { getProperty, propertyNames } from '../runtime/members.ts';
import { cellText, printable } from './cell-text.ts';
import type { DefaultView } from './default-view.ts';
import { defaultView } from './default-view.ts';
import { formatDate } from './format-date.ts';
import { formatListItem } from './format-list.ts';
import { formatTable } from './format-table.ts';
import { Formatted } from './formatted.ts';
import type { ChosenProperty } from './property-selection.ts';
import type { Screen } from './screen.ts';
import { screenOf } from './screen.ts';

/** As wide as PowerShell's own view of a hashtable has it. */
const nameColumn = 30;

/** What a pipeline put out, as the lines that the screen, or one of another width, shows where nothing was laid out on purpose. */
export async function renderLines(items: readonly Flow[], state: ShellState, width?: number): Promise<string[]> {
  const lines: string[] = [];
  let group: ShellObject[] = [];
  const flush = async (): Promise<void> => {
    if (group.length > 0) lines.push(...renderObjects(group, screenOf(state, width)));
    group = [];
  };
  // A list that came as one value shows its items.
  for (const item of items.flatMap((one): readonly Flow[] => (!(one instanceof Formatted) && isList(one) ? one : [one]))) {
    if (item instanceof ShellObject && item.typeName === 'ErrorRecord') {
      await flush();
      lines.push(...errorRecordLines(item));
      continue;
    }
    // What Select-String finds reads as lines.
    if (item instanceof ShellObject && item.typeName === 'MatchInfo') {
      await flush();
      lines.push(printable(toText(item)));
      continue;
    }
    if (item instanceof ShellObject) {
      const [first] = group;
      if (first !== undefined && first.typeName !== item.typeName) await flush();
      group.push(item);
      continue;
    }
    await flush();
    if (item instanceof Formatted) lines.push(...item.lines);
    else if (item instanceof Hashtable) lines.push(...hashtableLines(item, screenOf(state, width)));
    else if (item instanceof Date) lines.push('', formatDate(item, 'F'), '');
    else lines.push(...cellText(item).split('\n'));
  }
  await flush();
  return lines;
}

/** `$Error[0]` looks as the error did. */
function errorRecordLines(record: ShellObject): string[] {
  const place = toText(getProperty(record.get('InvocationInfo') ?? null, 'PositionMessage'));
  return [toText(record), ...(place === '' ? [] : place.split('\n')), `    + CategoryInfo          : ${toText(record.get('CategoryInfo') ?? null)}`, `    + FullyQualifiedErrorId : ${toText(record.get('FullyQualifiedErrorId') ?? null)}`].map(printable);
}

function renderObjects(objects: readonly ShellObject[], screen: Screen): string[] {
  const [first] = objects;
  const names = first?.names ?? [];
  if (first?.typeName === 'MemberDefinition') return memberLines(objects, screen);
  if (first?.typeName === 'FileSystemInfo') return fileLines(objects, screen);
  const view = defaultView(first?.typeName ?? '', names);
  const rows = objects.map((object) => viewedProperties(object, view));
  return view.kind === 'table' ? layTable(rows, { ...screen, autoSize: view.autoSize, wrap: false, hideHeaders: false }) : layList(rows, screen);
}

/** A table below the name of each type. */
function memberLines(members: readonly ShellObject[], screen: Screen): string[] {
  const byType = Map.groupBy(members, (member) => toText(member.get('TypeName') ?? null));
  const columns = ['Name', 'MemberType', 'Definition'];
  return [...byType].flatMap(([type, own]) => {
    const rows = own.map((member) => columns.map((name) => chosen(name, member.get(name) ?? null, undefined)));
    return ['', '', `   TypeName: ${type}`, ...layTable(rows, { ...screen, autoSize: true, wrap: false, hideHeaders: false })];
  });
}

/** Files below the name of their folder, in Windows PowerShell's columns. */
function fileLines(files: readonly ShellObject[], screen: Screen): string[] {
  const byFolder = Map.groupBy(files, (file) => toText(file.get('DirectoryName') ?? null));
  return [...byFolder].flatMap(([folder, own]) => {
    const rows = own.map((file) => {
      const written = file.get('LastWriteTime');
      const time = written instanceof Date ? `${formatDate(written, 'd').padStart(10)}  ${formatDate(written, 't').padStart(8)}` : '';
      return [column('Mode', file.get('Mode') ?? null, 7, 'left'), column('LastWriteTime', time, 25, 'right'), column('Length', file.get('Length') ?? null, 14, 'right'), column('Name', file.get('Name') ?? null, undefined, 'left')];
    });
    return ['', '', `    Directory: ${folder}`, '', ...layTable(rows, { ...screen, autoSize: false, wrap: false, hideHeaders: false })];
  });
}

/** A table with the blank lines that PowerShell puts around it. */
export function layTable(rows: readonly (readonly ChosenProperty[])[], options: Parameters<typeof formatTable>[1]): string[] {
  return rows.length === 0 ? [] : ['', ...formatTable(rows, options), '', ''];
}

/** Objects one below the other, with the blank lines that PowerShell puts around them. */
export function layList(items: readonly (readonly ChosenProperty[])[], screen: Screen): string[] {
  if (items.length === 0) return [];
  return ['', ...items.flatMap((item) => ['', ...formatListItem(item, screen)]), '', ''];
}

function hashtableLines(table: Hashtable, screen: Screen): string[] {
  const rows = table.entries.map(([name, value]): ChosenProperty[] => [chosen('Name', name, nameColumn), chosen('Value', cellText(value, screen.limit), undefined)]);
  return layTable(rows, { ...screen, autoSize: false, wrap: false, hideHeaders: false });
}

/** What a view shows of one object. */
export function viewedProperties(object: ShellValue, view: DefaultView): ChosenProperty[] {
  const names = propertyNames(object);
  return view.columns.map(({ property, width, heading, show }) => {
    const value = getProperty(object, property);
    return chosen(heading ?? names.find((name) => name.toLowerCase() === property.toLowerCase()) ?? property, show === undefined || typeof value !== 'string' ? value : show(value), width);
  });
}

const column = (name: string, value: ShellValue, width: number | undefined, alignment: 'left' | 'right'): ChosenProperty => ({ name, value, wanted: { label: name, compute: undefined, width, alignment, format: undefined } });
const chosen = (name: string, value: ShellValue, width: number | undefined): ChosenProperty => ({ name, value, wanted: { label: name, compute: undefined, width, alignment: undefined, format: undefined } });
