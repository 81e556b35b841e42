import { relative } from 'node:path';
import type { Terminal } from '../../terminal.ts';
import type { Paint } from '../../terminal.ts';

/** Where a command shows what it does. */
export interface Screen {
  terminal: Terminal;
  paint: Paint;
  print: (text: string) => void;
}

/** A path as it is shortest to read from here. */
export function shortPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
}
