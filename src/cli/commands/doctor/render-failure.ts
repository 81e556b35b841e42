import { placeNames } from '../../../doctor/index.ts';
import type { Cause, Failure, Recognition, Step } from '../../../doctor/index.ts';
import { printable, wrap } from '../../display-width.ts';
import type { Paint } from '../../terminal.ts';

export interface Screen {
  width: number;
  paint: Paint;
}

/** Prose wider than this is hard to read, however wide the window. */
const widestProse = 100;

/** What a pasted text shows: the first failure in full, the others in a line each. */
export function renderRecognitions(recognitions: readonly Recognition[], screen: Screen): string {
  const [first, ...others] = recognitions;
  if (first === undefined) {
    return [
      'None of the known failures is recognised in this text.',
      '',
      'Paste more of it: exception, “Error message”, LID, diagnostics (x-ms-diagnostics, AADSTS…). The known ones: hybridge doctor list',
    ].join('\n');
  }
  const { paint } = screen;
  const { failure, causes, by } = first;
  const level = others.filter(({ score, failure: other }) => score === first.score && other.isGeneral === failure.isGeneral);
  const rest = others.filter((other) => !level.includes(other));
  const step = causes[0]?.proof[0];
  const more = (list: readonly Recognition[], heading: string): string[] =>
    list.length === 0 ? [] : ['', paint('bold', heading), ...list.map(({ failure: other }) => `  ${paint('cyan', other.id.padEnd(5))} ${other.title}`), paint('dim', `  hybridge doctor explain ${list[0]?.failure.id ?? ''}`)];
  return [
    ...heading(failure, screen),
    paint('dim', `Recognised by: ${printable(by)}`),
    ...more(level, 'The same text also means, in another situation'),
    '',
    ...body(failure, causes, screen),
    ...(step === undefined ? [] : ['', paint('bold', 'Next'), ...stepLines(step, screen, '  ')]),
    ...more(rest, 'Also in this text'),
  ].join('\n');
}

/** One failure with all that is known of it. */
export function renderFailure(failure: Failure, screen: Screen): string {
  const { paint } = screen;
  return [
    ...heading(failure, screen),
    '',
    ...body(failure, failure.causes, screen),
    '',
    paint('bold', 'References'),
    ...failure.references.flatMap(({ title, url }) => [...prose(title, screen, '  '), ...(url === undefined ? [] : [paint('dim', `  ${url}`)])]),
  ].join('\n');
}

function heading({ id, title, directions, authentication }: Failure, screen: Screen): string[] {
  const [first = '', ...rest] = prose(title, { ...screen, width: screen.width - id.length - 2 }, '');
  return [
    `${screen.paint('cyan', id)}  ${screen.paint('bold', first)}`,
    ...rest.map((line) => `${' '.repeat(id.length + 2)}${screen.paint('bold', line)}`),
    screen.paint('dim', `${directions.join(', ')} · ${authentication.join(', ')}`),
  ];
}

function body({ underneath, check, prevention }: Failure, causes: readonly Cause[], screen: Screen): string[] {
  const { paint } = screen;
  return [
    ...prose(underneath, screen, ''),
    ...causes.flatMap((cause, index) => ['', ...causeLines(cause, index + 1, screen)]),
    '',
    paint('bold', 'Check the repair'),
    ...check.flatMap((step) => stepLines(step, screen, '  ')),
    ...(prevention === '' ? [] : ['', paint('bold', 'So that it does not come back'), ...prose(prevention, screen, '  ')]),
  ];
}

function causeLines({ id, title, why, sameStateAs, see, proof, repair, risk }: Cause, number: number, screen: Screen): string[] {
  const { paint } = screen;
  const [first = '', ...rest] = prose(title, { ...screen, width: screen.width - 4 }, '');
  return [
    `${paint('yellow', `${number}.`)} ${paint('bold', first)}`,
    ...rest.map((line) => `   ${paint('bold', line)}`),
    paint('dim', `   ${id}${sameStateAs === undefined ? '' : ` · the same state as ${sameStateAs}, under another text`}${see === undefined ? '' : ` · more: hybridge doctor explain ${see}`}`),
    ...(why === '' ? [] : prose(why, screen, '   ')),
    paint('green', '   Proof'),
    ...proof.flatMap((step) => stepLines(step, screen, '     ')),
    paint('green', '   Repair'),
    ...repair.flatMap((step) => stepLines(step, screen, '     ')),
    ...prose(`Risk: ${risk}`, screen, '   '),
  ];
}

/** Commands are never wrapped: they are for copying. */
export function stepLines(step: Step, screen: Screen, indent: string): string[] {
  const { paint } = screen;
  const place = `${placeNames[step.on]}:`;
  if ('act' in step) return prose(`${place} ${step.act}`, screen, indent).map((line, index) => (index === 0 ? line.replace(place, paint('dim', place)) : line));
  const expect = step.expect === undefined ? [] : prose(`→ ${step.expect}`, screen, `${indent}  `).map((line) => paint('dim', line));
  return [`${indent}${paint('dim', place)}`, `${indent}  ${step.run}`, ...expect];
}

function prose(text: string, { width }: Screen, indent: string): string[] {
  return wrap(text, Math.max(30, Math.min(width, widestProse) - indent.length)).map((line) => `${indent}${line}`);
}
