import { occurrenceBag, occurrenceBodyKey, occurrenceCategoriesKey, occurrenceMeetingKey } from '../../../organization/index.ts';
import type { Attendee, CalendarItem, InstantWindow, Item, ItemChanges, Mailbox, ModifiedOccurrence, PropertyBag, PropertyValue } from '../../../organization/index.ts';
import { attendeeKeys } from '../../../transport/index.ts';
import { EwsFault } from '../../codec/ews-fault.ts';
import { occurrencesIn } from './resolve-item.ts';
import type { Occurrence } from './resolve-item.ts';

const bodyKey = 'item:Body';
const categoriesKey = 'item:Categories';
const ownKeys = new Set<string>([bodyKey, categoriesKey, ...attendeeKeys]);

/** What an occurrence may differ in from its series, besides its body, its categories and who is invited to it. */
const fields: Readonly<Record<string, keyof ModifiedOccurrence>> = {
  'item:Subject': 'subject',
  'item:Sensitivity': 'sensitivity',
  'item:ReminderIsSet': 'isReminderSet',
  'calendar:Start': 'start',
  'calendar:End': 'end',
  'calendar:Location': 'location',
  'calendar:LegacyFreeBusyStatus': 'freeBusyStatus',
  'calendar:IsAllDayEvent': 'isAllDay',
};

/**
 * Makes one happening of a series an exception, or changes it.
 *
 * @throws EwsFault `ErrorInvalidPropertySet` for what an occurrence cannot have of its own here, `ErrorOccurrenceCrossingBoundary`
 */
export async function updateOccurrence(mailbox: Mailbox, item: Item, occurrence: Occurrence, changes: ItemChanges): Promise<Item> {
  const refuse = (uri: string): never => {
    throw new EwsFault('ErrorInvalidPropertySet', `Set action is invalid for property. An occurrence has no ${uri} of its own here.`, { path: { kind: 'field', uri } });
  };
  for (const key of [...Object.keys(changes.append ?? {}).filter((name) => !isPeopleKey(name)), ...(changes.remove ?? []).filter((name) => !ownKeys.has(name))]) refuse(key);
  if (changes.calendar !== undefined && 'recurrence' in changes.calendar) refuse('calendar:Recurrence');
  const moved: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(changes.set ?? {})) if (!ownKeys.has(key)) moved[fields[key] ?? refuse(key)] = value;
  const body = changes.set?.[bodyKey];
  const isBodyRemoved = changes.remove?.includes(bodyKey) === true;
  if (body !== undefined || isBodyRemoved) moved['hasOwnBody'] = true;
  const times = { start: occurrence.start, end: occurrence.end, ...moved };
  const { originalStart } = occurrence;
  const [ownKey, meetingKey] = [occurrenceBodyKey(originalStart), occurrenceMeetingKey(originalStart)];
  const categories: PropertyValue | undefined = changes.remove?.includes(categoriesKey) === true ? [] : changes.set?.[categoriesKey];
  return mailbox.items.change(item.id, ({ calendar, properties }) => {
    if (calendar !== undefined && (times.start !== occurrence.start || times.end !== occurrence.end)) checkBoundaries(calendar, occurrence, times);
    const former = calendar?.modifiedOccurrences?.find((each) => each.originalStart === originalStart);
    const people = ownPeople(occurrenceBag(properties, former), changes);
    const hasOwnPeople = Object.keys(people).length > 0;
    const modified: ModifiedOccurrence = { ...former, ...moved, originalStart, start: times.start, end: times.end, ...(hasOwnPeople ? { isMeeting: true } : {}) };
    return {
      set: { ...(hasOwnPeople ? { [meetingKey]: { ...(properties[meetingKey] as PropertyBag | undefined), ...people } } : {}), ...(body === undefined ? {} : { [ownKey]: body }), ...(categories === undefined ? {} : { [occurrenceCategoriesKey(originalStart)]: categories }) },
      ...(isBodyRemoved ? { remove: [ownKey] } : {}),
      calendar: { modifiedOccurrences: [...(calendar?.modifiedOccurrences ?? []).filter((each) => each.originalStart !== originalStart), modified] },
    };
  });
}

/**
 * A happening stays between those before and after it, and does not newly overlap them.
 *
 * @throws EwsFault `ErrorOccurrenceCrossingBoundary`
 */
function checkBoundaries(calendar: CalendarItem, former: Occurrence, { start, end }: InstantWindow): void {
  const overlaps = (one: InstantWindow, other: InstantWindow): boolean => one.start < other.end && other.start < one.end;
  for (const other of occurrencesIn(calendar, { start: Math.min(start, former.start), end: Math.max(end, former.end) + 1 })) {
    if (other.originalStart === former.originalStart) continue;
    const isCrossed = other.originalStart < former.originalStart ? start <= other.start : start >= other.start;
    if (isCrossed || (overlaps(other, { start, end }) && !overlaps(other, former))) throw new EwsFault('ErrorOccurrenceCrossingBoundary', 'Modified occurrence is crossing or overlapping adjacent occurrence.');
  }
}

function isPeopleKey(key: string): boolean {
  return (attendeeKeys as readonly string[]).includes(key);
}

/** Who is invited to an occurrence after changes to that: of each list that they name. */
function ownPeople(present: PropertyBag, { set = {}, append = {}, remove = [] }: ItemChanges): PropertyBag {
  const lists: Record<string, readonly Attendee[]> = {};
  for (const key of attendeeKeys) {
    const [all, more] = [set[key], append[key]] as readonly (readonly Attendee[] | undefined)[];
    if (all === undefined && more === undefined && !remove.includes(key)) continue;
    const former = (present[key] as readonly Attendee[] | undefined) ?? [];
    const answerOf = ({ mailbox }: Attendee): Attendee | undefined => former.find((one) => one.mailbox.address?.toLowerCase() === mailbox.address?.toLowerCase());
    lists[key] = remove.includes(key) ? [] : [...(all?.map((attendee) => answerOf(attendee) ?? { mailbox: attendee.mailbox }) ?? former), ...(more ?? [])];
  }
  return lists;
}
