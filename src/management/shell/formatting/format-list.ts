import { formatValue } from '../runtime/format-operator.ts';
import { cellText, printable } from './cell-text.ts';
import type { ChosenProperty } from './property-selection.ts';
import type { Screen } from './screen.ts';
import { wrapText } from './wrap-text.ts';

/** One object as `Format-List` lays it out: names as wide as the widest, values wrapped below themselves. */
export function formatListItem(properties: readonly ChosenProperty[], { width, limit }: Pick<Screen, 'width' | 'limit'>): string[] {
  const nameWidth = Math.max(0, ...properties.map(({ name }) => name.length));
  const indent = nameWidth + 3;
  return properties.flatMap(({ name, value, wanted }) => {
    const text = wanted.format === undefined ? cellText(value, limit) : printable(formatValue(value, wanted.format));
    const lines = wrapText(text, Math.max(20, width - indent));
    return lines.map((line, index) => (index === 0 ? `${name.padEnd(nameWidth)} : ${line}` : `${' '.repeat(indent)}${line}`).trimEnd());
  });
}
