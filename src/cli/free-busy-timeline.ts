import type { CalendarEvent, TimeWindow, WorkingHours } from '../ews/index.ts';
import { fromSerializable } from '../organization/index.ts';
import type { FreeBusyStatus, LocalTime, TimeZone } from '../organization/index.ts';
import { displayWidth, pad, printable, truncate, wrap } from './display-width.ts';
import type { DayScale, ScaledRow } from './free-busy-columns.ts';
import { chooseScale, daysOf, isWorkingTime, statusSpans, statusWithin } from './free-busy-columns.ts';
import { dateText, hour, minute, spanText, zoneText } from './local-time-text.ts';
import type { Paint, Style } from './terminal.ts';
import { createPaint } from './terminal.ts';

export interface TimelineRow {
  /** Usually the address. */
  label: string;
  /** Merged free/busy digits, one per step, or events; absent when the lookup failed. */
  status?: string | readonly CalendarEvent[];
  /** As the answer has them. */
  workingHours?: WorkingHours;
  /** Why there is no answer. */
  error?: string;
}

export interface TimelineOptions {
  window: TimeWindow;
  /** Minutes per digit of a merged free/busy text. */
  stepMinutes: number;
  /** The asker's zone: all times are shown in it. */
  zone: TimeZone;
  rows: readonly TimelineRow[];
  /** Columns of the terminal; fewer than 60 count as 60. */
  width: number;
  colour: boolean;
  /** Events listed below the timeline at most. Default 60; 0 leaves the list out. */
  maximumEvents?: number;
}

type Mark = FreeBusyStatus | 'OffHours' | 'NotAsked';

/** Told apart by shape, so that nothing depends on colour. */
const marks: Readonly<Record<Mark, { character: string; name: string; style?: Style }>> = {
  Free: { character: '·', name: 'free', style: 'dim' },
  Tentative: { character: '░', name: 'tentative', style: 'cyan' },
  Busy: { character: '█', name: 'busy', style: 'blue' },
  OOF: { character: '▓', name: 'out of office', style: 'magenta' },
  WorkingElsewhere: { character: '≈', name: 'working elsewhere', style: 'green' },
  NoData: { character: '?', name: 'no data', style: 'yellow' },
  OffHours: { character: ' ', name: 'blank: free, outside working hours' },
  NotAsked: { character: '/', name: 'not asked', style: 'dim' },
};
const alwaysExplained: readonly Mark[] = ['Free', 'Tentative', 'Busy', 'OOF'];
const narrowest = 60;
const labelGap = 2;

type PreparedRow = Omit<TimelineRow, 'workingHours'> & ScaledRow;

/**
 * Draws who is free when: one line per mailbox, one block per day of the asker's zone, then a legend, the events with
 * what is known of them, and the reasons of those that could not be looked up. No line is longer than `width`; no line
 * break at the end.
 */
export function renderFreeBusyTimeline(options: TimelineOptions): string {
  const { window, zone } = options;
  const width = Math.max(narrowest, Math.floor(options.width));
  const paint = createPaint(options.colour);
  const rows = options.rows.map((row) => prepareRow(row, options));
  const labelWidth = Math.min(Math.max(15, ...rows.map((row) => displayWidth(row.label))), Math.floor(width * 0.36));
  const scale = chooseScale(rows, window, zone, width - labelWidth - labelGap);
  const layout: Layout = { window, zone, scale, labelWidth, width, paint, used: new Set(alwaysExplained) };

  const blocks = daysOf(window, zone).map((midnight, index) => renderDay(rows, midnight, index === 0, layout));
  const sections = [
    wrap(`Free/busy, times in ${zoneText(zone, window)}`, width).map((line) => paint('bold', line)).join('\n'),
    ...blocks,
    renderLegend(layout),
    renderEvents(rows, layout, options.maximumEvents ?? 60),
    renderFailures(rows, layout),
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

function prepareRow({ workingHours, ...row }: TimelineRow, { window, stepMinutes }: TimelineOptions): PreparedRow {
  return {
    ...row,
    label: printable(row.label),
    spans: statusSpans(row.status ?? [], window, stepMinutes),
    ...(workingHours === undefined ? {} : { workingHours: { zone: fromSerializable(workingHours.timeZone), periods: workingHours.periods } }),
  };
}

interface Layout {
  window: TimeWindow;
  zone: TimeZone;
  scale: DayScale;
  labelWidth: number;
  width: number;
  paint: Paint;
  /** Marks that occur, for the legend. */
  used: Set<Mark>;
}

function renderDay(rows: readonly PreparedRow[], midnight: LocalTime, isFirst: boolean, layout: Layout): string {
  const { labelWidth, width, paint } = layout;
  const { hours, ruler } = renderScale(layout.scale);
  const gap = ' '.repeat(labelGap);
  const lines = [
    `${paint('bold', pad(truncate(dateText(midnight), labelWidth), labelWidth))}${gap}${paint('bold', hours)}`,
    `${' '.repeat(labelWidth)}${gap}${paint('dim', ruler)}`,
  ];
  for (const row of rows) {
    const label = pad(truncate(row.label, labelWidth), labelWidth);
    if (row.status === undefined) {
      const reason = isFirst ? `✗ ${printable(row.error ?? 'no answer')}` : '✗';
      lines.push(`${label}${gap}${paint('red', truncate(reason, width - labelWidth - labelGap))}`);
    } else lines.push(`${label}${gap}${renderMarks(row, midnight, layout)}`.trimEnd());
  }
  return lines.join('\n');
}

/** The hours above the columns, as many as there is room for, and the ruler that ties them to the columns. */
function renderScale({ firstHour, lastHour, columnMinutes }: DayScale): { hours: string; ruler: string } {
  const hourWidth = 60 / columnMinutes;
  const every = [1, 2, 3, 4, 6, 12].find((count) => count * hourWidth >= 3) ?? 24;
  let hours = '';
  let ruler = '';
  for (let at = firstHour; at < lastHour; at++) {
    const column = Math.floor((at - firstHour) * hourWidth);
    if ((at - firstHour) % every === 0) {
      hours = `${hours.padEnd(column)}${String(at).padStart(2, '0')}`;
      ruler = `${ruler.padEnd(column, '─')}┬`;
    }
  }
  return { hours, ruler: ruler.padEnd(Math.ceil((lastHour - firstHour) * hourWidth), '─') };
}

function renderMarks(row: PreparedRow, midnight: LocalTime, layout: Layout): string {
  const { scale, paint, used } = layout;
  let text = '';
  let run = '';
  let current: Mark | undefined;
  const flush = (): void => {
    const style = current === undefined ? undefined : marks[current].style;
    text += style === undefined ? run : paint(style, run);
    run = '';
  };
  const end = midnight + scale.lastHour * hour;
  for (let at = midnight + scale.firstHour * hour; at < end; at += scale.columnMinutes * minute) {
    const mark = markAt(row, at, Math.min(at + scale.columnMinutes * minute, end), layout);
    if (mark !== current) flush();
    current = mark;
    used.add(mark);
    run += marks[mark].character;
  }
  flush();
  return text;
}

function markAt(row: PreparedRow, from: LocalTime, to: LocalTime, { window, zone }: Layout): Mark {
  const start = Math.max(zone.toInstant(from), window.start);
  const end = Math.min(zone.toInstant(to), window.end);
  // Nothing was asked here; or the clocks jump over it.
  if (start >= end) return 'NotAsked';
  const status = statusWithin(row.spans, start, end);
  if (status !== 'Free' || row.workingHours === undefined) return status;
  return isWorkingTime(row.workingHours, (start + end) / 2) ? 'Free' : 'OffHours';
}

function renderLegend({ used, scale, width, paint }: Layout): string {
  const entries = Object.entries(marks).filter(([mark]) => used.has(mark as Mark));
  const parts = entries.map(([, { character, name, style }]) =>
    character === ' ' ? { text: name, painted: paint('dim', name) } : { text: `${character} ${name}`, painted: `${paint(style ?? 'dim', character)} ${paint('dim', name)}` },
  );
  const notes = [scale.columnMinutes < 60 ? `one column = ${scale.columnMinutes} min` : `one column = ${scale.columnMinutes / 60} h`];
  if (scale.isTrimmed) notes.push('hours without work or events left out');
  parts.push(...notes.map((text) => ({ text, painted: paint('dim', text) })));
  const lines: { text: string; painted: string }[] = [];
  for (const { text, painted } of parts) {
    const last = lines.at(-1);
    if (last === undefined || displayWidth(last.text) + 3 + displayWidth(text) > width) lines.push({ text, painted });
    else lines[lines.length - 1] = { text: `${last.text}   ${text}`, painted: `${last.painted}   ${painted}` };
  }
  return lines.map(({ painted }) => painted).join('\n');
}

function renderEvents(rows: readonly PreparedRow[], layout: Layout, maximum: number): string {
  const lines: string[] = [];
  let listed = 0;
  let left = 0;
  for (const row of rows) {
    if (row.status === undefined || typeof row.status === 'string') continue;
    const events = row.status.filter((event) => event.start < layout.window.end && event.end > layout.window.start);
    const room = Math.max(0, maximum - listed);
    left += Math.max(0, events.length - room);
    listed += Math.min(events.length, room);
    if (events.length === 0 || room === 0) continue;
    lines.push(layout.paint('bold', truncate(row.label, layout.width)));
    lines.push(...eventLines(events.slice(0, room), layout));
  }
  if (lines.length > 0 && left > 0) lines.push(`… and ${left} more.`);
  return lines.join('\n');
}

function eventLines(events: readonly CalendarEvent[], layout: Layout): string[] {
  const spans = events.map((event) => spanText(layout.zone, event.start, event.end));
  const spanWidth = Math.max(...spans.map(displayWidth));
  // In a narrow terminal the subject deserves the space; the legend names the marks.
  const named = layout.width >= 80;
  const statusText = ({ busyType }: CalendarEvent): string => (named ? `${marks[busyType].character} ${marks[busyType].name}` : marks[busyType].character);
  const statusWidth = Math.max(...events.map((event) => displayWidth(statusText(event))));
  return events.map((event, index) => {
    const { style } = marks[event.busyType];
    const known = pad(statusText(event), statusWidth);
    const text = truncate(`  ${pad(spans[index] ?? '', spanWidth)}  ${known}${eventText(event)}`.trimEnd(), layout.width);
    return style === undefined ? text : text.replace(known, () => layout.paint(style, known));
  });
}

function eventText({ details }: CalendarEvent): string {
  if (details === undefined) return '';
  const notes = [...(details.isPrivate ? ['private'] : []), ...(details.isRecurring && !details.isException ? ['recurring'] : []), ...(details.isException ? ['changed occurrence'] : [])];
  const subject = details.subject === undefined ? '' : `  ${printable(details.subject)}`;
  const location = details.location === undefined || details.location === '' ? '' : ` @ ${printable(details.location)}`;
  return `${subject}${location}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`;
}

/** The reasons in full, where the timeline had no room for them. */
function renderFailures(rows: readonly PreparedRow[], { width, labelWidth, paint }: Layout): string {
  const room = width - labelWidth - labelGap - 2;
  const cut = rows.filter((row) => row.status === undefined && row.error !== undefined && displayWidth(printable(row.error)) > room);
  return cut
    .map((row) => [paint('bold', `✗ ${truncate(row.label, width - 2)}`)].concat(wrap(printable(row.error ?? ''), width - 2).map((line) => `  ${line}`)).join('\n'))
    .join('\n');
}
