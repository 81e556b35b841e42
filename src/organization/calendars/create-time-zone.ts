import { Temporal } from 'temporal-polyfill';
import { OrganizationError } from '../organization-error.ts';
import type { OffsetChange, OffsetStretch } from './piecewise-time-zone.ts';
import { piecewiseTimeZone } from './piecewise-time-zone.ts';
import type { Instant, TimeZone } from './time-zone.ts';
import { findTimeZoneName } from './windows-time-zone.ts';

/** Zones by lower-case name. A memory of pure answers, and no larger than the number of names that exist. */
const zones = new Map<string, TimeZone>();

/**
 * The time zone with a Windows id, an IANA name or `UTC`, without regard to case. Asked again, it gives the same object.
 * Transitions are those of the ICU data in this Node, also for Windows ids: past years follow the IANA history of the
 * id's main city, which is more exact than the registry of Windows.
 *
 * @throws OrganizationError `ORGANIZATION_UNKNOWN_TIME_ZONE`
 */
export function createTimeZone(id: string): TimeZone {
  const key = id.toLowerCase();
  const known = zones.get(key);
  if (known !== undefined) return known;
  const name = findTimeZoneName(id);
  if (name === undefined) {
    throw new OrganizationError('ORGANIZATION_UNKNOWN_TIME_ZONE', 'The time zone is not known.', {
      facts: { timeZone: id.slice(0, 100) },
      remedy: 'Use a Windows time zone id such as "W. Europe Standard Time", an IANA name such as "Europe/Berlin", or "UTC".',
    });
  }
  const zone = piecewiseTimeZone(name.windows ?? name.iana, (from, to) => ianaStretch(name.iana, from, to));
  zones.set(key, zone);
  return zone;
}

function ianaStretch(name: string, from: Instant, to: Instant): OffsetStretch {
  // Temporal ends at ±8.64e15; what lies beyond is nobody's appointment.
  let time = Temporal.Instant.fromEpochMilliseconds(Math.max(-8.64e15, Math.min(8.64e15, from))).toZonedDateTimeISO(name);
  const offset = time.offsetNanoseconds / 1e6;
  const changes: OffsetChange[] = [];
  for (;;) {
    const next = time.getTimeZoneTransition('next');
    if (next === null || next.epochMilliseconds >= to) return { offset, changes };
    changes.push({ at: next.epochMilliseconds, offset: next.offsetNanoseconds / 1e6 });
    time = next;
  }
}
