import assert from 'node:assert/strict';
import { test } from 'node:test';
import { occurrenceBag } from '../organization/index.ts';
import type { EmailAddress, Item, NewCalendarItem, PropertyBag, Recipient } from '../organization/index.ts';
import { addressOf, sentProperties } from './address-of.ts';
import { meetingAnswer } from './meeting-answer.ts';
import { openTestHybrid } from './transport-fixture.ts';
import type { TestSide } from './transport-fixture.ts';

const timeout = 60_000;
const hour = 3_600_000;
const day = 24 * hour;
/** Monday, ten o'clock in Berlin, before the clocks change. */
const start = Date.UTC(2027, 2, 22, 9);

const series: NewCalendarItem = {
  uid: 'series-1',
  subject: 'Planning',
  location: 'Room 7',
  start,
  end: start + hour,
  timeZone: 'W. Europe Standard Time',
  freeBusyStatus: 'Busy',
  sensitivity: 'Normal',
  isAllDay: false,
  isMeeting: true,
  isReminderSet: false,
  recurrence: { pattern: { type: 'Weekly', interval: 1, daysOfWeek: ['Monday'], firstDayOfWeek: 'Monday' }, range: { type: 'Numbered', startDate: Date.UTC(2027, 2, 22), numberOfOccurrences: 4 } },
};
const { recurrence: _recurrence, ...single } = series;

async function send(from: TestSide, sender: Recipient, to: string, itemClass: string, calendar: NewCalendarItem, bag: PropertyBag = {}): Promise<void> {
  const properties = sentProperties(sender, { 'item:Subject': calendar.subject, 'message:ToRecipients': [{ address: to }], 'calendar:Organizer': addressOf(sender), 'calendar:RequiredAttendees': [{ mailbox: { address: to } }], ...bag }, Date.now());
  await from.transport.submit({ sender, recipients: [{ address: to }], makeItem: () => ({ itemClass, calendar, properties }) });
}

const request = 'IPM.Schedule.Meeting.Request';
const cancellation = 'IPM.Schedule.Meeting.Canceled';
const isSeries = ({ calendar }: Item): boolean => calendar?.uid === 'series-1';

test('a series crosses with its zone; one happening is moved, another cancelled, and each stands where it stood', { timeout }, async (t) => {
  const { premises, cloud, failures } = await openTestHybrid(t);
  await send(cloud, cloud.own, 'anna@contoso.test', request, series);
  const entered = await premises.waitFor('calendar', isSeries);
  assert.deepEqual(entered.calendar?.recurrence, series.recurrence);
  assert.equal(entered.calendar?.timeZone, 'W. Europe Standard Time');
  assert.equal(entered.calendar?.freeBusyStatus, 'Tentative');

  // The second is after the change of the clocks.
  const second = start + 7 * day - hour;
  await send(cloud, cloud.own, 'anna@contoso.test', request, { ...single, start: second + 2 * hour, end: second + 3 * hour, location: 'Room 9' }, { 'calendar:RecurrenceId': second, 'calendar:AppointmentSequenceNumber': 1 });
  const moved = await premises.waitFor('calendar', (item) => isSeries(item) && (item.calendar?.modifiedOccurrences ?? []).length > 0);
  assert.deepEqual(moved.calendar?.modifiedOccurrences, [{ originalStart: second, start: second + 2 * hour, end: second + 3 * hour, subject: 'Planning', location: 'Room 9', freeBusyStatus: 'Tentative' }]);

  const third = second + 7 * day;
  await send(cloud, cloud.own, 'anna@contoso.test', cancellation, { ...single, start: third, end: third + hour }, { 'calendar:RecurrenceId': third, 'calendar:AppointmentSequenceNumber': 2, 'calendar:IsCancelled': true });
  const shortened = await premises.waitFor('calendar', (item) => isSeries(item) && (item.calendar?.deletedOccurrences ?? []).length > 0);
  assert.deepEqual(shortened.calendar?.deletedOccurrences, [third]);
  assert.equal(shortened.calendar?.modifiedOccurrences?.length, 1);
  assert.deepEqual(failures, []);
});

test('who does not organise a meeting changes nothing of it; an old message does not undo a newer one', { timeout }, async (t) => {
  const { premises, cloud } = await openTestHybrid(t);
  const mallory = await cloud.organization.directory.create({ recipientTypeDetails: 'UserMailbox', displayName: 'mallory', userPrincipalName: 'mallory@contoso.test', primarySmtpAddress: 'mallory@contoso.test' });
  const meeting = { ...single, uid: 'one' };
  await send(cloud, cloud.own, 'anna@contoso.test', request, meeting, { 'calendar:AppointmentSequenceNumber': 3 });
  await premises.waitFor('calendar', ({ calendar }) => calendar?.uid === 'one');
  await send(cloud, mallory, 'anna@contoso.test', cancellation, { ...meeting, subject: 'Canceled: Planning' }, { 'calendar:AppointmentSequenceNumber': 9, 'calendar:IsCancelled': true });
  await send(cloud, mallory, 'anna@contoso.test', request, { ...meeting, location: 'a dark alley' }, { 'item:Subject': 'by mallory', 'calendar:AppointmentSequenceNumber': 9 });
  await send(cloud, cloud.own, 'anna@contoso.test', request, { ...meeting, location: 'Room 1' }, { 'item:Subject': 'old', 'calendar:AppointmentSequenceNumber': 2 });
  await premises.waitFor('inbox', ({ properties }) => properties['item:Subject'] === 'by mallory');
  const outdated = await premises.waitFor('inbox', ({ properties }) => properties['item:Subject'] === 'old');
  assert.equal(outdated.properties['meetingRequest:MeetingRequestType'], 'Outdated');
  const { calendar } = await premises.waitFor('calendar', (item) => item.calendar?.uid === 'one');
  assert.deepEqual([calendar?.subject, calendar?.location, calendar?.freeBusyStatus], ['Planning', 'Room 7', 'Tentative']);
});

test('answers are entered for who was invited, the later one counts, and strangers do not stand in the list', { timeout }, async (t) => {
  const { premises, cloud } = await openTestHybrid(t);
  const mailbox = cloud.organization.mailboxes.of(cloud.own.guid);
  const calendar = await mailbox.folders.distinguished('calendar');
  const meeting = { ...single, uid: 'asked' };
  const { id } = await mailbox.items.create(calendar.id, { calendar: meeting, properties: { 'calendar:RequiredAttendees': [{ mailbox: { address: 'anna@contoso.test' } }] } });
  const responses = async (): Promise<readonly (string | undefined)[]> => ((await mailbox.items.get(id)).properties['calendar:RequiredAttendees'] as unknown as readonly { responseType?: string }[]).map(({ responseType }) => responseType);
  const answer = async (sender: Recipient, how: 'Accept' | 'Decline', now: number): Promise<void> => {
    const item = meetingAnswer({ attendee: sender, organizer: { address: 'bert@contoso.test' }, calendar: meeting, answer: how, now });
    await premises.transport.submit({ sender, recipients: [{ address: 'bert@contoso.test' }], makeItem: () => item });
  };
  const now = Math.floor(Date.now() / 1000) * 1000;
  await answer(premises.own, 'Accept', now);
  const received = await cloud.waitFor('inbox', ({ itemClass }) => itemClass === 'IPM.Schedule.Meeting.Resp.Pos');
  assert.equal(received.properties['meeting:ResponseType'], 'Accept');
  assert.deepEqual(await responses(), ['Accept']);
  const stranger = await premises.organization.directory.create({ recipientTypeDetails: 'UserMailbox', displayName: 'stranger', userPrincipalName: 'stranger@contoso.test', primarySmtpAddress: 'stranger@contoso.test' });
  await answer(stranger, 'Decline', now + 5_000);
  await answer(premises.own, 'Decline', now - 60_000);
  await cloud.waitFor('inbox', ({ properties, itemClass }) => itemClass === 'IPM.Schedule.Meeting.Resp.Neg' && Number(properties['item:DateTimeSent']) === now - 60_000);
  await cloud.waitFor('inbox', ({ properties, itemClass }) => itemClass === 'IPM.Schedule.Meeting.Resp.Neg' && Number(properties['item:DateTimeSent']) === now + 5_000);
  assert.deepEqual(await responses(), ['Accept']);
});

test('an answer to one happening of a series crosses and stands in the list of that one alone', { timeout }, async (t) => {
  const { premises, cloud } = await openTestHybrid(t);
  const mailbox = cloud.organization.mailboxes.of(cloud.own.guid);
  const calendar = await mailbox.folders.distinguished('calendar');
  const { id } = await mailbox.items.create(calendar.id, { calendar: series, properties: { 'calendar:RequiredAttendees': [{ mailbox: { address: 'anna@contoso.test' } }] } });
  const second = start + 7 * day - hour;
  const answer = async (recurrenceId: number, subject: string): Promise<void> => {
    const item = meetingAnswer({ attendee: premises.own, organizer: { address: 'bert@contoso.test' }, calendar: { ...single, subject, start: recurrenceId, end: recurrenceId + hour }, answer: 'Decline', recurrenceId, now: Date.now() });
    await premises.transport.submit({ sender: premises.own, recipients: [{ address: 'bert@contoso.test' }], makeItem: () => item });
    await cloud.waitFor('inbox', ({ properties }) => properties['item:Subject'] === `Declined: ${subject}`);
  };
  const responses = (bag: PropertyBag): unknown => (bag['calendar:RequiredAttendees'] as readonly { responseType?: string }[]).map(({ responseType }) => responseType);
  await answer(second, 'Planning');
  const item = await mailbox.items.get(id);
  const [happening] = item.calendar?.modifiedOccurrences ?? [];
  assert.deepEqual([happening?.originalStart, happening?.start, responses(item.properties), responses(occurrenceBag(item.properties, happening))], [second, second, [undefined], ['Decline']]);
  // There is none on that day.
  await answer(second + day, 'Nothing');
  assert.equal((await mailbox.items.get(id)).calendar?.modifiedOccurrences?.length, 1);
});

test('what is attached to an invitation crosses with it, into the calendar', { timeout }, async (t) => {
  const { premises, cloud, failures } = await openTestHybrid(t);
  const properties = sentProperties(cloud.own, { 'item:Subject': single.subject, 'message:ToRecipients': [{ address: 'anna@contoso.test' }], 'calendar:Organizer': addressOf(cloud.own), 'calendar:RequiredAttendees': [{ mailbox: { address: 'anna@contoso.test' } }] }, Date.now());
  const attachments = [{ name: 'agenda.txt', contentType: 'text/plain', content: { file: Buffer.from('first, second') } }];
  await cloud.transport.submit({ sender: cloud.own, recipients: [{ address: 'anna@contoso.test' }], makeItem: () => ({ itemClass: request, calendar: single, properties, attachments }) });
  await premises.waitFor('inbox', isSeries);
  const { items } = premises.organization.mailboxes.of(premises.own.guid);
  const entered = await premises.waitFor('calendar', ({ properties: bag }) => bag['item:HasAttachments'] === true);
  const [attached, ...others] = await items.attachments(entered.id);
  assert.deepEqual([attached?.name, attached?.contentType, others], ['agenda.txt', 'text/plain', []]);
  const pieces: Uint8Array[] = [];
  for await (const piece of await items.attachmentBytes(attached?.id ?? '')) pieces.push(piece);
  assert.equal(Buffer.concat(pieces).toString(), 'first, second');
  assert.deepEqual(failures, []);
});

test('who sends in the name of the organiser, or answers in that of an attendee, is told across, in the message and in iCalendar', { timeout }, async (t) => {
  const { premises, cloud, failures } = await openTestHybrid(t);
  const person = (side: TestSide, name: string): Promise<Recipient> => side.organization.directory.create({ recipientTypeDetails: 'UserMailbox', displayName: name, userPrincipalName: `${name}@contoso.test`, primarySmtpAddress: `${name}@contoso.test` });
  const [dora, dan] = [await person(cloud, 'dora'), await person(premises, 'dan')];
  const kept = await cloud.organization.mailboxes.of(cloud.own.guid).folders.distinguished('calendar');
  const { id } = await cloud.organization.mailboxes.of(cloud.own.guid).items.create(kept.id, { calendar: single, properties: { 'calendar:RequiredAttendees': [{ mailbox: { address: 'anna@contoso.test' } }] } });
  const parties = ({ properties }: Item): unknown => [properties['message:From'], properties['message:Sender']].map((one) => (one as EmailAddress).address);
  const linesOf = async (side: TestSide, item: Item): Promise<string> => {
    const parts: Uint8Array[] = [];
    for await (const part of (await side.organization.mailboxes.of(side.own.guid).items.mime(item.id)) ?? []) parts.push(part);
    const text = Buffer.concat(parts).toString();
    const encoded = /text\/calendar[^]*?base64\r\n\r\n([A-Za-z0-9+/=\r\n]+)/.exec(text)?.[1];
    return (encoded === undefined ? text : Buffer.from(encoded, 'base64').toString()).replaceAll('\r\n ', '').replaceAll('=\r\n', '').replaceAll('=3D', '=');
  };
  await send(cloud, dora, 'anna@contoso.test', request, single, { 'message:From': addressOf(cloud.own), 'calendar:Organizer': addressOf(cloud.own) });
  const asked = await premises.waitFor('inbox', isSeries);
  assert.deepEqual(parties(asked), ['bert@contoso.test', 'dora@contoso.test']);
  assert.match(await linesOf(premises, asked), /ORGANIZER;[^\r]*SENT-BY="mailto:dora@contoso\.test"[^\r]*:mailto:bert@contoso\.test\r\n/);
  const entered = await premises.waitFor('calendar', isSeries);
  assert.equal((entered.properties['calendar:Organizer'] as EmailAddress).address, 'bert@contoso.test');

  const answer = meetingAnswer({ attendee: premises.own, sentBy: dan, organizer: { address: 'bert@contoso.test' }, calendar: single, answer: 'Accept', now: Date.now() });
  await premises.transport.submit({ sender: dan, recipients: [{ address: 'bert@contoso.test' }], makeItem: () => answer });
  const heard = await cloud.waitFor('inbox', ({ itemClass }) => itemClass === 'IPM.Schedule.Meeting.Resp.Pos');
  assert.deepEqual(parties(heard), ['anna@contoso.test', 'dan@contoso.test']);
  assert.match(await linesOf(cloud, heard), /ATTENDEE;[^\r]*SENT-BY="mailto:dan@contoso\.test"[^\r]*:mailto:anna@contoso\.test\r\n/);
  const { properties } = await cloud.organization.mailboxes.of(cloud.own.guid).items.get(id);
  assert.deepEqual((properties['calendar:RequiredAttendees'] as readonly { responseType?: string }[]).map(({ responseType }) => responseType), ['Accept']);
  assert.deepEqual(failures, []);
});

test('SENT-BY of another product: the delegate’s message is the organiser’s; that of a stranger is not', { timeout }, async (t) => {
  const { premises, cloud } = await openTestHybrid(t);
  const mail = async (from: string, sequence: number, location: string): Promise<void> => {
    const ics = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Another//EN', 'METHOD:REQUEST', 'BEGIN:VEVENT', 'UID:elsewhere', 'DTSTAMP:20270301T000000Z', 'DTSTART:20270322T090000Z', 'DTEND:20270322T100000Z', `SEQUENCE:${sequence}`, 'SUMMARY:Visit', `LOCATION:${location}`, `ORGANIZER;SENT-BY="mailto:${from}":mailto:boss@partner.test`, 'ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:anna@contoso.test', 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
    const mime = Buffer.from([`From: ${from}`, 'To: anna@contoso.test', `Subject: ${location}`, 'MIME-Version: 1.0', 'Content-Type: text/calendar; method=REQUEST; charset=utf-8', '', ics].join('\r\n'));
    await cloud.transport.submit({ sender: cloud.own, recipients: [{ address: 'anna@contoso.test' }], makeItem: () => ({ itemClass: 'IPM.Note', properties: { 'item:Subject': location }, mime }) });
    await premises.waitFor('inbox', ({ properties }) => properties['item:Subject'] === location);
  };
  const place = async (): Promise<unknown> => (await premises.waitFor('calendar', ({ calendar }) => calendar?.uid === 'elsewhere')).calendar?.location;
  await mail('dora@partner.test', 0, 'Hall 1');
  const { properties } = await premises.waitFor('inbox', () => true);
  assert.deepEqual([properties['message:From'], properties['message:Sender']].map((one) => (one as EmailAddress).address), ['boss@partner.test', 'dora@partner.test']);
  await mail('boss@partner.test', 1, 'Hall 2');
  assert.equal(await place(), 'Hall 2');
  await mail('dora@partner.test', 2, 'Hall 3');
  assert.equal(await place(), 'Hall 3');
  await mail('mallory@evil.test', 3, 'a dark alley');
  assert.equal(await place(), 'Hall 3');
});

test('messages about one meeting that come at once make one entry, as the latest of them has it', { timeout }, async (t) => {
  const { premises, failures } = await openTestHybrid(t);
  const otto = await premises.organization.directory.create({ recipientTypeDetails: 'UserMailbox', displayName: 'otto', userPrincipalName: 'otto@contoso.test', primarySmtpAddress: 'otto@contoso.test' });
  await Promise.all([0, 2, 1].map((sequence) => send(premises, otto, 'anna@contoso.test', request, { ...single, uid: 'hurried', location: `Room ${sequence}` }, { 'calendar:AppointmentSequenceNumber': sequence })));
  const entries = await premises.organization.mailboxes.of(premises.own.guid).items.withUid('hurried');
  assert.deepEqual(entries.map(({ calendar }) => calendar?.location), ['Room 2']);
  assert.deepEqual(failures, []);
});
