import { dayNumber, daysOfWeek } from '../calendar-date.ts';
import type { DayOfWeek, DayOfWeekIndex, DayOfWeekOrGroup, RecurrencePattern } from '../recurrence.ts';
import type { LocalTime } from '../time-zone.ts';
import type { RecurrenceRule } from './recurrence-rule.ts';

/**
 * The Exchange pattern that means the same as a rule for a series that starts on `start`; undefined when there is none.
 * Compare the templates of [MS-OXCICAL] 2.1.3.2.2; unlike them, days 29 to 31 skip the months that lack them, as the rule
 * says.
 */
export function patternOf(rule: RecurrenceRule, start: LocalTime): RecurrencePattern | undefined {
  const simple = simplified(rule, start);
  const pattern = simple === undefined ? undefined : exactPattern(simple, start);
  if (pattern === undefined) return undefined;
  const longest = pattern.type === 'Daily' ? 999 : 99;
  return 'interval' in pattern && pattern.interval > longest ? undefined : pattern;
}

/** Says the same with fewer parts, or in another frequency. */
function simplified(rule: RecurrenceRule, start: LocalTime): RecurrenceRule | undefined {
  const startMonth = new Date(start).getUTCMonth() + 1;
  const months = [...new Set(rule.byMonth)].sort((a, b) => a - b);
  const allMonths = months.length === 12;
  const everyDay = { ...rule, byMonth: allMonths ? [] : months };
  const hasDays = rule.byDay.length > 0 || rule.byMonthDay.length > 0;
  switch (rule.frequency) {
    case 'DAILY':
    case 'WEEKLY':
      return everyDay.byMonth.length === 0 ? everyDay : undefined;
    case 'MONTHLY':
      if (everyDay.byMonth.length === 0) return everyDay;
      // "Every month, but only in March" is every year.
      return rule.interval === 1 ? inMonths(everyDay, months, startMonth) : undefined;
    default: {
      // A position counts in the whole year, which no monthly rule can say.
      if (months.length > 1 && rule.bySetPosition.length > 0) return undefined;
      if (rule.interval === 1 && allMonths) return { ...everyDay, frequency: 'MONTHLY' };
      if (months.length > 0 && !allMonths) return inMonths(everyDay, months, startMonth);
      if (allMonths) return undefined;
      if (!hasDays) return { ...everyDay, byMonth: [startMonth] };
      if (rule.interval !== 1 || rule.bySetPosition.length > 0) return undefined;
      // Days of every month, or every such weekday of the year.
      if (rule.byMonthDay.length > 0 && rule.byDay.length === 0) return { ...everyDay, frequency: 'MONTHLY' };
      return rule.byMonthDay.length === 0 && rule.byDay.every(({ order }) => order === 0) ? { ...everyDay, frequency: 'WEEKLY' } : undefined;
    }
  }
}

/** One month is a yearly rule; months at even distances are a monthly one. The start must lie in one of them. */
function inMonths(rule: RecurrenceRule, months: readonly number[], startMonth: number): RecurrenceRule | undefined {
  if (months.length === 1) return { ...rule, frequency: 'YEARLY' };
  const distance = 12 / months.length;
  const even = Number.isInteger(distance) && months.every((month, index) => month === (months[0] ?? 0) + index * distance);
  if (!even || rule.interval !== 1 || !months.includes(startMonth)) return undefined;
  return { ...rule, frequency: 'MONTHLY', byMonth: [], interval: distance };
}

function exactPattern(rule: RecurrenceRule, start: LocalTime): RecurrencePattern | undefined {
  const { frequency, interval, byDay, byMonthDay, bySetPosition } = rule;
  const startDay = daysOfWeek[dayNumber(start)] ?? 'Sunday';
  const noOrders = byDay.every(({ order }) => order === 0);
  const everyWeek = (weeks: number, days: readonly DayOfWeek[]): RecurrencePattern => ({
    type: 'Weekly',
    interval: weeks,
    daysOfWeek: [...new Set(days)],
    firstDayOfWeek: rule.weekStart,
  });
  if (frequency === 'DAILY' || frequency === 'WEEKLY') {
    if (!noOrders || byMonthDay.length > 0 || bySetPosition.length > 0) return undefined;
    const days = byDay.map(({ day }) => day);
    if (frequency === 'WEEKLY') return everyWeek(interval, days.length === 0 ? [startDay] : days);
    if (days.length === 0) return { type: 'Daily', interval };
    return interval === 1 ? everyWeek(1, days) : undefined;
  }
  if (frequency === 'MONTHLY') {
    if (interval === 1 && byDay.length > 0 && noOrders && byMonthDay.length === 0 && bySetPosition.length === 0) return everyWeek(1, byDay.map(({ day }) => day));
    const day = dayOfMonth(rule, start);
    if (day !== undefined) return { type: 'AbsoluteMonthly', interval, ...day };
    const relative = relativeDay(rule);
    return relative === undefined ? undefined : { type: 'RelativeMonthly', interval, ...relative };
  }
  const [month = 1] = rule.byMonth;
  const day = dayOfMonth(rule, start);
  const relative = relativeDay(rule);
  if (interval === 1) {
    if (day !== undefined) return { type: 'AbsoluteYearly', month, ...day };
    return relative === undefined ? undefined : { type: 'RelativeYearly', month, ...relative };
  }
  // Exchange has no "every second year"; every 24th month is the same, if the count begins in the right month.
  if (month !== new Date(start).getUTCMonth() + 1) return undefined;
  if (day !== undefined) return { type: 'AbsoluteMonthly', interval: interval * 12, ...day };
  return relative === undefined ? undefined : { type: 'RelativeMonthly', interval: interval * 12, ...relative };
}

function dayOfMonth({ byDay, byMonthDay, bySetPosition }: RecurrenceRule, start: LocalTime): { dayOfMonth: number; skipShortMonths?: true } | undefined {
  if (byDay.length > 0) return undefined;
  const days = [...new Set(byMonthDay)].sort((a, b) => a - b);
  const [position, ...otherPositions] = bySetPosition;
  const [only, ...others] = days.length === 0 ? [new Date(start).getUTCDate()] : days;
  if (otherPositions.length > 0 || only === undefined) return undefined;
  // The last day, in its two spellings; Exchange's day 31 means just that.
  if (only === -1 && others.length === 0 && (position === undefined || Math.abs(position) === 1)) return { dayOfMonth: 31 };
  // "The last of the days 28 to 30" is how a rule says what Exchange does with day 30 in February.
  if (position === -1 && ['28 29', '28 29 30', '28 29 30 31'].includes(days.join(' '))) return { dayOfMonth: days.at(-1) ?? 31 };
  if (others.length > 0 || only < 1 || (position !== undefined && Math.abs(position) !== 1)) return undefined;
  return only <= 28 ? { dayOfMonth: only } : { dayOfMonth: only, skipShortMonths: true };
}

const indexes: Readonly<Record<number, DayOfWeekIndex>> = { 1: 'First', 2: 'Second', 3: 'Third', 4: 'Fourth', [-1]: 'Last' };

function relativeDay({ byDay, byMonthDay, bySetPosition }: RecurrenceRule): { daysOfWeek: DayOfWeekOrGroup; dayOfWeekIndex: DayOfWeekIndex } | undefined {
  const [first, ...others] = byDay;
  if (first === undefined) return undefined;
  if (first.order !== 0) {
    const index = indexes[first.order];
    const onlyOne = others.length === 0 && byMonthDay.length === 0 && bySetPosition.every((position) => Math.abs(position) === 1);
    return index === undefined || !onlyOne ? undefined : { daysOfWeek: first.day, dayOfWeekIndex: index };
  }
  if (others.some(({ order }) => order !== 0)) return undefined;
  const group = dayGroup(byDay.map(({ day }) => day));
  const index = byMonthDay.length === 0 ? indexes[bySetPosition.length === 1 ? (bySetPosition[0] ?? 0) : 0] : weekOfMonth(byMonthDay, bySetPosition, group);
  return index === undefined || group === undefined ? undefined : { daysOfWeek: group, dayOfWeekIndex: index };
}

function dayGroup(days: readonly DayOfWeek[]): DayOfWeekOrGroup | undefined {
  const set = new Set(days);
  const weekend = Number(set.has('Saturday')) + Number(set.has('Sunday'));
  if (set.size === 7) return 'Day';
  if (set.size === 5 && weekend === 0) return 'Weekday';
  if (set.size === 2 && weekend === 2) return 'WeekendDay';
  return set.size === 1 ? days[0] : undefined;
}

/** "The Monday among the days 8 to 14" is the second Monday. */
function weekOfMonth(byMonthDay: readonly number[], bySetPosition: readonly number[], group: DayOfWeekOrGroup | undefined): DayOfWeekIndex | undefined {
  const days = [...new Set(byMonthDay)].sort((a, b) => a - b);
  const [from = 0] = days;
  const oneWeek = days.length === 7 && days.every((day, index) => day === from + index);
  if (!oneWeek || group === 'Day' || group === 'Weekday' || group === 'WeekendDay' || bySetPosition.some((position) => Math.abs(position) !== 1)) return undefined;
  return from === -7 ? 'Last' : ({ 1: 'First', 8: 'Second', 15: 'Third', 22: 'Fourth' } as const)[from];
}
