import { errorText } from '../../../foundation/index.ts';
import type { PropertyBag } from '../../mailboxes/property.ts';
import { OrganizationError } from '../../organization-error.ts';
import type { NewCalendarItem } from '../calendar-item.ts';
import { checkCalendarItem } from '../check-calendar-item.ts';
import type { ICalendarComponent, ICalendarLimits } from './icalendar-components.ts';
import { readComponents } from './icalendar-components.ts';
import { propertiesOf, textOf, wordOf } from './icalendar-property.ts';
import type { ICalendarRefusal } from './icalendar-refusal.ts';
import { icalendarRefused, quoted, UnreadablePart } from './icalendar-refusal.ts';
import { namedZone, zonesOf } from './icalendar-zones.ts';
import { eventProperties } from './event-properties.ts';
import type { EventContext } from './read-event.ts';
import { readLoneOccurrence, readSeries, uidOf } from './read-event.ts';
import { readFreeBusy } from './read-free-busy.ts';

export interface ReadICalendarOptions extends ICalendarLimits {
  /** Zone of the mailbox, Windows id or IANA name: times without a zone and whole days are meant in it. */
  timeZone: string;
  /** Default 20,000. */
  maxItems?: number;
}

export interface ICalendarReading {
  items: readonly NewCalendarItem[];
  /** What the events say besides, by UID: body, people, categories, importance, reminder. */
  properties: ReadonlyMap<string, PropertyBag>;
  /** What is in the file and is no calendar item, by kind: `VTODO`, `VJOURNAL`, `VALARM`, cancelled events as `CANCELLED`… */
  ignored: Readonly<Record<string, number>>;
}

interface Found {
  items: NewCalendarItem[];
  properties: Map<string, PropertyBag>;
}

/** Components that mean nothing where they stand. */
const misplaced = new Set(['STANDARD', 'DAYLIGHT', 'VALARM', 'VCALENDAR']);
/** iTIP messages whose events are no entries of a calendar, but answers about one (RFC 5546 §1.4). */
const answers = new Set(['REPLY', 'COUNTER', 'DECLINECOUNTER', 'REFRESH']);
/** All rules of a file that are no pattern may look at so many days together. */
const expansionDays = 2_000_000;

/**
 * Reads an iCalendar file (RFC 5545) into calendar items, wholly or not at all: one event that cannot be read, or that an
 * Exchange calendar could not keep as it is meant, refuses the file. To-dos, journals, alarms and cancelled events are
 * passed over and counted.
 *
 * @throws OrganizationError `ORGANIZATION_ICALENDAR_REFUSED`: the message is one line with the place and the reason,
 *   `facts.refusals` has all (up to 20); `ORGANIZATION_UNKNOWN_TIME_ZONE` for `options.timeZone`
 */
export function readICalendar(input: Uint8Array | string, options: ReadICalendarOptions): ICalendarReading {
  const mailboxZone = namedZone(options.timeZone);
  const refusals: ICalendarRefusal[] = [];
  const ignored = new Map<string, number>();
  const items: NewCalendarItem[] = [];
  const properties = new Map<string, PropertyBag>();
  /** Runs one part; a reason to refuse is kept, so that the next part can be read for its own. */
  const attempt = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof UnreadablePart)) throw error;
      refusals.push({ line: error.line, reason: error.message });
    }
  };
  attempt(() => {
    const calendars = readComponents(input, options);
    for (const calendar of calendars) {
      attempt(() => {
        checkCalendar(calendar);
        const context = { findZone: zonesOf(calendar), mailboxZone, budget: { days: expansionDays } };
        readCalendar(calendar, context, { items, properties }, ignored, attempt);
      });
    }
    const maxItems = options.maxItems ?? 20_000;
    if (items.length > maxItems) throw new UnreadablePart(1, `the file has more than ${maxItems} appointments`);
    const uids = new Set<string>();
    for (const { uid } of items) {
      if (uids.has(uid)) throw new UnreadablePart(1, `two calendars of the file have an event ${quoted(uid)}`);
      uids.add(uid);
    }
  });
  if (refusals.length > 0) throw icalendarRefused(refusals.sort((a, b) => a.line - b.line));
  return { items, properties, ignored: Object.fromEntries(ignored) };
}

function checkCalendar(calendar: ICalendarComponent): void {
  for (const { name, value, number } of calendar.properties) {
    const word = value.trim().toUpperCase();
    if (name === 'VERSION' && word !== '2.0') throw new UnreadablePart(number, `the file is iCalendar ${quoted(value)}; only 2.0 can be read`);
    if (name === 'CALSCALE' && word !== 'GREGORIAN') throw new UnreadablePart(number, `the calendar scale ${quoted(value)} is not GREGORIAN`);
    if (name === 'METHOD' && answers.has(word) && calendar.components.some((component) => component.name === 'VEVENT')) {
      throw new UnreadablePart(number, `METHOD:${word} is an answer to a meeting request, not an appointment`);
    }
  }
}

function readCalendar(calendar: ICalendarComponent, context: EventContext, found: Found, ignored: Map<string, number>, attempt: (work: () => void) => void): void {
  const ignore = (kind: string): void => void ignored.set(kind, (ignored.get(kind) ?? 0) + 1);
  const events = new Map<string, ICalendarComponent[]>();
  for (const component of calendar.components) {
    attempt(() => {
      if (misplaced.has(component.name)) throw new UnreadablePart(component.line, `${component.name} has no place directly in a VCALENDAR`);
      if (component.name === 'VEVENT') {
        for (const { name } of component.components) ignore(name);
        const uid = uidOf(component);
        const others = events.get(uid);
        if (others === undefined) events.set(uid, [component]);
        else others.push(component);
      } else if (component.name === 'VFREEBUSY') {
        for (const item of readFreeBusy(component)) found.items.push(checked(item, component));
      } else if (component.name !== 'VTIMEZONE') ignore(component.name);
    });
  }
  const allCancelled = wordOf(calendar, 'METHOD') === 'CANCEL';
  for (const [uid, components] of events) attempt(() => readEvents(uid, components, allCancelled, context, found, ignore));
}

/** The components of one UID: an event and its changed occurrences, or such occurrences alone. */
function readEvents(uid: string, components: readonly ICalendarComponent[], cancelled: boolean, context: EventContext, found: Found, ignore: (kind: string) => void): void {
  const isOverride = (component: ICalendarComponent): boolean => propertiesOf(component, 'RECURRENCE-ID').length > 0;
  const [master, second] = components.filter((component) => !isOverride(component));
  if (second !== undefined) throw new UnreadablePart(second.line, `a second event has the UID ${quoted(uid)} of line ${master?.line}`);
  const isCancelled = (component: ICalendarComponent): boolean => cancelled || wordOf(component, 'STATUS') === 'CANCELLED';
  if (master !== undefined && isCancelled(master)) {
    for (let index = 0; index < components.length; index++) ignore('CANCELLED');
    return;
  }
  const overrides = latestOverrides(components.filter(isOverride));
  if (master !== undefined) {
    keep(found, readSeries(uid, master, overrides, context), master);
    return;
  }
  for (const override of overrides) {
    if (isCancelled(override)) ignore('CANCELLED');
    else keep(found, readLoneOccurrence(uid, override, context), override);
  }
}

function keep({ items, properties }: Found, item: NewCalendarItem, component: ICalendarComponent): void {
  items.push(checked(item, component));
  properties.set(item.uid, eventProperties(component));
}

/** Of several versions of one occurrence, the one with the highest SEQUENCE; among equals, the last. */
function latestOverrides(overrides: readonly ICalendarComponent[]): readonly ICalendarComponent[] {
  const latest = new Map<string, ICalendarComponent>();
  for (const override of overrides) {
    const id = textOf(override, 'RECURRENCE-ID');
    const known = latest.get(id);
    if (known === undefined || sequenceOf(override) >= sequenceOf(known)) latest.set(id, override);
  }
  return [...latest.values()];
}

function sequenceOf(component: ICalendarComponent): number {
  return Number(wordOf(component, 'SEQUENCE')) || 0;
}

/** What a calendar would not store is refused here already, with its line. */
function checked(item: NewCalendarItem, component: ICalendarComponent): NewCalendarItem {
  try {
    checkCalendarItem(item);
  } catch (error) {
    if (error instanceof OrganizationError) throw new UnreadablePart(component.line, `the event ${quoted(item.uid)}: ${errorText(error)}`);
    throw error;
  }
  return item;
}
