import { dateOf, dayMs, dayNumber, daysInMonth, daysOfWeek } from '../calendar-date.ts';
import type { LocalTime } from '../time-zone.ts';
import type { RecurrenceRule, RuleDay } from './recurrence-rule.ts';

/** Days that expansions of one file may still look at. */
export interface ExpansionBudget {
  days: number;
}

/**
 * The dates of a rule that ends, walked day by day, the start among them only where the rule names it. For rules that no
 * pattern of Exchange can say; undefined when there are more than `limit` or the budget is spent.
 */
export function expandRule(rule: RecurrenceRule, start: LocalTime, lastDate: LocalTime, count: number, limit: number, budget: ExpansionBudget): readonly LocalTime[] | undefined {
  const dates: LocalTime[] = [];
  for (let period = 0; ; period++) {
    const { from, to } = periodAt(rule, start, period);
    // Also where a huge interval left the years that a date can name.
    if (!(from <= lastDate)) return dates;
    budget.days -= (to - from) / dayMs;
    if (budget.days < 0) return undefined;
    const found: LocalTime[] = [];
    for (let date = from; date < to; date += dayMs) if (matches(rule, start, date)) found.push(date);
    for (const date of pickPositions(found, rule.bySetPosition)) {
      if (date < start) continue;
      if (date > lastDate || dates.length >= count) return dates;
      if (dates.length >= limit) return undefined;
      dates.push(date);
    }
    if (dates.length >= count) return dates;
  }
}

/** The days of the nth day, week, month or year of the rule; `to` is exclusive. */
function periodAt({ frequency, interval, weekStart }: RecurrenceRule, start: LocalTime, period: number): { from: LocalTime; to: LocalTime } {
  if (frequency === 'DAILY') {
    const from = start + period * interval * dayMs;
    return { from, to: from + dayMs };
  }
  if (frequency === 'WEEKLY') {
    const week = start - ((dayNumber(start) - daysOfWeek.indexOf(weekStart) + 7) % 7) * dayMs;
    const from = week + period * interval * 7 * dayMs;
    return { from, to: from + 7 * dayMs };
  }
  const year = new Date(start).getUTCFullYear();
  if (frequency === 'YEARLY') return { from: dateOf(year + period * interval, 1, 1), to: dateOf(year + period * interval + 1, 1, 1) };
  const month = new Date(start).getUTCMonth() + 1 + period * interval;
  return { from: dateOf(year, month, 1), to: dateOf(year, month + 1, 1) };
}

function matches(rule: RecurrenceRule, start: LocalTime, date: LocalTime): boolean {
  const { frequency, byDay, byMonth, byMonthDay } = rule;
  const at = new Date(date);
  const [month, day] = [at.getUTCMonth() + 1, at.getUTCDate()];
  if (byMonth.length > 0 && !byMonth.includes(month)) return false;
  if (byMonthDay.length > 0 && !byMonthDay.includes(day) && !byMonthDay.includes(day - daysInMonth(at.getUTCFullYear(), month) - 1)) return false;
  if (byDay.length > 0) return byDay.some((ruleDay) => matchesDay(rule, ruleDay, date));
  if (byMonthDay.length > 0 || frequency === 'DAILY') return true;
  // What the rule leaves open, the start decides.
  if (frequency === 'WEEKLY') return dayNumber(date) === dayNumber(start);
  const first = new Date(start);
  return day === first.getUTCDate() && (frequency === 'MONTHLY' || byMonth.length > 0 || month === first.getUTCMonth() + 1);
}

/** An order counts within the month, or within the year for a yearly rule that names no month. */
function matchesDay({ frequency, byMonth }: RecurrenceRule, { order, day }: RuleDay, date: LocalTime): boolean {
  if (daysOfWeek[dayNumber(date)] !== day) return false;
  if (order === 0) return true;
  const at = new Date(date);
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth() + 1];
  const inYear = frequency === 'YEARLY' && byMonth.length === 0;
  const from = inYear ? dateOf(year, 1, 1) : dateOf(year, month, 1);
  const to = inYear ? dateOf(year + 1, 1, 1) : dateOf(year, month + 1, 1);
  const weeks = order > 0 ? Math.floor((date - from) / dayMs / 7) + 1 : Math.floor((to - dayMs - date) / dayMs / 7) + 1;
  return weeks === Math.abs(order);
}

function pickPositions(dates: readonly LocalTime[], positions: readonly number[]): readonly LocalTime[] {
  if (positions.length === 0) return dates;
  const picked = new Set<LocalTime>();
  for (const position of positions) {
    const date = dates.at(position > 0 ? position - 1 : position);
    if (date !== undefined && Math.abs(position) <= dates.length) picked.add(date);
  }
  return [...picked].sort((a, b) => a - b);
}
