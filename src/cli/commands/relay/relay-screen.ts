import type { CommandSurroundings } from '../../surroundings.ts';
import { terminalOf } from '../../surroundings.ts';
import type { TableCell } from '../../table.ts';
import { renderTable } from '../../table.ts';
import type { RelayAdministration, RelayPlace } from './relay-place.ts';
import { withRelay } from './relay-place.ts';

/** Asks a relay and shows what it says: tables or sentences for people, JSON for scripts. */
export interface RelayScreen {
  print(text: string): void;
  /** Beside the result, on standard error: scripts that read the result do not get it. */
  remark(text: string): void;
  ask<Result>(place: RelayPlace, run: (relay: RelayAdministration) => Promise<Result>): Promise<Result>;
  show<Item>(place: RelayPlace, items: readonly Item[], headers: readonly string[], row: (item: Item) => TableCell[], none: string): void;
  did(place: RelayPlace, result: unknown, text: string): void;
}

export function createRelayScreen(surroundings: CommandSurroundings): RelayScreen {
  const print = (text: string): void => void surroundings.stdout.write(`${text}\n`);
  return {
    print,
    remark: (text) => void surroundings.stderr.write(`${text}\n`),
    ask: (place, run) => withRelay(place, surroundings.env, run),
    show(place, items, headers, row, none) {
      if (place.json === true) return print(JSON.stringify(items, undefined, 2));
      if (items.length === 0) return print(none);
      const rows = items.map(row);
      const columns = headers.map((header, index) => ({ header, overflow: 'wrap' as const, minimumWidth: Math.max(header.length, ...rows.map((cells) => unbroken(cells[index]))) }));
      // A screen has the width that it has; a file or a pipe takes long lines.
      const { width } = terminalOf(surroundings);
      return print(renderTable(columns, rows, { width: surroundings.stdout.isTTY === true ? width : Math.max(width, 160) }));
    },
    did: (place, result, text) => print(place.json === true ? JSON.stringify(result, undefined, 2) : text),
  };
}

const longestId = 40;

/** How wide the widest word of a cell is that is never broken: ids and thumbprints are there to be copied. */
function unbroken(cell: TableCell | undefined): number {
  const text = cell === undefined ? '' : typeof cell === 'string' ? cell : cell.text;
  return Math.max(1, ...text.split(/\s+/).map(({ length }) => (length > longestId ? 10 : length)));
}

/** `2026-11-21T15:04Z`; empty for never. */
export function minuteOf(at: number | undefined): string {
  return at === undefined ? '' : `${new Date(at).toISOString().slice(0, 16)}Z`;
}
