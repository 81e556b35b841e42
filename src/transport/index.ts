/**
 * The mail of one organisation: who an address means and where its mail goes, delivery into mailboxes with what the
 * Calendar Attendant and the booking of resources make of messages about meetings, a queue for mail that goes elsewhere,
 * and SMTP with STARTTLS between servers. It knows neither EWS nor who may send what: its callers do.
 */
export { createTransport } from './create-transport.ts';
export type { Transport, TransportOptions } from './create-transport.ts';
export type { MailTips } from './routing/mail-tips.ts';
export type { Submission } from './submission.ts';
export { addressOf, sentProperties } from './address-of.ts';
export { meetingAnswer } from './meeting-answer.ts';
export type { MeetingAnswer } from './meeting-answer.ts';
export { changeHappening, happeningOf, withoutHappening } from './attendant/happening.ts';
export { attendeeKeys, carriedKeys, entriesOfMeeting, isSameTime, meetingInCalendar } from './attendant/enter-meeting.ts';
