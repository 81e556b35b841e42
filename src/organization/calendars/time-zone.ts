/**
 * A wall-clock time without a zone, kept as the milliseconds that `Date.UTC` gives for its fields. It is not an
 * instant: only a `TimeZone` makes one of it.
 */
export type LocalTime = number;

/** An instant: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** Rules that turn wall-clock times into instants and back. */
export interface TimeZone {
  /** The Windows id (`W. Europe Standard Time`) where the zone has one; otherwise the IANA name, `UTC`, or `Custom`. */
  readonly id: string;
  /** Milliseconds to add to the instant to get the wall-clock time. */
  offsetAt(instant: Instant): number;
  /**
   * The instant of a wall-clock time. A time that a gap skips is read with the offset before the gap; one that happens
   * twice means its first occurrence (RFC 5545 §3.3.5).
   */
  toInstant(local: LocalTime): Instant;
}

/** The wall-clock time that a zone shows at an instant. */
export function toLocal(zone: TimeZone, instant: Instant): LocalTime {
  return instant + zone.offsetAt(instant);
}
