import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { createLog, systemDial } from '../foundation/index.ts';
import { openOrganization } from '../organization/index.ts';
import type { CalendarProcessing, Item, NewCalendarItem, Organization, Recipient } from '../organization/index.ts';
import { addressOf, sentProperties } from './address-of.ts';
import { createTransport } from './create-transport.ts';

/** Monday, noon. */
const now = Date.UTC(2027, 2, 1, 12);
const hour = 3_600_000;
const day = 24 * hour;

interface World {
  organization: Organization;
  anna: Recipient;
  room: Recipient;
  /** Sends a request, and gives the room's answer with its text. */
  request(uid: string, start: number, more?: Partial<NewCalendarItem>, by?: Recipient): Promise<{ itemClass: string; text: string }>;
  answers(who?: Recipient): Promise<readonly Item[]>;
  booked(): Promise<readonly Item[]>;
}

async function openWorld(t: TestContext, settings: Partial<CalendarProcessing> = {}): Promise<World> {
  const clock = { now: () => now };
  const organization = await openOrganization({ file: ':memory:', passwordCost: { cost: 1024, blockSize: 8, parallelization: 1 }, clock });
  const failures: string[] = [];
  const log = createLog('test', { level: 'error', destination: { write: (line) => void failures.push(line) } });
  const transport = createTransport({ organization, side: 'OnPremises', serverName: 'ex1.contoso.test', dial: systemDial, clock, log });
  t.after(async () => {
    await transport.close();
    await organization.close();
    assert.deepEqual(failures, []);
  });
  const add = (name: string, recipientTypeDetails: 'UserMailbox' | 'RoomMailbox') => organization.directory.create({ recipientTypeDetails, displayName: name, userPrincipalName: `${name}@contoso.test`, primarySmtpAddress: `${name}@contoso.test`, timeZone: 'UTC' });
  const anna = await add('anna', 'UserMailbox');
  const room = await add('room', 'RoomMailbox');
  await organization.calendarProcessing.set(room, false, { AutomateProcessing: 'AutoAccept', ...settings });
  const folder = async (who: Recipient, name: 'inbox' | 'calendar'): Promise<readonly Item[]> => {
    const mailbox = organization.mailboxes.of(who.guid);
    const { id } = await mailbox.folders.distinguished(name);
    return (await mailbox.items.find(id, { limit: 100 })).entries;
  };
  const answers = (who = anna): Promise<readonly Item[]> => folder(who, 'inbox');
  return {
    organization,
    anna,
    room,
    answers,
    booked: () => folder(room, 'calendar'),
    async request(uid, start, more = {}, by = anna) {
      const before = new Set((await answers(by)).map(({ id }) => id));
      const calendar: NewCalendarItem = { uid, subject: 'Secret plans', location: 'room', start, end: start + hour, timeZone: 'UTC', freeBusyStatus: 'Busy', sensitivity: 'Private', isAllDay: false, isMeeting: true, isReminderSet: false, ...more };
      const properties = sentProperties(by, { 'item:Subject': calendar.subject, 'item:Body': { type: 'Text', content: 'comment' }, 'calendar:Organizer': addressOf(by), 'calendar:Resources': [{ mailbox: addressOf(room) }] }, now);
      await transport.submit({ sender: by, recipients: [addressOf(room)], makeItem: () => ({ itemClass: 'IPM.Schedule.Meeting.Request', calendar, properties }) });
      const answer = (await answers(by)).find(({ id, itemClass }) => !before.has(id) && itemClass.startsWith('IPM.Schedule.Meeting.Resp'));
      assert.ok(answer !== undefined);
      const body = (await organization.mailboxes.of(by.guid).items.content(answer.id)).properties['item:Body'] as { content: string };
      return { itemClass: answer.itemClass, text: body.content };
    },
  };
}

const accepted = 'IPM.Schedule.Meeting.Resp.Pos';
const tentative = 'IPM.Schedule.Meeting.Resp.Tent';
const declined = 'IPM.Schedule.Meeting.Resp.Neg';
const tomorrow = now + 21 * hour;

test('a free room accepts, and keeps the time and who has it, not what about', async (t) => {
  const { request, booked, organization, room } = await openWorld(t);
  assert.deepEqual(await request('a', tomorrow), { itemClass: accepted, text: 'Your request was accepted.\r\n' });
  const [item] = await booked();
  assert.equal(item?.calendar?.subject, 'anna');
  assert.equal(item?.calendar?.freeBusyStatus, 'Busy');
  assert.equal(item?.calendar?.sensitivity, 'Normal');
  assert.equal(item?.properties['calendar:MyResponseType'], 'Accept');
  assert.equal((await organization.mailboxes.of(room.guid).items.content(item?.id ?? '')).properties['item:Body'], undefined);
  const mailbox = organization.mailboxes.of(room.guid);
  assert.equal((await mailbox.items.find((await mailbox.folders.distinguished('inbox')).id, { limit: 1 })).total, 0);
});

test('a taken room declines, and says since when; the same meeting moved does not stand in its own way', async (t) => {
  const { request, booked } = await openWorld(t);
  await request('a', tomorrow);
  const answer = await request('b', tomorrow + hour / 2);
  assert.equal(answer.itemClass, declined);
  assert.match(answer.text, /^Your request was declined: there are conflicts:\r\n2027-03-02 09:00 to 2027-03-02 10:00 UTC, anna\./);
  assert.equal((await request('c', tomorrow + hour)).itemClass, accepted);
  assert.equal((await request('a', tomorrow - hour / 2)).itemClass, accepted);
  assert.equal((await booked()).length, 2);
});

test('the policy: how far ahead, how long, series, working hours', async (t) => {
  const { request, organization, room } = await openWorld(t, { BookingWindowInDays: 10, MaximumDurationInMinutes: 120, AllowRecurringMeetings: false, ScheduleOnlyDuringWorkHours: true });
  assert.match((await request('far', now + 20 * day)).text, /declined: the meeting starts more than 10 days ahead/);
  assert.match((await request('long', tomorrow, { end: tomorrow + 3 * hour })).text, /declined: the meeting is longer than 120 minutes/);
  const weekly: Partial<NewCalendarItem> = { recurrence: { pattern: { type: 'Daily', interval: 1 }, range: { type: 'Numbered', startDate: Math.floor(tomorrow / day) * day, numberOfOccurrences: 3 } } };
  assert.match((await request('series', tomorrow, weekly)).text, /declined: recurring meetings are not allowed/);
  assert.match((await request('night', tomorrow + 12 * hour)).text, /declined: the meeting is outside of working hours/);
  assert.equal((await request('fits', tomorrow)).itemClass, accepted);
  await organization.calendarProcessing.set(room, false, { AllRequestOutOfPolicy: true });
  assert.equal((await request('asked', now + 20 * day)).itemClass, tentative);
});

test('series: beyond the window, and with conflicts in part', async (t) => {
  const { request, answers, booked, organization, room } = await openWorld(t, { BookingWindowInDays: 30 });
  const series = (count: number): Partial<NewCalendarItem> => ({ recurrence: { pattern: { type: 'Daily', interval: 1 }, range: { type: 'Numbered', startDate: Math.floor(tomorrow / day) * day, numberOfOccurrences: count } } });
  assert.match((await request('long', tomorrow, series(60))).text, /declined: the series goes on for more than 30 days/);
  await request('one', tomorrow + 2 * day);
  assert.equal((await request('five', tomorrow, series(5))).itemClass, declined);
  await organization.calendarProcessing.set(room, false, { ConflictPercentageAllowed: 25, MaximumConflictInstances: 1, EnforceSchedulingHorizon: false });
  const before = (await answers()).length;
  await request('again', tomorrow, series(5));
  const classes = (await answers()).map(({ itemClass }) => itemClass);
  assert.deepEqual(classes.slice(0, classes.length - before).toSorted(), [declined, accepted]);
  const kept = (await booked()).find(({ calendar }) => calendar?.uid === 'again');
  assert.deepEqual(kept?.calendar?.deletedOccurrences, [tomorrow + 2 * day]);
  await request('cut', tomorrow + 3 * hour, series(60));
  const cut = (await booked()).find(({ calendar }) => calendar?.uid === 'cut');
  assert.equal(cut?.calendar?.recurrence?.range.type, 'EndDate');
});

test('who may book: a list, and delegates who decide', async (t) => {
  const { request, organization, anna, room } = await openWorld(t, { AllBookInPolicy: false });
  assert.match((await request('no', tomorrow)).text, /declined: you don't have permission to book this resource/);
  await organization.calendarProcessing.set(room, false, { BookInPolicy: [anna.guid] });
  assert.equal((await request('yes', tomorrow)).itemClass, accepted);
  const boss = await organization.directory.create({ recipientTypeDetails: 'UserMailbox', displayName: 'boss', userPrincipalName: 'boss@contoso.test', primarySmtpAddress: 'boss@contoso.test' });
  await organization.calendarProcessing.set(room, false, { BookInPolicy: [], AllRequestInPolicy: true, ResourceDelegates: [boss.guid] });
  assert.equal((await request('asked', tomorrow + 4 * hour)).itemClass, tentative);
  const mailbox = organization.mailboxes.of(boss.guid);
  const [message] = (await mailbox.items.find((await mailbox.folders.distinguished('inbox')).id, { limit: 1 })).entries;
  assert.ok(message !== undefined);
  assert.deepEqual([message.itemClass, message.properties['item:Subject'], (message.properties['message:ReceivedRepresenting'] as { address?: string }).address], ['IPM.Schedule.Meeting.Request', 'Secret plans', room.primarySmtpAddress]);
  assert.deepEqual((await mailbox.items.find((await mailbox.folders.distinguished('calendar')).id, { limit: 1 })).entries, []);
  // A list may name a group.
  const group = await organization.configuration.create('DistributionGroup', 'bookers', { Alias: 'bookers', DisplayName: 'bookers', PrimarySmtpAddress: 'bookers@contoso.test', Members: [anna.guid] });
  await organization.calendarProcessing.set(room, false, { BookInPolicy: [group.guid], AllRequestInPolicy: false });
  assert.equal((await request('by group', tomorrow + 8 * hour)).itemClass, accepted);
});
