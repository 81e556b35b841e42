import { dayMs, startOfDay } from '../calendar-date.ts';
import { lastDate, patternDates } from '../pattern-dates.ts';
import type { Recurrence, RecurrencePattern } from '../recurrence.ts';
import type { LocalTime, TimeZone } from '../time-zone.ts';
import { toLocal } from '../time-zone.ts';
import type { ExpansionBudget } from './expand-rule.ts';
import { expandRule } from './expand-rule.ts';
import type { ContentLine } from './icalendar-components.ts';
import { UnreadablePart } from './icalendar-refusal.ts';
import type { RecurrenceRule } from './recurrence-rule.ts';
import { patternOf } from './rule-to-pattern.ts';

/** A rule as a calendar keeps it. */
export interface KeptRule {
  /** Absent when the rule is kept as single dates, or when nothing but the start remains of it. */
  recurrence?: Recurrence;
  /** Dates to add to the start, for a rule that ends and is no pattern of Exchange. */
  dates: readonly LocalTime[];
  /** The start stands outside the pattern and has to be added to it. */
  startIsExtra: boolean;
}

export interface SeriesStart {
  /** The wall-clock start, whose time of day all occurrences have. */
  local: LocalTime;
  isDate: boolean;
  zone: TimeZone;
}

/** Most dates that a rule without pattern may have: some years of a daily meeting. */
const mostDates = 1000;
/** Furthest date of any series. */
const farthest = Date.UTC(9999, 11, 31);
const mostOccurrences = 999;

/**
 * Finds the pattern and range that a rule means, or the dates of one that fits no pattern but ends soon. A start that the
 * rule does not name is the first occurrence all the same, and counts in COUNT (RFC 5545 §3.8.5.3).
 *
 * @throws UnreadablePart when the rule can be kept neither way
 */
export function keptRuleOf(rule: RecurrenceRule, start: SeriesStart, line: ContentLine, budget: ExpansionBudget): KeptRule {
  checkTimeOfDay(rule, start, line);
  const date = startOfDay(start.local);
  const until = rule.until === undefined ? undefined : untilDate(rule.until, start);
  if (until !== undefined && until < date) throw new UnreadablePart(line.number, `${line.name}: UNTIL lies before the start, so the series never takes place`);
  const pattern = patternOf(rule, date);
  if (pattern === undefined) return keptDates(rule, date, until, line, budget);
  const first = firstDate(pattern, date);
  const startIsExtra = first !== date;
  const count = rule.count === undefined ? undefined : rule.count - (startIsExtra ? 1 : 0);
  if (first === undefined || count === 0 || (until !== undefined && first > until)) return { dates: [], startIsExtra: false };
  if (count === undefined) {
    const range = until === undefined ? ({ type: 'NoEnd', startDate: date } as const) : ({ type: 'EndDate', startDate: date, endDate: Math.min(until, farthest) } as const);
    return { recurrence: { pattern, range }, dates: [], startIsExtra };
  }
  const skips = 'skipShortMonths' in pattern;
  if (count <= mostOccurrences && !skips) return { recurrence: { pattern, range: { type: 'Numbered', startDate: date, numberOfOccurrences: count } }, dates: [], startIsExtra };
  // Exchange counts to 999; a longer series ends on the date of its last occurrence instead.
  const endDate = skips ? lastOfSkipping(pattern, date, count, budget) : lastOf(pattern, date, count);
  if (endDate === undefined) throw new UnreadablePart(line.number, `${line.name}: COUNT=${rule.count} is too many to find where the series ends`);
  // One that would end after the year 9999, or beyond what a date can name, ends there.
  return { recurrence: { pattern, range: { type: 'EndDate', startDate: date, endDate: endDate <= farthest ? endDate : farthest } }, dates: [], startIsExtra };
}

function keptDates(rule: RecurrenceRule, date: LocalTime, until: LocalTime | undefined, line: ContentLine, budget: ExpansionBudget): KeptRule {
  const unkeepable = (reason: string): UnreadablePart => new UnreadablePart(line.number, `${line.name} is no pattern that an Exchange calendar can keep, and ${reason}`);
  if (rule.count === undefined && until === undefined) throw unkeepable('it never ends');
  const dates = expandRule(rule, date, until ?? farthest, rule.count ?? Number.POSITIVE_INFINITY, mostDates, budget);
  if (dates === undefined) throw unkeepable(`it has too many occurrences (more than ${mostDates}) or too rare ones to be kept one by one`);
  // The start is the first occurrence, whether the rule names it or not.
  const others = dates.filter((other) => other !== date);
  return { dates: rule.count === undefined ? others : others.slice(0, rule.count - 1), startIsExtra: false };
}

/** BYHOUR, BYMINUTE and BYSECOND may say again what the start says; anything else is more than once a day or another time. */
function checkTimeOfDay(rule: RecurrenceRule, { local, isDate }: SeriesStart, line: ContentLine): void {
  // RFC 5545 §3.3.10: they are ignored for a start that is a date.
  if (isDate) return;
  const at = new Date(local);
  const same = (values: readonly number[], value: number): boolean => values.every((other) => other === value);
  if (same(rule.byHour, at.getUTCHours()) && same(rule.byMinute, at.getUTCMinutes()) && same(rule.bySecond, at.getUTCSeconds())) return;
  throw new UnreadablePart(line.number, `${line.name}: an Exchange series happens once a day, at the time of its start, not at other hours or minutes too`);
}

/** The last date on which an occurrence may begin. */
function untilDate(until: NonNullable<RecurrenceRule['until']>, { local, isDate, zone }: SeriesStart): LocalTime {
  // Beside a start that is a date, only the date counts, as written: products put the end of the day in UTC there.
  if (until.kind === 'date' || isDate) return startOfDay(until.local);
  const last = until.kind === 'utc' ? toLocal(zone, until.local) : until.local;
  return startOfDay(last) - (last - startOfDay(last) < local - startOfDay(local) ? dayMs : 0);
}

/** The first date of the pattern from the start on; undefined when the pattern names none in its first rounds. */
function firstDate(pattern: RecurrencePattern, start: LocalTime): LocalTime | undefined {
  const dates = patternDates({ pattern, range: { type: 'NoEnd', startDate: start } });
  // A pattern that skips months repeats within 28 years of leap days, or 40 across 2100.
  for (let period = 0; period <= 12 * 40; period++) {
    const first = dates.datesIn(period).find((date) => date >= start);
    if (first !== undefined) return first;
  }
  return undefined;
}

function lastOf(pattern: RecurrencePattern, startDate: LocalTime, numberOfOccurrences: number): LocalTime {
  const recurrence: Recurrence = { pattern, range: { type: 'Numbered', startDate, numberOfOccurrences } };
  return lastDate(recurrence, patternDates(recurrence));
}

function lastOfSkipping(pattern: RecurrencePattern, startDate: LocalTime, count: number, budget: ExpansionBudget): LocalTime | undefined {
  const dates = patternDates({ pattern, range: { type: 'NoEnd', startDate } });
  let last = startDate;
  let left = count;
  for (let period = 0; left > 0 && last < farthest; period++) {
    budget.days -= 1;
    if (budget.days < 0) return undefined;
    const [date] = dates.datesIn(period);
    if (date === undefined || date < startDate) continue;
    last = date;
    left -= 1;
  }
  return last;
}
