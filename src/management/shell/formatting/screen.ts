import type { ShellState } from '../runtime/shell-state.ts';
import { enumerationLimit } from './cell-text.ts';

/** What a view is laid out for. */
export interface Screen {
  /** Columns. */
  width: number;
  /** How many columns of the screen a text takes. */
  widthOf: (text: string) => number;
  /** How many items of a list are shown; -1 for all. */
  limit: number;
}

export function screenOf({ host, variables }: ShellState, width = host.width): Screen {
  return { width, widthOf: (text) => host.widthOf?.(text) ?? text.length, limit: enumerationLimit(variables.get('formatenumerationlimit')) };
}
