import { OrganizationError } from '../organization-error.ts';
import { dateOf, dayMs } from './calendar-date.ts';
import { createTimeZone } from './create-time-zone.ts';
import type { TimeZoneObservance, YearlyDay } from './observed-time-zone.ts';
import { observedTimeZone } from './observed-time-zone.ts';
import type { LocalTime, TimeZone } from './time-zone.ts';
import { findTimeZoneName } from './windows-time-zone.ts';

/**
 * EWS TimeZoneDefinition: periods (an offset each), groups (the transitions of a year) and the transitions that say from
 * when on which group holds.
 */
export interface TimeZoneDefinition {
  id?: string;
  name?: string;
  periods: readonly TimeZonePeriod[];
  groups: readonly { id: string; transitions: readonly TimeZoneTransition[] }[];
  /** `to` names a group, or a period for a zone that never changes. The first has no `dateTime`: it holds from always. */
  transitions: readonly { to: string; dateTime?: LocalTime }[];
}

export interface TimeZonePeriod {
  id: string;
  /** Minutes, UTC = local + bias. */
  bias: number;
}

export type TimeZoneTransition =
  /** `Transition`: the period of the whole year. */
  | { to: string }
  /** `RecurringDateTransition` and `RecurringDayTransition`; `timeOffset` in milliseconds after midnight. */
  | { to: string; day: YearlyDay; timeOffset: number };

type YearlyTransition = Extract<TimeZoneTransition, { day: YearlyDay }>;

/**
 * The zone of a TimeZoneDefinition. One that only names a known zone, without periods, is that zone.
 *
 * @throws OrganizationError `ORGANIZATION_INVALID_TIME_ZONE` when parts are missing or refer to nothing,
 *   `ORGANIZATION_UNKNOWN_TIME_ZONE` when there is only an id, and nobody knows it
 */
export function fromTimeZoneDefinition(definition: TimeZoneDefinition): TimeZone {
  if (definition.periods.length === 0) return createTimeZone(definition.id ?? '');
  const name = definition.id === undefined ? undefined : findTimeZoneName(definition.id);
  return observedTimeZone(name?.windows ?? 'Custom', observancesOf(definition));
}

/**
 * The zone of a TimeZoneDefinition as a calendar item keeps it: a known id alone, which then also follows later changes of
 * its rules; else the rules that were spelled out. Throws as `fromTimeZoneDefinition` does.
 */
export function storedTimeZone(definition: TimeZoneDefinition): { timeZone: string; timeZoneRules?: readonly TimeZoneObservance[] } {
  const name = definition.id === undefined ? undefined : findTimeZoneName(definition.id);
  if (name !== undefined || definition.periods.length === 0) return { timeZone: createTimeZone(definition.id ?? '').id };
  return { timeZone: definition.id || definition.name || 'Custom', timeZoneRules: observancesOf(definition) };
}

function observancesOf(definition: TimeZoneDefinition): readonly TimeZoneObservance[] {
  const observances: TimeZoneObservance[] = [];
  let offset: number | undefined;
  for (const [index, { to, dateTime }] of definition.transitions.entries()) {
    const start = index === 0 ? dateOf(1601, 1, 1) : dateTime;
    const end = definition.transitions[index + 1]?.dateTime;
    if (start === undefined) throw invalid(definition, 'only the first transition may lack a date');
    if (end !== undefined && end <= start) throw invalid(definition, 'transitions are out of order');
    const { initial, yearly } = eraOf(definition, to, start, end);
    observances.push({ offsetBefore: offset ?? initial, offset: initial, onset: start }, ...yearly);
    // What holds when the era ends; only needed to read the wall clock of the next era's beginning.
    offset = end === undefined ? initial : observedTimeZone('', [...observances]).offsetAt(end - initial);
  }
  if (observances.length === 0) throw invalid(definition, 'there is no transition');
  return observances;
}

function eraOf(definition: TimeZoneDefinition, to: string, start: LocalTime, end: LocalTime | undefined): { initial: number; yearly: TimeZoneObservance[] } {
  const group = definition.groups.find(({ id }) => id === to);
  if (group === undefined) return { initial: offsetOf(definition, to), yearly: [] };
  const [only] = group.transitions;
  if (only === undefined) throw invalid(definition, 'a group of transitions is empty');
  const changes = group.transitions.filter((transition): transition is YearlyTransition => 'day' in transition);
  if (changes.length === 0) return { initial: offsetOf(definition, only.to), yearly: [] };
  const inOrder = changes.toSorted((a, b) => a.day.month - b.day.month);
  const yearly = inOrder.map((transition, index): TimeZoneObservance => {
    const before = inOrder[(index + inOrder.length - 1) % inOrder.length] ?? transition;
    if (transition.timeOffset < 0 || transition.timeOffset >= dayMs) throw invalid(definition, 'a transition is outside its day');
    return {
      offsetBefore: offsetOf(definition, before.to),
      offset: offsetOf(definition, transition.to),
      onset: dateOf(1601, 1, 1) + transition.timeOffset,
      yearly: transition.day,
    };
  });
  const zone = observedTimeZone('', yearly);
  const bounded: TimeZoneObservance[] = [];
  for (const observance of yearly) {
    // Within the era only; an onset keeps its time of day, so it moves by whole days.
    const onset = observance.onset + Math.ceil((start - observance.onset) / dayMs) * dayMs;
    bounded.push(end === undefined ? { ...observance, onset } : { ...observance, onset, until: end - 1 });
  }
  return { initial: zone.offsetAt(start - zone.offsetAt(start)), yearly: bounded };
}

function offsetOf(definition: TimeZoneDefinition, periodId: string): number {
  const period = definition.periods.find(({ id }) => id === periodId);
  if (period === undefined) throw invalid(definition, 'a transition leads to a period or group that does not exist');
  if (!Number.isFinite(period.bias) || Math.abs(period.bias) >= 24 * 60) throw invalid(definition, 'a bias is out of range');
  return -period.bias * 60_000 || 0;
}

function invalid(definition: TimeZoneDefinition, reason: string): OrganizationError {
  return new OrganizationError('ORGANIZATION_INVALID_TIME_ZONE', `The time zone definition is not valid: ${reason}.`, {
    facts: { timeZone: (definition.id ?? definition.name ?? '').slice(0, 100), reason },
  });
}
