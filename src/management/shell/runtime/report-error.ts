import { HybridgeError, errorText } from '../../../foundation/index.ts';
import type { Extent } from '../language/shell-error.ts';
import { ShellError, pointAt } from '../language/shell-error.ts';
import { printable } from '../formatting/cell-text.ts';
import { wrapText } from '../formatting/wrap-text.ts';
import { exceptionType } from './exception-types.ts';
import type { ShellHost } from './shell-host.ts';
import type { ShellState } from './shell-state.ts';
import { ShellObject } from './values.ts';

const mostErrors = 256;

/** Where an error arose, as far as is known. */
export interface ErrorPlace {
  extent?: Extent;
  command?: string;
}

/** An error as `$_` in `catch` and `$Error[0]` show it; as text it is its message. */
export function errorRecord(state: ShellState, error: unknown, given: ErrorPlace = {}): ShellObject {
  const message = messageOf(error);
  const place = placeOf(error, { ...(error instanceof Error ? state.stopping.get(error) : undefined), ...given });
  const code = error instanceof HybridgeError ? error.code : 'SHELL_OPERATION';
  const name = error instanceof HybridgeError ? error.name : 'Exception';
  const kind = category(code);
  const extent = (error instanceof ShellError ? error.extent : undefined) ?? place.extent;
  const text = (error instanceof ShellError ? error.source : undefined) ?? state.text;
  const lines = extent === undefined ? [] : pointAt(text, extent, state.file);
  const line = extent === undefined ? 0 : text.slice(0, extent.start).split('\n').length;
  return new ShellObject(
    [
      ['Exception', new ShellObject([['Message', message], ['InnerException', null]], exceptionType(error), message)],
      ['TargetObject', null],
      ['CategoryInfo', new ShellObject([['Category', kind], ['Activity', place.command ?? ''], ['Reason', name], ['TargetName', ''], ['TargetType', '']], 'ErrorCategoryInfo', `${kind}: (:)${place.command === undefined ? '' : ` [${place.command}]`}, ${name}`)],
      ['FullyQualifiedErrorId', `${code}${place.command === undefined ? '' : `,${place.command}`}`],
      ['ErrorDetails', null],
      ['InvocationInfo', new ShellObject([['MyCommand', place.command ?? null], ['ScriptLineNumber', line], ['OffsetInLine', extent === undefined ? 0 : extent.start - text.lastIndexOf('\n', extent.start - 1)], ['ScriptName', state.file ?? ''], ['Line', text.split('\n')[line - 1] ?? ''], ['PositionMessage', lines.join('\n')]], 'InvocationInfo')],
      ['ScriptStackTrace', lines[0]?.toLowerCase() ?? ''],
      ['Message', message],
    ],
    'ErrorRecord',
    message,
  );
}

export function rememberError(state: ShellState, error: unknown, place: ErrorPlace = {}): void {
  state.errors.unshift(errorRecord(state, error, place));
  state.errors.length = Math.min(state.errors.length, mostErrors);
  state.succeeded = false;
}

/**
 * Shows an error as PowerShell does: the message, the place, category and id; then what to do about it. What was not
 * raised on purpose is told without its internals.
 */
export function reportError(state: ShellState, error: unknown, place: ErrorPlace = {}): void {
  rememberError(state, error, place);
  state.errorCount += 1;
  state.host.writeError(errorLines(error, state.text, state.host, { ...place, ...(state.file === undefined ? {} : { file: state.file }) }));
}

/** Wrapped where somebody reads them on a screen; whole where a program or a log does. */
export function errorLines(error: unknown, text: string, host: Pick<ShellHost, 'interactive' | 'width'>, given: ErrorPlace & { file?: string } = {}): string[] {
  const place = placeOf(error, given);
  const extent = (error instanceof ShellError ? error.extent : undefined) ?? place.extent;
  const code = error instanceof HybridgeError ? error.code : 'SHELL_OPERATION';
  const remedy = error instanceof HybridgeError ? error.remedy : undefined;
  const target = place.command === undefined ? '' : ` [${place.command}]`;
  const width = host.interactive ? host.width : Infinity;
  const [toDo = '', ...more] = remedy === undefined ? [] : wrapText(printable(remedy), width - 30);
  return [
    ...wrapText(printable(messageOf(error)), width),
    ...(extent === undefined ? [] : pointAt((error instanceof ShellError ? error.source : undefined) ?? text, extent, place.file)),
    `    + CategoryInfo          : ${category(code)}: (:)${target}, ${error instanceof HybridgeError ? error.name : 'Exception'}`,
    `    + FullyQualifiedErrorId : ${code}${place.command === undefined ? '' : `,${place.command}`}`,
    ...(remedy === undefined ? [] : [`    + What to do            : ${toDo}`, ...more.map((line) => `${' '.repeat(30)}${line}`)]),
  ];
}

/** An error about a command's parameters is that command's, whoever pulled it through the pipe. */
function placeOf<Place extends ErrorPlace>(error: unknown, given: Place): Place {
  return error instanceof ShellError && error.command !== undefined ? { ...given, command: error.command } : given;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : errorText(error);
}

function category(code: string): string {
  if (code === 'SHELL_SYNTAX') return 'ParserError';
  if (code.endsWith('NOT_FOUND')) return 'ObjectNotFound';
  if (code.includes('PARAMETER') || code === 'SHELL_INPUT_NOT_BOUND') return 'InvalidArgument';
  if (code.endsWith('ACCESS_DENIED') || code.endsWith('UNAUTHENTICATED')) return 'PermissionDenied';
  if (code.endsWith('UNREACHABLE')) return 'ConnectionError';
  return 'NotSpecified';
}
