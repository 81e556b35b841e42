import { displayWidth, pad, printable, truncate, wrap } from './display-width.ts';
import type { Paint, Style } from './terminal.ts';
import { createPaint } from './terminal.ts';

export interface TableColumn {
  header: string;
  /** Default `left`; numbers read better on the right. */
  align?: 'left' | 'right';
  /** What happens to a text that does not fit: cut with `…` (default), or continued on the next line. */
  overflow?: 'truncate' | 'wrap';
  /** Columns that the column keeps when space is short. Default: its widest content, at most 10. */
  minimumWidth?: number;
}

export type TableCell = string | { text: string; style: Style };

export interface TableOptions {
  /** Columns of the terminal. */
  width: number;
  /** Default: no colour. */
  paint?: Paint;
}

const gap = 2;

/**
 * A table in the manner of PowerShell's `Format-Table`: headers, dashes, columns two blanks apart, no line longer than
 * `width`. The widest columns give way first. When not even the minimum widths fit, each row becomes a list of
 * `Header : value` lines instead. Missing cells are empty; text is made printable. No line break at the end.
 */
export function renderTable(columns: readonly TableColumn[], rows: readonly (readonly TableCell[])[], options: TableOptions): string {
  const paint = options.paint ?? createPaint(false);
  const texts = rows.map((row) => columns.map((_, index) => cellText(row[index])));
  const widths = fitWidths(columns, texts, options.width);
  if (widths === undefined) return renderList(columns, texts, options.width, paint);

  const line = (cells: readonly string[], styles: readonly (Style | undefined)[]): string => {
    const last = cells.findLastIndex((cell) => cell !== '');
    return cells
      .slice(0, last + 1)
      .map((cell, index) => {
        const align = columns[index]?.align ?? 'left';
        const padded = index === last && align === 'left' ? cell : pad(cell, widths[index] ?? 0, align);
        const style = styles[index];
        return style === undefined ? padded : padded.replace(cell, () => paint(style, cell));
      })
      .join(' '.repeat(gap));
  };
  const headers = columns.map((column, index) => truncate(column.header, widths[index] ?? 0));
  const lines = [
    line(headers, columns.map(() => 'bold')),
    line(headers.map((header) => '-'.repeat(displayWidth(header))), columns.map(() => 'dim')),
  ];
  for (const [rowIndex, row] of texts.entries()) {
    const styles = columns.map((_, index) => cellStyle(rows[rowIndex]?.[index]));
    const cells = row.map((text, index) => {
      const width = widths[index] ?? 0;
      return columns[index]?.overflow === 'wrap' ? wrap(text, width) : [truncate(text, width)];
    });
    const height = Math.max(...cells.map((cell) => cell.length));
    for (let at = 0; at < height; at++) lines.push(line(cells.map((cell) => cell[at] ?? ''), styles));
  }
  return lines.join('\n');
}

function cellText(cell: TableCell | undefined): string {
  if (cell === undefined) return '';
  return printable(typeof cell === 'string' ? cell : cell.text);
}

function cellStyle(cell: TableCell | undefined): Style | undefined {
  return typeof cell === 'object' ? cell.style : undefined;
}

/** The width of each column, or nothing when they cannot fit. */
function fitWidths(columns: readonly TableColumn[], texts: readonly (readonly string[])[], width: number): number[] | undefined {
  const widths = columns.map((column, index) => Math.max(displayWidth(column.header), ...texts.map((row) => displayWidth(row[index] ?? ''))));
  const minimums = columns.map((column, index) => Math.min(widths[index] ?? 0, column.minimumWidth ?? 10));
  let excess = widths.reduce((sum, each) => sum + each, 0) + gap * Math.max(0, columns.length - 1) - width;
  while (excess > 0) {
    let widest = -1;
    for (const [index, each] of widths.entries()) {
      if (each > (minimums[index] ?? 0) && (widest === -1 || each > (widths[widest] ?? 0))) widest = index;
    }
    if (widest === -1) return undefined;
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess--;
  }
  return widths;
}

/** As PowerShell's `Format-List`: names in one column, values wrapped beside them, an empty line between rows. */
function renderList(columns: readonly TableColumn[], texts: readonly (readonly string[])[], width: number, paint: Paint): string {
  const nameWidth = Math.min(Math.max(...columns.map((column) => displayWidth(column.header))), Math.floor(width / 2));
  const blocks = texts.map((row) =>
    row
      .flatMap((text, index) => {
        const name = pad(truncate(columns[index]?.header ?? '', nameWidth), nameWidth);
        const lines = wrap(text, Math.max(1, width - nameWidth - 3));
        return lines.map((part, at) => (at === 0 ? `${paint('bold', name)} : ${part}` : `${' '.repeat(nameWidth + 3)}${part}`).trimEnd());
      })
      .join('\n'),
  );
  return blocks.join('\n\n');
}
