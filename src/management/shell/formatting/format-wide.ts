import { cutText } from './format-table.ts';
import type { Screen } from './screen.ts';

/** Cells in columns of one width, from the left to the right; without a number as many columns as the longest cell allows. */
export function formatWide(cells: readonly string[], columns: number | undefined, { width, widthOf }: Screen): string[] {
  const longest = Math.max(1, ...cells.map(widthOf));
  const count = Math.max(1, Math.min(Math.trunc(columns ?? (width + 1) / (longest + 1)), Math.floor((width + 1) / 2)));
  const each = Math.max(1, Math.floor((width - (count - 1)) / count));
  const lines: string[] = [];
  for (let at = 0; at < cells.length; at += count) {
    const row = cells.slice(at, at + count).map((cell) => cutText(cell.replaceAll(/[\r\n]+/g, ' '), each, widthOf));
    lines.push(row.map((cell) => cell + ' '.repeat(Math.max(0, each - widthOf(cell)))).join(' ').trimEnd());
  }
  return ['', ...lines, '', ''];
}
