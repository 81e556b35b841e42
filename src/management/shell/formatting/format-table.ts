import type { ShellValue } from '../runtime/values.ts';
import { formatValue } from '../runtime/format-operator.ts';
import { cellText, printable } from './cell-text.ts';
import type { ChosenProperty } from './property-selection.ts';
import type { Screen } from './screen.ts';
import { wrapText } from './wrap-text.ts';

export interface TableOptions extends Screen {
  /** Columns as wide as what stands in them. */
  autoSize: boolean;
  /** Long cells go on below instead of being cut. */
  wrap: boolean;
  hideHeaders: boolean;
}

interface Column {
  label: string;
  width: number | undefined;
  right: boolean;
}

const leastWidth = 4;
const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Rows as `Format-Table` lays them out. With `autoSize` each column is as wide as its widest cell, whatever width it was
 * given; without it those without a width share what the screen has left. What does not fit is cut with `...`, columns
 * that do not fit at all are left away; a header that is too long goes on below itself.
 */
export function formatTable(rows: readonly (readonly ChosenProperty[])[], options: TableOptions): string[] {
  const columns = columnsOf(rows);
  const cells = rows.map((row) => columns.map((column) => cellOf(row, column.label, options.limit)));
  const widths = columnWidths(columns, cells, options);
  const shown = columns.slice(0, widths.length);
  const line = (texts: readonly string[]): string => shown.map((column, index) => place(texts[index] ?? '', { width: widths[index] ?? 0, right: column.right, last: index === shown.length - 1, widthOf: options.widthOf })).join(' ').trimEnd();
  const wrappedLines = (texts: readonly string[]): string[] => {
    const wrapped = shown.map((_, index) => wrapText(texts[index] ?? '', widths[index] ?? 1));
    return Array.from({ length: Math.max(1, ...wrapped.map((parts) => parts.length)) }, (_, at) => line(wrapped.map((parts) => parts[at] ?? '')));
  };
  const lines = options.hideHeaders ? [] : [...wrappedLines(shown.map(({ label }) => label)), line(shown.map(({ label }, index) => '-'.repeat(Math.min(options.widthOf(label), widths[index] ?? 0))))];
  for (const row of cells) lines.push(...(options.wrap ? wrappedLines(row) : [line(row)]));
  return lines;
}

function columnsOf(rows: readonly (readonly ChosenProperty[])[]): Column[] {
  const [first = []] = rows;
  return first.map(({ name, value, wanted }) => ({ label: name, width: wanted.width, right: wanted.alignment === undefined ? isRightAligned(value) : wanted.alignment === 'right' }));
}

/** Numbers and truth values stand at the right, by the first row; dates and everything else at the left, as in PowerShell. */
function isRightAligned(value: ShellValue): boolean {
  return typeof value === 'number' || typeof value === 'boolean';
}

function cellOf(row: readonly ChosenProperty[], label: string, limit: number): string {
  const found = row.find(({ name }) => name.toLowerCase() === label.toLowerCase());
  if (found === undefined) return '';
  const text = found.wanted.format === undefined ? cellText(found.value, limit) : printable(formatValue(found.value, found.wanted.format));
  return text.replaceAll(/\r\n|\r|\n/g, ' ');
}

function columnWidths(columns: readonly Column[], cells: readonly (readonly string[])[], options: TableOptions): number[] {
  const wanted = columns.map((column, index) => options.autoSize ? Math.max(options.widthOf(column.label), ...cells.map((row) => options.widthOf(row[index] ?? ''))) : (column.width ?? 0));
  const separators = columns.length - 1;
  const fixed = wanted.reduce((sum, width) => sum + width, 0);
  const free = wanted.filter((width) => width === 0).length;
  if (free === 0) return trimmedWidths(wanted, options.width);
  // As many columns as fit at the least width; the rest are left away, the last ones first.
  const room = options.width - fixed - separators;
  if (room < free * leastWidth) return columnWidths(columns.slice(0, -1), cells, options);
  let left = room - Math.floor(room / free) * free;
  return wanted.map((width) => {
    if (width !== 0) return width;
    left -= 1;
    return Math.floor(room / free) + (left >= 0 ? 1 : 0);
  });
}

/** Shortens the last column that fits in part; those after it are left away. */
function trimmedWidths(wanted: readonly number[], width: number): number[] {
  const widths: number[] = [];
  let used = 0;
  for (const one of wanted) {
    const room = width - used - (widths.length === 0 ? 0 : 1);
    if (room < Math.min(one, leastWidth)) break;
    widths.push(Math.min(one, room));
    used += Math.min(one, room) + (widths.length === 1 ? 0 : 1);
  }
  return widths;
}

interface Place {
  width: number;
  right: boolean;
  last: boolean;
  widthOf: (text: string) => number;
}

function place(text: string, { width, right, last, widthOf }: Place): string {
  const fitted = cutText(text, width, widthOf);
  if (last && !right) return fitted;
  const blanks = ' '.repeat(Math.max(0, width - widthOf(fitted)));
  return right ? blanks + fitted : fitted + blanks;
}

/** A text that takes no more than `width` columns, cut with `...` where it would. */
export function cutText(text: string, width: number, widthOf: (text: string) => number): string {
  if (widthOf(text) <= width) return text;
  return width <= 3 ? cut(text, width, widthOf) : `${cut(text, width - 3, widthOf)}...`;
}

/** The beginning of a text that takes at most `width` columns; no character is cut in two. */
function cut(text: string, width: number, widthOf: (text: string) => number): string {
  let beginning = '';
  for (const { segment } of characters.segment(text)) {
    if (widthOf(beginning + segment) > width) break;
    beginning += segment;
  }
  return beginning;
}
