import { isSeries, occurrenceBodyKey, occurrenceCategoriesKey, occurrenceMeetingKey } from '../../../organization/index.ts';
import type { Attendee, Item, ItemChanges, MimeSource, NewCalendarItem, PropertyKey, PropertyValue } from '../../../organization/index.ts';
import { attendeeKeys } from '../../../transport/index.ts';
import { EwsFault } from '../../codec/ews-fault.ts';
import type { ItemUpdate } from '../../codec/items/decode-item-update.ts';
import { keysOfProperty } from '../../codec/items/dictionary-keys.ts';
import { itemProperty } from '../../codec/items/item-types.ts';
import type { PropertyPath } from '../../codec/items/property-path.ts';
import { keyOfPath } from '../../codec/items/property-path.ts';
import type { MailboxSession } from './mailbox-session.ts';
import { attendeesOf } from './meeting-state.ts';
import { completeTask, wholeDays } from './new-item.ts';
import { asText } from './as-text.ts';

type Changes = { set: Record<PropertyKey, PropertyValue>; append: Record<PropertyKey, PropertyValue>; remove: PropertyKey[]; calendar: NonNullable<ItemChanges['calendar']>; itemClass?: string; mime?: MimeSource };

const zoneUris = new Set(['calendar:StartTimeZone', 'calendar:EndTimeZone', 'calendar:MeetingTimeZone']);
const appendable = new Set(['item:Body', 'item:Categories', 'message:ToRecipients', 'message:CcRecipients', 'message:BccRecipients', 'message:ReplyTo', 'calendar:RequiredAttendees', 'calendar:OptionalAttendees', 'calendar:Resources', 'contacts:Children', 'contacts:Companies', 'task:Companies', 'task:Contacts', 'distributionlist:Members']);

/**
 * What a list of updates means for an item.
 *
 * @throws EwsFault `ErrorInvalidPropertySet`, `ErrorInvalidPropertyAppend`, `ErrorInvalidPropertyDelete`, `ErrorUpdatePropertyMismatch`
 */
export function itemChangesOf(updates: readonly ItemUpdate[], item: Item, session: MailboxSession): ItemChanges {
  const changes: Changes = { set: {}, append: {}, remove: [], calendar: {} };
  for (const update of updates) {
    if (update.action === 'Delete') remove(update.path, changes);
    else if (update.action === 'Append') append(update, changes);
    else set(update, changes);
  }
  if (item.itemClass.toLowerCase().startsWith('ipm.task')) keepTaskWhole(changes, item, session);
  if (item.calendar !== undefined) keepCalendarWhole(changes, item);
  const { calendar, ...rest } = changes;
  return item.calendar === undefined ? rest : { ...rest, calendar };
}

function set({ path, item }: Extract<ItemUpdate, { action: 'Set' | 'Append' }>, changes: Changes): void {
  const uri = path.kind === 'field' ? path.uri : undefined;
  if (uri !== undefined && zoneUris.has(uri)) {
    // One zone is kept for beginning and end: that of the end alone changes nothing.
    if (item.timeZone !== undefined && uri !== 'calendar:EndTimeZone') changes.calendar = { ...changes.calendar, timeZoneRules: undefined, ...item.timeZone };
    return;
  }
  if (uri === 'item:MimeContent' && item.mime !== undefined) {
    changes.mime = item.mime;
    return;
  }
  if (uri === 'calendar:Recurrence') {
    if (item.recurrence === undefined) throw mismatch(path);
    changes.calendar = { ...changes.calendar, recurrence: item.recurrence, modifiedOccurrences: [], deletedOccurrences: [] };
    return;
  }
  if (uri !== undefined) refuseReadOnly(uri, path, 'ErrorInvalidPropertySet', 'Set action is invalid for property.');
  const found = keysOf(path).filter((key) => item.properties[key] !== undefined);
  if (found.length === 0) throw mismatch(path);
  for (const key of found) {
    const value = item.properties[key];
    if (value === undefined) continue;
    if (key === 'item:ItemClass') changes.itemClass = asText(value);
    else changes.set[key] = value;
  }
}

function append({ path, item }: Extract<ItemUpdate, { action: 'Set' | 'Append' }>, changes: Changes): void {
  const [key = ''] = keysOf(path);
  const value = item.properties[key];
  if (path.kind !== 'field' || !appendable.has(path.uri)) throw new EwsFault('ErrorInvalidPropertyAppend', 'Append action is invalid for property.', { path });
  if (value === undefined) throw mismatch(path);
  changes.append[key] = value;
}

function remove(path: PropertyPath, changes: Changes): void {
  if (path.kind === 'field') {
    if (path.uri === 'calendar:Recurrence') {
      changes.calendar = { ...changes.calendar, recurrence: undefined, modifiedOccurrences: [], deletedOccurrences: [] };
      return;
    }
    const isNeeded = ['item:ItemClass', 'calendar:Start', 'calendar:End', 'calendar:UID', 'item:MimeContent'].includes(path.uri) || zoneUris.has(path.uri);
    if (isNeeded) throw new EwsFault('ErrorInvalidPropertyDelete', 'Delete action is invalid for property.', { path });
    refuseReadOnly(path.uri, path, 'ErrorInvalidPropertyDelete', 'Delete action is invalid for property.');
  }
  changes.remove.push(...keysOf(path));
}

/** The keys in a bag that a path means. */
function keysOf(path: PropertyPath): readonly PropertyKey[] {
  if (path.kind !== 'field') return [keyOfPath(path)];
  return path.uri === 'calendar:EnhancedLocation' ? ['calendar:Location'] : keysOfProperty(path.uri);
}

function refuseReadOnly(uri: string, path: PropertyPath, code: 'ErrorInvalidPropertySet' | 'ErrorInvalidPropertyDelete', text: string): void {
  if (itemProperty(uri)?.isWritable !== true) throw new EwsFault(code, text, { path });
}

function mismatch(path: PropertyPath): EwsFault {
  return new EwsFault('ErrorUpdatePropertyMismatch', 'The property path and the property that is set do not match.', { path });
}

function keepTaskWhole(changes: Changes, item: Item, session: MailboxSession): void {
  if (!['task:Status', 'task:PercentComplete', 'task:CompleteDate'].some((key) => key in changes.set)) return;
  const merged = { ...changes.set };
  if (merged['task:Status'] !== undefined && merged['task:Status'] !== 'Completed') {
    changes.remove.push('task:CompleteDate');
    if (merged['task:PercentComplete'] === undefined && item.properties['task:PercentComplete'] === 100) changes.set['task:PercentComplete'] = 0;
    return;
  }
  completeTask(merged, session.services.clock.now());
  changes.set = merged;
}

function keepCalendarWhole(changes: Changes, item: Item): void {
  const { calendar } = item;
  if (calendar === undefined) return;
  const start = (changes.set['calendar:Start'] as number | undefined) ?? calendar.start;
  const end = (changes.set['calendar:End'] as number | undefined) ?? ('calendar:Start' in changes.set ? start + (calendar.end - calendar.start) : calendar.end);
  const isTimed = 'calendar:Start' in changes.set || 'calendar:End' in changes.set || 'calendar:IsAllDayEvent' in changes.set;
  if (isTimed) {
    if (end < start) throw new EwsFault('ErrorCalendarEndDateIsEarlierThanStartDate', 'EndDate is earlier than StartDate');
    const isAllDay = (changes.set['calendar:IsAllDayEvent'] as boolean | undefined) ?? calendar.isAllDay;
    const timeZone = changes.calendar.timeZone ?? calendar.timeZone;
    const timeZoneRules = 'timeZoneRules' in changes.calendar ? changes.calendar.timeZoneRules : calendar.timeZoneRules;
    const [from, to] = isAllDay ? wholeDays(start, end, { timeZone, ...(timeZoneRules === undefined ? {} : { timeZoneRules }) }) : [start, end];
    changes.set['calendar:Start'] = from;
    changes.set['calendar:End'] = to;
    // At another time, or in another zone, a series has other happenings: the exceptions of the former ones are lost, as in Outlook.
    if (isSeries(calendar) && (from !== calendar.start || timeZone !== calendar.timeZone)) changes.calendar = { ...changes.calendar, modifiedOccurrences: [], deletedOccurrences: [] };
  }
  if (changes.calendar.modifiedOccurrences !== undefined) {
    for (const { originalStart, hasOwnBody } of calendar.modifiedOccurrences ?? []) {
      changes.remove.push(...[occurrenceMeetingKey(originalStart), occurrenceCategoriesKey(originalStart)].filter((key) => item.properties[key] !== undefined), ...(hasOwnBody === true ? [occurrenceBodyKey(originalStart)] : []));
    }
  }
  keepAnswers(changes, item);
  if ([...attendeeKeys].some((key) => key in changes.set || key in changes.append || changes.remove.includes(key))) {
    const left = attendeeKeys.some((key) => {
      if (changes.remove.includes(key)) return false;
      const list = (changes.set[key] ?? item.properties[key] ?? []) as readonly unknown[];
      return list.length > 0 || changes.append[key] !== undefined;
    });
    changes.calendar = { ...changes.calendar, isMeeting: left };
  }
  const dropped: Readonly<Record<string, keyof NewCalendarItem>> = { 'calendar:Location': 'location', 'item:Subject': 'subject' };
  for (const [key, field] of Object.entries(dropped)) if (changes.remove.includes(key)) changes.calendar = { ...changes.calendar, [field]: '' };
}

/** Clients send the whole list to change it, most of them without what people answered. */
function keepAnswers(changes: Changes, { properties }: Item): void {
  const former = attendeesOf(properties);
  for (const key of attendeeKeys) {
    const list = changes.set[key] as readonly Attendee[] | undefined;
    if (list === undefined) continue;
    changes.set[key] = list.map((attendee) => {
      const answered = former.find((one) => one.responseType !== undefined && one.mailbox.address?.toLowerCase() === attendee.mailbox.address?.toLowerCase());
      return answered === undefined ? attendee : { ...answered, mailbox: attendee.mailbox };
    });
  }
}
