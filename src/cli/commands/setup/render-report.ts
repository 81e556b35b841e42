import { sessionTitles } from '../../../wizard/index.ts';
import type { SetupReport } from '../../../wizard/index.ts';
import { printable, wrap } from '../../display-width.ts';
import type { Terminal } from '../../terminal.ts';
import { createPaint } from '../../terminal.ts';
import { shortPath } from './screen.ts';

const widestNarrow = 90;

/** The report at the end: what was done, on which side, in which time, and what is left for a person. */
export function renderReport(report: SetupReport, { colour, width }: Terminal): string {
  const { status, warnings, byHand, bySide, notNeeded, startedAt, finishedAt, logFile } = report;
  const paint = createPaint(colour);
  const block = (text: string, first: string, rest: string): string[] => wrap(printable(text), width - rest.length).map((line, at) => `${at === 0 ? first : rest}${line}`);
  const lines: string[] = [];
  for (const { code, text, cause } of warnings) lines.push('', ...block(`${code} - ${text}`, '', '').map((line) => paint('yellow', line)), ...block(cause, '  ', '  '));
  lines.push('', paint('bold', 'Report'), ...block(report.verdict, `  ${status === 'warnings' ? paint('yellow', '!') : paint('green', '✓')} `, '    '));
  const ran = Object.entries(bySide);
  const total = ran.reduce((sum, [, invocations]) => sum + invocations.length, 0);
  for (const [side, invocations] of ran) {
    const title = sessionTitles[side as keyof typeof sessionTitles];
    const cmdlets = [...new Set(invocations.map(({ cmdlet }) => cmdlet))].join(', ');
    const head = `    ${title.padEnd(26)} ${String(invocations.length).padStart(3)}`;
    // Beside the titles there is room for the longest names only on a wide screen.
    lines.push(...(width < widestNarrow ? [head, ...block(cmdlets, ' '.repeat(8), ' '.repeat(8))] : block(cmdlets, `${head}  `, ' '.repeat(36))));
  }
  if (byHand.length > 0) lines.push('', paint('bold', 'Remains to be done by hand'));
  for (const [index, { text, see }] of byHand.entries()) lines.push(...block(text, `  ${String(index + 1).padStart(2)}  `, '      '), paint('dim', `      ${see}`));
  lines.push('', ...block(`${total} cmdlet${total === 1 ? '' : 's'} ran in ${((finishedAt - startedAt) / 1000).toFixed(1)} s${status === 'done' ? ', every step is verified' : ''}. ${notNeeded.length === 0 ? '' : `Planned and not needed, for what it makes was there: ${notNeeded.join(', ')}. `}${report.isUndoable ? 'hybridge setup --undo takes it back. ' : ''}Log: ${shortPath(logFile)}`, '', '').map((line) => paint('dim', line)));
  if (status === 'unchanged') lines.push('Both organisations are as they should be.');
  return lines.join('\n');
}
