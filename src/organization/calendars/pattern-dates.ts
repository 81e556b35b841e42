import { dateOf, dayMs, dayNumber, daysInMonth, daysOfWeek, monthNumber } from './calendar-date.ts';
import type { DayOfWeekIndex, DayOfWeekOrGroup, Recurrence, RecurrencePattern } from './recurrence.ts';
import type { LocalTime } from './time-zone.ts';

/**
 * A pattern as a row of periods (every second week, every third month…), numbered from the one that holds the start
 * date. Any period can be reached at once, which is what lets an expansion begin near its window.
 */
export interface PatternDates {
  /** The number of the period that holds the date, or of the last one before it. */
  periodOf(date: LocalTime): number;
  /** The dates of a period in order; those of period 0 may lie before the start date. */
  datesIn(period: number): readonly LocalTime[];
  /** How many dates every period has; undefined where that varies. */
  perPeriod: number | undefined;
}

export function patternDates({ pattern, range }: Recurrence): PatternDates {
  const start = range.startDate;
  switch (pattern.type) {
    case 'Daily': {
      const length = pattern.interval * dayMs;
      return { periodOf: (date) => Math.floor((date - start) / length), datesIn: (period) => [start + period * length], perPeriod: 1 };
    }
    case 'Weekly': {
      const first = daysOfWeek.indexOf(pattern.firstDayOfWeek);
      const week = start - ((dayNumber(start) - first + 7) % 7) * dayMs;
      const length = pattern.interval * 7 * dayMs;
      const days = pattern.daysOfWeek.map((day) => ((daysOfWeek.indexOf(day) - first + 7) % 7) * dayMs).sort((a, b) => a - b);
      return {
        periodOf: (date) => Math.floor((date - week) / length),
        datesIn: (period) => days.map((day) => week + period * length + day),
        perPeriod: days.length,
      };
    }
    case 'AbsoluteMonthly':
    case 'RelativeMonthly':
      return monthlyDates(monthNumber(start), pattern.interval, pattern);
    default:
      // Counted from that month of the start's year; where it lies before the start, period 0 has no valid date.
      return monthlyDates(Math.floor(monthNumber(start) / 12) * 12 + pattern.month - 1, 12, pattern);
  }
}

/** The date of the last occurrence; Infinity without an end. May lie before the first one: then there is none. */
export function lastDate(recurrence: Recurrence, dates: PatternDates): LocalTime {
  const { range } = recurrence;
  if (range.type === 'NoEnd') return Number.POSITIVE_INFINITY;
  if (range.type === 'EndDate') return range.endDate;
  const firstPeriod = dates.datesIn(0).filter((date) => date >= range.startDate);
  const inFirst = firstPeriod[range.numberOfOccurrences - 1];
  if (inFirst !== undefined) return inFirst;
  const perPeriod = dates.perPeriod ?? 1;
  const rest = range.numberOfOccurrences - firstPeriod.length - 1;
  return dates.datesIn(1 + Math.floor(rest / perPeriod))[rest % perPeriod] ?? range.startDate;
}

type MonthlyPattern = Extract<RecurrencePattern, { type: 'AbsoluteMonthly' | 'RelativeMonthly' | 'AbsoluteYearly' | 'RelativeYearly' }>;

function monthlyDates(firstMonth: number, interval: number, pattern: MonthlyPattern): PatternDates {
  const skips = (pattern.type === 'AbsoluteMonthly' || pattern.type === 'AbsoluteYearly') && pattern.skipShortMonths === true;
  return {
    periodOf: (date) => Math.floor((monthNumber(date) - firstMonth) / interval),
    datesIn: (period) => {
      const month = firstMonth + period * interval;
      const date = dateInMonth(Math.floor(month / 12), (((month % 12) + 12) % 12) + 1, pattern);
      return date === undefined ? [] : [date];
    },
    perPeriod: skips ? undefined : 1,
  };
}

function dateInMonth(year: number, month: number, pattern: MonthlyPattern): LocalTime | undefined {
  if (pattern.type === 'RelativeMonthly' || pattern.type === 'RelativeYearly') {
    return dateOf(year, month, relativeDay(year, month, pattern.daysOfWeek, pattern.dayOfWeekIndex));
  }
  const length = daysInMonth(year, month);
  if (pattern.dayOfMonth <= length) return dateOf(year, month, pattern.dayOfMonth);
  return pattern.skipShortMonths === true ? undefined : dateOf(year, month, length);
}

const indexes: readonly DayOfWeekIndex[] = ['First', 'Second', 'Third', 'Fourth'];

/** Every month has at least four of each weekday, so there always is such a day. */
function relativeDay(year: number, month: number, wanted: DayOfWeekOrGroup, index: DayOfWeekIndex): number {
  const length = daysInMonth(year, month);
  const firstDay = dayNumber(dateOf(year, month, 1));
  const matches = (day: number): boolean => isDayOfGroup((firstDay + day - 1) % 7, wanted);
  if (index === 'Last') {
    let day = length;
    while (!matches(day)) day--;
    return day;
  }
  let left = indexes.indexOf(index);
  let day = 1;
  for (; day < length; day++) {
    if (!matches(day)) continue;
    if (left === 0) return day;
    left--;
  }
  return day;
}

function isDayOfGroup(day: number, wanted: DayOfWeekOrGroup): boolean {
  switch (wanted) {
    case 'Day':
      return true;
    case 'Weekday':
      return day !== 0 && day !== 6;
    case 'WeekendDay':
      return day === 0 || day === 6;
    default:
      return daysOfWeek[day] === wanted;
  }
}
