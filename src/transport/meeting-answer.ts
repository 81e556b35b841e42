import type { EmailAddress, NewCalendarItem, NewItem, PropertyBag, Recipient } from '../organization/index.ts';
import { addressOf, sentProperties } from './address-of.ts';

export type MeetingAnswer = 'Accept' | 'Tentative' | 'Decline';

const answerClasses: Readonly<Record<MeetingAnswer, readonly [itemClass: string, prefix: string]>> = {
  Accept: ['IPM.Schedule.Meeting.Resp.Pos', 'Accepted'],
  Tentative: ['IPM.Schedule.Meeting.Resp.Tent', 'Tentative'],
  Decline: ['IPM.Schedule.Meeting.Resp.Neg', 'Declined'],
};

export interface MeetingAnswerOptions {
  attendee: Recipient;
  /** A delegate who answers for the attendee, as whom the message shows. */
  sentBy?: Recipient;
  organizer: EmailAddress;
  calendar: NewCalendarItem;
  answer: MeetingAnswer;
  body?: PropertyBag[string];
  /** Sequence number of the request that it answers. */
  sequence?: PropertyBag[string] | undefined;
  /** Original start of the one happening of a series that it is about. */
  recurrenceId?: PropertyBag[string] | undefined;
  /** Another time that the attendee proposes. */
  proposed?: { start: number; end: number };
  now: number;
}

/** An attendee's answer to a meeting request ([MS-OXOCAL] 2.2.7). */
export function meetingAnswer({ attendee, sentBy, organizer, calendar, answer, body, sequence, recurrenceId, proposed, now }: MeetingAnswerOptions): NewItem {
  const [itemClass, prefix] = answerClasses[answer];
  const subject = `${proposed === undefined ? prefix : 'New Time Proposed'}: ${calendar.subject}`;
  const properties: PropertyBag = {
    'item:Subject': subject,
    'message:ToRecipients': [organizer],
    'calendar:DateTimeStamp': now,
    'meeting:ResponseType': answer,
    ...(body === undefined ? {} : { 'item:Body': body }),
    ...(sequence === undefined ? {} : { 'calendar:AppointmentSequenceNumber': sequence }),
    ...(proposed === undefined ? {} : { 'meeting:ProposedStart': proposed.start, 'meeting:ProposedEnd': proposed.end }),
    ...(recurrenceId === undefined ? {} : { 'calendar:RecurrenceId': recurrenceId }),
  };
  return { itemClass, calendar: { ...calendar, subject }, properties: sentProperties(sentBy ?? attendee, { ...properties, 'message:From': addressOf(attendee) }, now) };
}
