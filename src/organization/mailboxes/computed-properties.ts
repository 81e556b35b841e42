import { isSeries } from '../calendars/expand-item.ts';
import type { NewCalendarItem } from '../calendars/calendar-item.ts';
import type { EmailAddress, PropertyBag, PropertyKey, PropertyValue } from './property.ts';
import { distinguishedPropertySets, instanceTypeKey } from './property-definitions.ts';

const levels = ['Low', 'Normal', 'High'];
const sensitivities = ['Normal', 'Personal', 'Private', 'Confidential'];
const busyStatuses = ['Free', 'Tentative', 'Busy', 'OOF', 'WorkingElsewhere'];
const taskStatuses = ['NotStarted', 'InProgress', 'Completed', 'WaitingOnOthers', 'Deferred'];
const busyStatusKey = `{${distinguishedPropertySets['Appointment']}}#0x8205`;
const privateKey = `{${distinguishedPropertySets['Common']}}#0x8506`;
const taskStatusKey = `{${distinguishedPropertySets['Task']}}#0x8101`;
const percentCompleteKey = `{${distinguishedPropertySets['Task']}}#0x8102`;

/** PidTagMessageFlags ([MS-OXCMSG] 2.2.1.6). */
const flags = { read: 1, unmodified: 2, submitted: 4, unsent: 8, hasAttachments: 0x10, fromMe: 0x20, associated: 0x40 };

/** Parts of a calendar item that have a property of their own. */
export const calendarFields: Readonly<Record<PropertyKey, keyof NewCalendarItem>> = {
  'item:Subject': 'subject',
  'item:Sensitivity': 'sensitivity',
  'item:ReminderIsSet': 'isReminderSet',
  'calendar:UID': 'uid',
  'calendar:Start': 'start',
  'calendar:End': 'end',
  'calendar:Location': 'location',
  'calendar:LegacyFreeBusyStatus': 'freeBusyStatus',
  'calendar:IsAllDayEvent': 'isAllDay',
  'calendar:IsMeeting': 'isMeeting',
  'calendar:Recurrence': 'recurrence',
};

/** What the store makes itself. Setting it has no effect. */
const readOnlyKeys = new Set<PropertyKey>([
  'item:DateTimeCreated',
  'item:LastModifiedTime',
  'item:Size',
  'item:HasAttachments',
  'item:IsAssociated',
  'item:ItemClass',
  'calendar:IsRecurring',
  'calendar:CalendarItemType',
  '0x0e23',
  instanceTypeKey,
]);

/** One truth per property: what clients set by a MAPI name whose value differs from that of the FieldURI goes there. */
export function foldProperties(bag: PropertyBag): Record<PropertyKey, PropertyValue> {
  const folded: Record<PropertyKey, PropertyValue> = {};
  const put = (key: PropertyKey, names: readonly string[], value: PropertyValue): void => {
    const name = names[Number(value)];
    if (name !== undefined) folded[key] = name;
  };
  for (const [key, value] of Object.entries(bag)) {
    switch (key) {
      case '0x0017':
        put('item:Importance', levels, value);
        break;
      case '0x0036':
        put('item:Sensitivity', sensitivities, value);
        break;
      case '0x0e07': {
        const bits = Number(value);
        folded['message:IsRead'] = (bits & flags.read) !== 0;
        folded['item:IsDraft'] = (bits & flags.unsent) !== 0;
        folded['item:IsUnmodified'] = (bits & flags.unmodified) !== 0;
        folded['item:IsFromMe'] = (bits & flags.fromMe) !== 0;
        break;
      }
      case '0x1000':
        if (typeof value === 'string') folded['item:Body'] ??= { type: 'Text', content: value };
        break;
      case '0x1013':
        folded['item:Body'] = { type: 'HTML', content: typeof value === 'string' ? value : Buffer.from(value as Uint8Array).toString() };
        break;
      case busyStatusKey:
        put('calendar:LegacyFreeBusyStatus', busyStatuses, value);
        break;
      case privateKey:
        folded['item:Sensitivity'] ??= value === true ? 'Private' : 'Normal';
        break;
      case taskStatusKey:
        put('task:Status', taskStatuses, value);
        break;
      case percentCompleteKey:
        folded['task:PercentComplete'] = Number(value) * 100;
        break;
      default:
        if (!readOnlyKeys.has(key)) folded[key] = value;
    }
  }
  return folded;
}

export interface ComputedFrom {
  itemClass: string;
  isAssociated: boolean;
  isRead: boolean;
  hasAttachments: boolean;
  size: number;
  receivedAt: number;
  createdAt: number;
  modifiedAt: number;
  /** Change that brought it into its folder. */
  created: number;
  calendar: NewCalendarItem | undefined;
}

/** Adds to a stored bag what follows from the row and from other properties. */
export function addComputed(bag: Record<PropertyKey, PropertyValue>, from: ComputedFrom): Record<PropertyKey, PropertyValue> {
  const { calendar } = from;
  if (calendar !== undefined) {
    for (const [key, field] of Object.entries(calendarFields)) {
      const value = calendar[field];
      if (value !== undefined) bag[key] = value as PropertyValue;
    }
    const recurring = isSeries(calendar);
    bag['calendar:IsRecurring'] = recurring;
    bag['calendar:CalendarItemType'] = recurring ? 'RecurringMaster' : 'Single';
    bag[instanceTypeKey] = recurring ? 1 : 0;
  }
  bag['item:ItemClass'] = from.itemClass;
  bag['item:IsAssociated'] = from.isAssociated;
  bag['message:IsRead'] = from.isRead;
  bag['item:HasAttachments'] = from.hasAttachments;
  bag['item:Size'] = from.size;
  bag['item:DateTimeReceived'] = from.receivedAt;
  bag['item:DateTimeCreated'] = from.createdAt;
  bag['item:LastModifiedTime'] = from.modifiedAt;
  bag['0x0e23'] = from.created;
  bag['item:Importance'] ??= 'Normal';
  bag['item:Sensitivity'] ??= 'Normal';
  bag['item:IsDraft'] ??= false;
  bag['0x0e07'] =
    (from.isRead ? flags.read : 0) |
    (bag['item:IsUnmodified'] === true ? flags.unmodified : 0) |
    (bag['item:IsSubmitted'] === true ? flags.submitted : 0) |
    (bag['item:IsDraft'] === true ? flags.unsent : 0) |
    (from.hasAttachments ? flags.hasAttachments : 0) |
    (bag['item:IsFromMe'] === true ? flags.fromMe : 0) |
    (from.isAssociated ? flags.associated : 0);
  bag['0x0017'] = Math.max(0, place(levels, bag['item:Importance']));
  bag['0x0036'] = Math.max(0, place(sensitivities, bag['item:Sensitivity']));
  bag[privateKey] = bag['item:Sensitivity'] === 'Private';
  const status = place(busyStatuses, bag['calendar:LegacyFreeBusyStatus']);
  if (status >= 0) bag[busyStatusKey] = status;
  const taskStatus = place(taskStatuses, bag['task:Status']);
  if (taskStatus >= 0) bag[taskStatusKey] = taskStatus;
  if (typeof bag['task:PercentComplete'] === 'number') bag[percentCompleteKey] = bag['task:PercentComplete'] / 100;
  addPeople(bag);
  return bag;
}

function place(names: readonly string[], value: PropertyValue | undefined): number {
  return typeof value === 'string' ? names.indexOf(value) : -1;
}

/** Sender and recipients by their MAPI names, and the lists for display, unless they were set. */
function addPeople(bag: Record<PropertyKey, PropertyValue>): void {
  const person = (key: PropertyKey, name: PropertyKey, ...addresses: PropertyKey[]): void => {
    const value = bag[key] as EmailAddress | undefined;
    if (value?.name !== undefined) bag[name] ??= value.name;
    if (value?.address !== undefined) for (const address of addresses) bag[address] ??= value.address;
  };
  const sender = bag['message:Sender'] ?? bag['message:From'];
  if (sender !== undefined) bag['message:Sender'] ??= sender;
  person('message:Sender', '0x0c1a', '0x0c1f', '0x5d01');
  person('message:From', '0x0042', '0x0065', '0x5d02');
  for (const [key, display] of [
    ['message:ToRecipients', 'item:DisplayTo'],
    ['message:CcRecipients', 'item:DisplayCc'],
    ['message:BccRecipients', 'item:DisplayBcc'],
  ] as const) {
    const people = bag[key] as readonly EmailAddress[] | undefined;
    if (people !== undefined) bag[display] ??= people.map(({ name, address }) => name ?? address ?? '').join('; ');
  }
}
