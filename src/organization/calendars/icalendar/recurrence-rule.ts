import type { DayOfWeek } from '../recurrence.ts';
import type { ContentLine } from './icalendar-components.ts';
import { quoted, UnreadablePart } from './icalendar-refusal.ts';
import type { ICalendarTime } from './icalendar-time.ts';
import { timeOf } from './icalendar-time.ts';

export type RuleFrequency = 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';

/** `order` 0: every such day. */
export interface RuleDay {
  order: number;
  day: DayOfWeek;
}

/** An RRULE of whole days (RFC 5545 §3.3.10); parts that are absent are empty. */
export interface RecurrenceRule {
  frequency: RuleFrequency;
  interval: number;
  count?: number;
  until?: ICalendarTime;
  byDay: readonly RuleDay[];
  byMonthDay: readonly number[];
  byMonth: readonly number[];
  bySetPosition: readonly number[];
  byHour: readonly number[];
  byMinute: readonly number[];
  bySecond: readonly number[];
  weekStart: DayOfWeek;
}

const days: Readonly<Record<string, DayOfWeek>> = { SU: 'Sunday', MO: 'Monday', TU: 'Tuesday', WE: 'Wednesday', TH: 'Thursday', FR: 'Friday', SA: 'Saturday' };
const known = new Set(['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'BYDAY', 'BYMONTHDAY', 'BYMONTH', 'BYSETPOS', 'BYHOUR', 'BYMINUTE', 'BYSECOND', 'WKST']);

/** Blanks are dropped: Exchange's own CDO wrote `BYDAY=MO, TU`. @throws UnreadablePart */
export function recurrenceRuleOf(line: ContentLine): RecurrenceRule {
  const parts = new Map<string, string>();
  for (const part of line.value.replace(/\s+/g, '').toUpperCase().split(';')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = part.slice(0, Math.max(0, equals));
    if (equals < 1 || equals === part.length - 1 || parts.has(name)) throw bad(line, part);
    if (!known.has(name)) throw new UnreadablePart(line.number, `${line.name}: ${quoted(name)} cannot be kept in an Exchange calendar`);
    parts.set(name, part.slice(equals + 1));
  }
  const numbers = (name: string, least: number, most: number): number[] => {
    const text = parts.get(name);
    return text === undefined ? [] : itemsOf(line, name, text).map((item) => numberOf(line, name, item, least, most));
  };
  const count = numbers('COUNT', 1, 1_000_000)[0];
  const until = parts.get('UNTIL');
  if (count !== undefined && until !== undefined) throw new UnreadablePart(line.number, `${line.name} has both COUNT and UNTIL`);
  const weekStart = days[parts.get('WKST') ?? 'MO'];
  if (weekStart === undefined) throw bad(line, `WKST=${parts.get('WKST')}`);
  return {
    frequency: frequencyOf(line, parts.get('FREQ')),
    interval: numbers('INTERVAL', 1, 1_000_000)[0] ?? 1,
    ...(count === undefined ? {} : { count }),
    ...(until === undefined ? {} : { until: timeOf(line, until) }),
    byDay: itemsOf(line, 'BYDAY', parts.get('BYDAY')).map((item) => dayOf(line, item)),
    byMonthDay: notZero(line, numbers('BYMONTHDAY', -31, 31)),
    byMonth: numbers('BYMONTH', 1, 12),
    bySetPosition: notZero(line, numbers('BYSETPOS', -366, 366)),
    byHour: numbers('BYHOUR', 0, 23),
    byMinute: numbers('BYMINUTE', 0, 59),
    bySecond: numbers('BYSECOND', 0, 60),
    weekStart,
  };
}

/** No part needs more values than a year has days. */
function itemsOf(line: ContentLine, name: string, text: string | undefined): readonly string[] {
  const items = text?.split(',') ?? [];
  if (items.length > 400) throw new UnreadablePart(line.number, `${line.name}: ${name} has too many values`);
  return items;
}

function frequencyOf(line: ContentLine, text: string | undefined): RuleFrequency {
  if (text === 'DAILY' || text === 'WEEKLY' || text === 'MONTHLY' || text === 'YEARLY') return text;
  if (text === 'HOURLY' || text === 'MINUTELY' || text === 'SECONDLY') {
    throw new UnreadablePart(line.number, `${line.name}: an Exchange series happens at most once a day, not ${text.toLowerCase()}`);
  }
  throw text === undefined ? new UnreadablePart(line.number, `${line.name} has no FREQ`) : bad(line, `FREQ=${text}`);
}

function dayOf(line: ContentLine, text: string): RuleDay {
  const match = /^([+-]?\d{1,2})?(SU|MO|TU|WE|TH|FR|SA)$/.exec(text);
  const day = days[match?.[2] ?? ''];
  const order = match?.[1] === undefined ? 0 : Number(match[1]);
  if (day === undefined || Math.abs(order) > 53 || (match?.[1] !== undefined && order === 0)) throw bad(line, `BYDAY=${text}`);
  return { order, day };
}

function numberOf(line: ContentLine, name: string, text: string, least: number, most: number): number {
  const value = /^[+-]?\d{1,7}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) throw bad(line, `${name}=${text}`);
  return value;
}

function notZero(line: ContentLine, numbers: number[]): number[] {
  if (numbers.includes(0)) throw bad(line, '0');
  return numbers;
}

function bad(line: ContentLine, part: string): UnreadablePart {
  return new UnreadablePart(line.number, `${line.name}: ${quoted(part)} is not valid`);
}
