import { isAttempt, offsetText } from '../../../doctor/index.ts';
import type { DoctorReport, EvidenceLine, ReportFinding, ReportProbe, TimelineEntry } from '../../../doctor/index.ts';
import { displayWidth, printable, truncate, wrap } from '../../display-width.ts';
import { renderTable } from '../../table.ts';
import type { Screen } from './render-failure.ts';
import { stepLines } from './render-failure.ts';

interface ReportOptions {
  /** Entries of the time line to show; the rest is counted. */
  timelineLength: number;
}

const fullFindings = 3;
const shownLines = 40;
const shownFiles = 30;
/** Narrower than this the table of files does not fit. */
const wideEnough = 100;

/** A report for the terminal: verdict first, then what proves it, what to do, and what was read. */
export function renderReport(report: DoctorReport, screen: Screen, { timelineLength }: ReportOptions): string {
  const { paint } = screen;
  const { findings, observations, probes, timeline, files, notes } = report;
  const rest = findings.slice(fullFindings);
  const colour = report.status === 'well' ? 'green' : report.status === 'wrong' ? 'red' : 'yellow';
  return [
    ...prose(printable(report.verdict), screen, '').map((line) => paint('bold', paint(colour, line))),
    ...findings.slice(0, fullFindings).flatMap((finding, index) => ['', ...findingLines(finding, findings.length > 1 ? `${index + 1}. ` : '', screen, report.verdict)]),
    ...section('Also found', shortened(rest, ({ failure, title, count }) => prose(`${failure}  ${printable(title)}${count === undefined ? '' : ` (${lineCount(count)})`}`, screen, '  ')), screen),
    ...section('Worth knowing', shortened(observations, ({ text, evidence }) => [...prose(printable(text), screen, '  '), ...(evidence === undefined ? [] : [paint('dim', `    ${placeOf(evidence)}`)])]), screen),
    ...section('Probes', probes.map((probe) => probeText(probe, screen)), screen),
    ...section('Time line, UTC', timelineLines(timeline, timelineLength, screen), screen),
    ...section('Read', files.length === 0 ? [] : [filesTable(report, screen), ...fileNotes(report, screen)], screen),
    ...section('Note', notes.flatMap((note) => prose(printable(note), screen, '  ')), screen),
  ].join('\n');
}

function findingLines(finding: ReportFinding, number: string, screen: Screen, verdict: string): string[] {
  const { paint } = screen;
  const { failure, cause, title, symptom, isProven, proof, evidence, count, firstAt, lastAt, why, repair, risk, check, others, ruledOut } = finding;
  const when = firstAt === undefined || lastAt === undefined ? '' : firstAt === lastAt ? `, ${timeText(firstAt)}` : `, ${timeText(firstAt)} to ${timeText(lastAt)}`;
  return [
    // The one finding has been named by the verdict.
    ...(number === '' && verdict === `${title}.` ? [] : prose(`${number}${printable(title)}`, screen, '').map((line) => paint('bold', line))),
    paint('dim', `${isProven ? cause : 'cause not told by the evidence'} · hybridge doctor explain ${failure}`),
    ...(title === symptom ? [] : prose(printable(symptom), screen, '')),
    ...section(`Proof${count === undefined ? '' : ` (${lineCount(count)}${when})`}`, [...proof.flatMap((line) => prose(printable(line), screen, '  ')), ...evidence.flatMap((line) => evidenceLines(line, screen))], screen),
    ...section('Why', prose(why, screen, '  '), screen),
    ...section(isProven ? 'Repair' : 'Repair of the likeliest cause', [...repair.flatMap((step) => stepLines(step, screen, '  ')), ...prose(`Risk: ${risk}`, screen, '  ')], screen),
    ...section('Check', check.flatMap((step) => stepLines(step, screen, '  ')), screen),
    ...section(isProven ? 'Not ruled out' : 'Other causes', others.flatMap((other) => prose(`${other.id}  ${other.title}`, screen, '  ')), screen),
    ...section('Ruled out', ruledOut.flatMap(({ id, because }) => prose(`${id}: ${because}`, screen, '  ')), screen),
  ];
}

function section(heading: string, lines: readonly string[], { paint }: Screen): string[] {
  return lines.length === 0 ? [] : ['', paint('bold', heading), ...lines];
}

function shortened<T>(items: readonly T[], linesOf: (item: T) => readonly string[]): string[] {
  const left = items.length - shownLines;
  return [...items.slice(0, shownLines).flatMap(linesOf), ...(left > 0 ? [`  … and ${left} more: --json or --html`] : [])];
}

function evidenceLines(line: EvidenceLine, screen: Screen): string[] {
  const [first = '', second, third] = wrap(printable(line.text.replaceAll(/\s+/g, ' ')), Math.max(30, Math.min(screen.width, 120) - 6));
  return [`  ${screen.paint('cyan', placeOf(line))}`, ...[first, second, third === undefined ? undefined : `${truncate(third, 60).replace(/…$/, '')}…`].filter((part) => part !== undefined).map((part) => `    ${part}`)];
}

/** `file:line`, which editors open. */
function placeOf({ file, line }: EvidenceLine): string {
  return printable(line === 0 ? file : `${file}:${line}`);
}

/** Columns of a probe's title; no title is longer. */
const titleWidth = 52;
const mostLinesOfProbe = 4;

/** One probe in one line; what a failed one says goes on below where the terminal is narrow. What was tried is told at length below the verdict. */
export function probeText({ id, title, status, detail, durationMs }: ReportProbe, screen: Screen): string {
  const { width, paint } = screen;
  const mark = status === 'pass' ? paint('green', '✓') : status === 'fail' ? paint('red', '✗') : paint('dim', '–');
  const head = `${mark} ${truncate(title, titleWidth).padEnd(titleWidth)}`;
  const said = printable(detail);
  if (status === 'skipped') return `${head} ${truncate(`skipped: ${said}`, Math.max(20, width - titleWidth - 3))}`;
  const timed = `${head} ${paint('dim', `${Math.round(durationMs)} ms`.padStart(8))}`;
  const room = Math.max(10, width - titleWidth - 12);
  if (status === 'pass' || isAttempt(id) || displayWidth(said) <= room) return `${timed} ${truncate(said, room)}`;
  const lines = prose(said, screen, '    ');
  return [timed, ...lines.slice(0, mostLinesOfProbe), ...(lines.length > mostLinesOfProbe ? ['    …'] : [])].join('\n');
}

function timelineLines(timeline: readonly TimelineEntry[], length: number, screen: Screen): string[] {
  if (timeline.length === 0 || length === 0) return [];
  // What happened last is nearest to what the person saw.
  const left = Math.max(0, timeline.length - length);
  const rows = timeline.slice(left).map(({ at, side, count, lastAt, file, line, text, failure }) => [timeText(at), side, printable(`${failure === undefined ? '' : `${failure}: `}${text.replaceAll(/\s+/g, ' ')}${count === 1 ? '' : ` (${count} times, until ${timeText(lastAt)})`}`), endOf(printable(`${file}:${line}`), screen.width < wideEnough ? 22 : 40)]);
  const columns = [{ header: 'Time', minimumWidth: 19 }, { header: 'Side', minimumWidth: 8 }, { header: 'What', minimumWidth: 20 }, { header: 'Where', minimumWidth: 22 }];
  return [renderTable(columns, rows, screen), ...(left === 0 ? [] : [screen.paint('dim', `${left} earlier ${left === 1 ? 'entry' : 'entries'}: --timeline ${timeline.length}, --json or --html`)])];
}

function filesTable({ files }: DoctorReport, screen: Screen): string {
  const rest = files.length > shownFiles ? `\n… and ${files.length - shownFiles} more` : '';
  const rows = files.slice(0, shownFiles).map(({ name, kind, side, bytes, from, to }) => [printable(name), kind, side, sizeText(bytes), from === undefined ? '' : timeText(from).slice(0, 16), to === undefined ? '' : timeText(to).slice(0, 16)] as const);
  if (screen.width < wideEnough) {
    const lines = rows.flatMap(([name, kind, side, size, from, to]) => {
      const facts = [kind, ...(side === 'unknown' ? [] : [side]), size, ...(from === '' ? [] : [from === to ? from : `${from} to ${to}`])];
      return [...prose(name, screen, '  '), ...prose(facts.join(', '), screen, '    ').map((line) => screen.paint('dim', line))];
    });
    return `${lines.join('\n')}${rest}`;
  }
  const columns = [{ header: 'File', minimumWidth: 16 }, { header: 'Kind', minimumWidth: 12 }, { header: 'Side', minimumWidth: 8 }, { header: 'Size', align: 'right' as const }, { header: 'From', minimumWidth: 16 }, { header: 'To', minimumWidth: 16 }];
  return `${renderTable(columns, rows, screen)}${rest}`;
}

/** Of a place the end says most: the name of the file, and the line. */
function endOf(text: string, length: number): string {
  return text.length <= length ? text : `…${text.slice(1 - length)}`;
}

function fileNotes({ files }: DoctorReport, screen: Screen): string[] {
  const lines = files.flatMap(({ name, notes, offset }) => [
    ...(offset === undefined ? [] : [`${name}: local times, ${offsetText(offset.minutes)} (${offset.because}).`]),
    ...notes.map((note) => `${name}: ${note}`),
  ]);
  return [...lines.slice(0, 40).flatMap((line) => prose(printable(line), screen, '  ')), ...(lines.length > 40 ? [`  … and ${lines.length - 40} more`] : [])];
}

function timeText(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

function sizeText(bytes: number): string {
  if (bytes < 10_000) return `${bytes} B`;
  return bytes < 10_000_000 ? `${Math.round(bytes / 1000)} kB` : `${Math.round(bytes / 1_000_000)} MB`;
}

function lineCount(count: number): string {
  return `${count} line${count === 1 ? '' : 's'}`;
}

function prose(text: string, { width }: Screen, indent: string): string[] {
  return wrap(text, Math.max(30, Math.min(width, 100) - indent.length)).map((line) => `${indent}${line}`);
}
