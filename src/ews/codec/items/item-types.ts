import { baseItemProperties, messageProperties, postProperties } from './base-item-properties.ts';
import { calendarProperties, meetingAnswerProperties, meetingMessageProperties, meetingRequestProperties } from './calendar-properties.ts';
import { contactProperties, distributionListProperties } from './contact-properties.ts';
import type { PropertyDefinition } from './property-definition.ts';
import { taskProperties } from './task-properties.ts';

/** Elements in which items stand on the wire. */
export type ItemElementName = 'Item' | 'Message' | 'CalendarItem' | 'Contact' | 'DistributionList' | 'MeetingMessage' | 'MeetingRequest' | 'MeetingResponse' | 'MeetingCancellation' | 'Task' | 'PostItem';

const message = [...baseItemProperties, ...messageProperties];
const meeting = [...message, ...meetingMessageProperties];

/** The properties of each element, in the order of the published schema. */
export const itemTypes: Readonly<Record<ItemElementName, readonly PropertyDefinition[]>> = {
  Item: baseItemProperties,
  Message: message,
  CalendarItem: [...baseItemProperties, ...calendarProperties],
  Contact: [...baseItemProperties, ...contactProperties],
  DistributionList: [...baseItemProperties, ...distributionListProperties],
  MeetingMessage: meeting,
  MeetingRequest: [...meeting, ...meetingRequestProperties],
  MeetingResponse: [...meeting, ...meetingAnswerProperties],
  MeetingCancellation: [...meeting, ...meetingAnswerProperties],
  Task: [...baseItemProperties, ...taskProperties],
  PostItem: [...baseItemProperties, ...postProperties],
};

/** The item class that an element stands for where a client names none. */
export const defaultItemClasses: Readonly<Record<ItemElementName, string>> = {
  Item: 'IPM.Note',
  Message: 'IPM.Note',
  CalendarItem: 'IPM.Appointment',
  Contact: 'IPM.Contact',
  DistributionList: 'IPM.DistList',
  MeetingMessage: 'IPM.Schedule.Meeting',
  MeetingRequest: 'IPM.Schedule.Meeting.Request',
  MeetingResponse: 'IPM.Schedule.Meeting.Resp.Pos',
  MeetingCancellation: 'IPM.Schedule.Meeting.Canceled',
  Task: 'IPM.Task',
  PostItem: 'IPM.Post',
};

/** Prefixes of item classes, the longer first, compared without case ([MS-OXCMSG]; EWS reference, Item). */
const classes: readonly (readonly [prefix: string, element: ItemElementName])[] = [
  ['ipm.schedule.meeting.request', 'MeetingRequest'],
  ['ipm.schedule.meeting.resp', 'MeetingResponse'],
  ['ipm.schedule.meeting.canceled', 'MeetingCancellation'],
  ['ipm.schedule.meeting', 'MeetingMessage'],
  ['ipm.note', 'Message'],
  ['ipm.appointment', 'CalendarItem'],
  ['ipm.contact', 'Contact'],
  ['ipm.distlist', 'DistributionList'],
  ['ipm.task', 'Task'],
  ['ipm.post', 'PostItem'],
  ['report', 'Message'],
];

/** The element in which an item of that class is written. */
export function elementOfClass(itemClass: string): ItemElementName {
  const key = itemClass.toLowerCase();
  return classes.find(([prefix]) => key === prefix || key.startsWith(`${prefix}.`))?.[1] ?? 'Item';
}

export function isItemElement(name: string): name is ItemElementName {
  return Object.hasOwn(itemTypes, name);
}

const byUri = new Map<string, PropertyDefinition>();
for (const properties of Object.values(itemTypes)) for (const property of properties) byUri.set(property.uri, property);

/** A property of any kind of item. */
export function itemProperty(uri: string): PropertyDefinition | undefined {
  return byUri.get(uri);
}
