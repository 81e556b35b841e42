import { randomBytes } from 'node:crypto';
import { timeZoneOfItem, toLocal } from '../../../organization/index.ts';
import type { FreeBusyStatus, NewAttachment, NewCalendarItem, NewItem, PropertyKey, PropertyValue, Sensitivity } from '../../../organization/index.ts';
import { EwsFault } from '../../codec/ews-fault.ts';
import type { DecodedAttachment, DecodedItem } from '../../codec/items/decoded-item.ts';
import { defaultItemClasses } from '../../codec/items/item-types.ts';
import type { ItemTimeZone } from '../../codec/items/time-zone-kinds.ts';
import { asText } from './as-text.ts';

/** What is filled in where a client says nothing. */
export interface NewItemDefaults {
  now: number;
  /** Of calendar items without a zone of their own. */
  timeZone: ItemTimeZone;
}

/** Attached items inside one another. The code for more is published, the number is not; a mailbox keeps as many. */
const maximumNesting = 10;

/**
 * The item that a client's element means.
 *
 * @throws EwsFault `ErrorInvalidPropertySet`, `ErrorCalendarEndDateIsEarlierThanStartDate`, `ErrorAttachmentNestLevelLimitExceeded`
 */
export function newItemOf(decoded: DecodedItem, defaults: NewItemDefaults, nesting = 0): NewItem {
  if (decoded.readOnlyProperty !== undefined) throw new EwsFault('ErrorInvalidPropertySet', 'Set action is invalid for property.', { path: { kind: 'field', uri: decoded.readOnlyProperty } });
  if (nesting > maximumNesting) throw new EwsFault('ErrorAttachmentNestLevelLimitExceeded', 'The attachments nest too deeply.');
  const properties: Record<PropertyKey, PropertyValue> = { ...decoded.properties };
  const named = properties['item:ItemClass'];
  const itemClass = typeof named === 'string' && named.trim() !== '' ? named.trim() : defaultItemClasses[decoded.element];
  delete properties['item:ItemClass'];
  if (decoded.element === 'Task') completeTask(properties, defaults.now);
  if (decoded.element === 'Contact' || decoded.element === 'DistributionList') nameContact(properties);
  const isAppointment = itemClass.toLowerCase().startsWith('ipm.appointment') && decoded.mime === undefined;
  const calendar = isAppointment ? newCalendarItemOf(decoded, properties, defaults) : undefined;
  return {
    itemClass,
    properties,
    ...(calendar === undefined ? {} : { calendar }),
    ...(decoded.mime === undefined ? {} : { mime: decoded.mime }),
    ...(decoded.attachments.length === 0 ? {} : { attachments: decoded.attachments.map((attachment) => newAttachmentOf(attachment, defaults, nesting)) }),
  };
}

/** Throws as `newItemOf` does. */
export function newAttachmentOf({ content, ...attachment }: DecodedAttachment, defaults: NewItemDefaults, nesting = 0): NewAttachment {
  return { ...attachment, content: 'file' in content ? { file: content.file } : { item: newItemOf(content.item, defaults, nesting + 1) } };
}

function newCalendarItemOf(decoded: DecodedItem, properties: Record<PropertyKey, PropertyValue>, defaults: NewItemDefaults): NewCalendarItem {
  const zone = decoded.timeZone ?? defaults.timeZone;
  const { recurrence } = decoded;
  const halfHour = 30 * 60_000;
  let start = (properties['calendar:Start'] as number | undefined) ?? Math.ceil(defaults.now / halfHour) * halfHour;
  let end = (properties['calendar:End'] as number | undefined) ?? start + halfHour;
  const isAllDay = properties['calendar:IsAllDayEvent'] === true;
  if (end < start) throw new EwsFault('ErrorCalendarEndDateIsEarlierThanStartDate', 'EndDate is earlier than StartDate');
  if (isAllDay) [start, end] = wholeDays(start, end, zone);
  properties['calendar:Start'] = start;
  properties['calendar:End'] = end;
  const attendees = ['calendar:RequiredAttendees', 'calendar:OptionalAttendees', 'calendar:Resources'].flatMap((key) => (properties[key] as readonly unknown[] | undefined) ?? []);
  properties['item:ReminderIsSet'] ??= true;
  properties['item:ReminderMinutesBeforeStart'] ??= isAllDay ? 1_080 : 15;
  const uid = properties['calendar:UID'];
  return {
    uid: typeof uid === 'string' && uid.trim() !== '' ? uid.trim() : newUid(defaults.now),
    start,
    end,
    ...zone,
    subject: asText(properties['item:Subject']),
    location: asText(properties['calendar:Location']),
    freeBusyStatus: (properties['calendar:LegacyFreeBusyStatus'] as FreeBusyStatus | undefined) ?? (isAllDay ? 'Free' : 'Busy'),
    sensitivity: (properties['item:Sensitivity'] as Sensitivity | undefined) ?? 'Normal',
    isAllDay,
    isMeeting: attendees.length > 0,
    isReminderSet: properties['item:ReminderIsSet'] === true,
    ...(recurrence === undefined ? {} : { recurrence }),
  };
}

/** From midnight to midnight in a zone: an all-day event has no other times. */
export function wholeDays(start: number, end: number, zone: ItemTimeZone): [start: number, end: number] {
  const rules = timeZoneOfItem(zone);
  const day = 86_400_000;
  const first = Math.floor(toLocal(rules, start) / day) * day;
  const last = Math.max(Math.ceil(toLocal(rules, end) / day) * day, first + day);
  return [rules.toInstant(first), rules.toInstant(last)];
}

/** A GlobalObjectId in hexadecimal ([MS-OXOCAL] §2.2.1.27), which is how Exchange names meetings. */
export function newUid(now: number): string {
  const time = Buffer.alloc(8);
  time.writeBigUInt64LE(BigInt(Math.max(0, now + 11_644_473_600_000)) * 10_000n);
  return Buffer.concat([Buffer.from('040000008200E00074C5B7101A82E00800000000', 'hex'), time, Buffer.alloc(8), Buffer.from([16, 0, 0, 0]), randomBytes(16)])
    .toString('hex')
    .toUpperCase();
}

/** Status, percentage and date of completion say the same. */
export function completeTask(properties: Record<PropertyKey, PropertyValue>, now: number): void {
  const status = properties['task:Status'];
  const percent = properties['task:PercentComplete'];
  if (status === 'Completed' || percent === 100 || properties['task:CompleteDate'] !== undefined) {
    properties['task:Status'] = 'Completed';
    properties['task:PercentComplete'] = 100;
    properties['task:CompleteDate'] ??= now;
    return;
  }
  properties['task:Status'] ??= typeof percent === 'number' && percent > 0 ? 'InProgress' : 'NotStarted';
  properties['task:PercentComplete'] ??= 0;
}

function nameContact(properties: Record<PropertyKey, PropertyValue>): void {
  const text = (key: PropertyKey): string => (typeof properties[key] === 'string' ? properties[key].trim() : '');
  const [given, surname, company] = [text('contacts:GivenName'), text('contacts:Surname'), text('contacts:CompanyName')];
  const full = [given, text('contacts:MiddleName'), surname].filter((part) => part !== '').join(' ');
  if (full !== '') properties['contacts:DisplayName'] ??= full;
  const fileAs: Readonly<Record<string, string>> = {
    LastCommaFirst: surname === '' || given === '' ? surname + given : `${surname}, ${given}`,
    FirstSpaceLast: `${given} ${surname}`.trim(),
    Company: company,
    DisplayName: text('contacts:DisplayName'),
    FirstName: given,
    LastName: surname,
  };
  const chosen = fileAs[asText(properties['contacts:FileAsMapping'])] ?? text('contacts:DisplayName');
  if (chosen !== '') {
    properties['contacts:FileAs'] ??= chosen;
    properties['item:Subject'] ??= text('contacts:DisplayName') || chosen;
  }
}
