import { HybridgeError } from '../../../foundation/index.ts';

export type ShellErrorCode =
  | 'SHELL_SYNTAX'
  | 'SHELL_NOT_SUPPORTED'
  | 'SHELL_COMMAND_NOT_FOUND'
  | 'SHELL_PARAMETER'
  | 'SHELL_INPUT_NOT_BOUND'
  | 'SHELL_CONVERSION'
  | 'SHELL_OPERATION'
  | 'SHELL_MEMBER'
  | 'SHELL_THROWN'
  | 'SHELL_FILE'
  | 'SHELL_CONFIRMATION'
  | 'SHELL_LIMIT';

/** A piece of the text that was typed: offsets in UTF-16 units, the end exclusive. */
export interface Extent {
  start: number;
  end: number;
}

/** What the shell itself refuses, with the place where it stands. Texts are PowerShell's where it has one for the case. */
export class ShellError extends HybridgeError<ShellErrorCode> {
  override readonly name = 'ShellError';
  readonly extent: Extent | undefined;
  /** True when more input may make the text whole: an open bracket, quote or pipe. */
  readonly incomplete: boolean;
  /** The text that the extent points into, where it is another than the one that runs: that of a function. */
  source: string | undefined;
  /** The published exception that it is, where its code does not tell: `System.DivideByZeroException`. */
  readonly exception: string | undefined;
  /** The command whose parameters it is about, wherever in the pipeline it is heard. */
  command: string | undefined;

  constructor(code: ShellErrorCode, message: string, options: { extent?: Extent; remedy?: string; incomplete?: boolean; cause?: unknown; exception?: string } = {}) {
    const { extent, incomplete, exception, ...rest } = options;
    super(code, message, rest);
    this.extent = extent;
    this.exception = exception;
    this.incomplete = incomplete ?? false;
  }
}

/**
 * The two lines with which PowerShell shows where something stands: `At line:1 char:5`, the line, and a row of tildes
 * below the place. In a script file its name stands in place of `line`.
 */
export function pointAt(text: string, extent: Extent, file?: string): string[] {
  const before = text.slice(0, extent.start);
  const line = before.split('\n').length;
  const lineStart = before.lastIndexOf('\n') + 1;
  const lineEnd = text.indexOf('\n', extent.start);
  const shown = text.slice(lineStart, lineEnd === -1 ? undefined : lineEnd).replaceAll('\t', ' ').replace(/\r$/, '');
  const column = extent.start - lineStart;
  const length = Math.max(1, Math.min(extent.end, lineStart + shown.length) - extent.start);
  // A long line is cut around the place, so that the tildes stay below it.
  const from = column > 100 ? column - 60 : 0;
  const piece = shown.slice(from, from + 160);
  return [`At ${file === undefined ? 'line' : file}:${line} char:${column + 1}`, `+ ${from > 0 ? '…' : ''}${piece}`, `+ ${' '.repeat(column - from + (from > 0 ? 1 : 0))}${'~'.repeat(Math.min(length, 160))}`];
}
