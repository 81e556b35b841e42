import { createTimeZone, expandItem } from '../../organization/index.ts';
import type { CalendarOccurrence, Instant, NewCalendarItem, TimeZone } from '../../organization/index.ts';
import type { Office } from './offices.ts';

export const minuteMs = 60_000;
export const dayMs = 24 * 60 * minuteMs;

/** The weeks that calendars cover densely. */
export interface Horizon {
  start: Instant;
  end: Instant;
  /** Monday of the reference date's week, as a wall-clock midnight. */
  monday: number;
}

/** A calendar being filled, and what already takes its owner's time within the horizon. */
export interface Agenda {
  side: 'on-premises' | 'cloud';
  displayName: string;
  alias: string;
  office: Office;
  zone: TimeZone;
  items: NewCalendarItem[];
  taken: { start: Instant; end: Instant }[];
  /** Days off: they keep new meetings away, but series go on without their owner. */
  away: { start: Instant; end: Instant }[];
}

export function createAgenda(owner: Pick<Agenda, 'side' | 'displayName' | 'alias' | 'office'>): Agenda {
  return { ...owner, zone: createTimeZone(owner.office.timeZone), items: [], taken: [], away: [] };
}

export function occurrencesOf(item: NewCalendarItem, window: { start: Instant; end: Instant }): CalendarOccurrence[] {
  return Array.from(expandItem({ ...item, id: item.uid }, window));
}

export function isFree(agenda: Agenda, start: Instant, end: Instant): boolean {
  return !agenda.taken.some((other) => other.start < end && other.end > start);
}

export function isAway(agenda: Agenda, start: Instant, end: Instant): boolean {
  return agenda.away.some((other) => other.start < end && other.end > start);
}

/** True when no occurrence of the item within the horizon falls on taken time. */
export function fits(agendas: readonly Agenda[], item: NewCalendarItem, horizon: Horizon): boolean {
  return occurrencesOf(item, horizon).every(({ start, end }) => agendas.every((agenda) => isFree(agenda, start, end)));
}

/** Puts an item on a calendar; unless it is free or lasts whole days, its occurrences take time. */
export function enter(agenda: Agenda, item: NewCalendarItem, horizon: Horizon): void {
  agenda.items.push(item);
  if (item.isAllDay) {
    if (item.freeBusyStatus === 'OOF') agenda.away.push(...occurrencesOf(item, horizon));
    return;
  }
  if (item.freeBusyStatus !== 'Free') agenda.taken.push(...occurrencesOf(item, horizon));
}
