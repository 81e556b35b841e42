import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import * as fc from 'fast-check';
import type { FreeBusyViewOptions, FreeBusyViewType, Requester } from '../../ews/index.ts';
import { openOrganization } from '../../organization/index.ts';
import type { CalendarAccessRights, NewCalendarItem, Recipient, RecipientTypeDetails } from '../../organization/index.ts';
import type { AccessLevel } from './access-level.ts';
import { localFreeBusy } from './local-free-busy.ts';

const organization = await openOrganization({ file: ':memory:' });
after(() => organization.close());

let people = 0;
async function person(recipientTypeDetails: RecipientTypeDetails = 'UserMailbox'): Promise<Recipient> {
  people += 1;
  const address = `person${people}@contoso.test`;
  return organization.directory.create({
    recipientTypeDetails,
    displayName: `Person ${people}`,
    userPrincipalName: address,
    primarySmtpAddress: address,
    ...(recipientTypeDetails === 'UserMailbox'
      ? { timeZone: 'W. Europe Standard Time' }
      : { externalEmailAddress: `person${people}@contoso.mail.onmicrosoft.test` }),
  });
}

const hour = 3_600_000;
const start = Date.parse('2026-11-30T00:00:00+01:00');
const day = { start, end: start + 24 * hour };
const item = (uid: string, fromHour: number, changes: Partial<NewCalendarItem> = {}): NewCalendarItem => ({
  uid,
  start: start + fromHour * hour,
  end: start + (fromHour + 1) * hour,
  timeZone: 'W. Europe Standard Time',
  subject: `Subject ${uid}`,
  location: 'Room 4',
  freeBusyStatus: 'Busy',
  sensitivity: 'Normal',
  isAllDay: false,
  isMeeting: false,
  isReminderSet: true,
  ...changes,
});

function lookUp(
  recipient: Recipient,
  requester: Requester,
  view: Exclude<FreeBusyViewType, 'None'> = 'DetailedMerged',
  changes: { relationshipAccess?: AccessLevel; resultLimit?: number; window?: FreeBusyViewOptions['window'] } = {},
) {
  return localFreeBusy({
    calendars: organization.calendars,
    recipient,
    requester,
    options: { window: changes.window ?? day, mergedFreeBusyIntervalInMinutes: 60, requestedView: view },
    resultLimit: changes.resultLimit ?? 1000,
    relationshipAccess: changes.relationshipAccess,
  });
}

const colleague = (recipient: Recipient): Requester => ({ recipient, origin: 'local' });
const partner = (recipient: Recipient): Requester => ({ recipient, origin: 'partner' });

test('a calendar as it is by default: times and status, working hours of the mailbox’s zone', async () => {
  const [owner, other] = [await person(), await person()];
  await organization.calendars.putAll(owner.guid, [item('a', 9), item('b', 13, { freeBusyStatus: 'OOF' }), item('c', 15, { freeBusyStatus: 'Free' })]);
  const result = await lookUp(owner, colleague(other));
  assert.ok(result.ok);
  assert.equal(result.view.viewType, 'FreeBusyMerged');
  assert.equal(result.view.mergedFreeBusy, '000000000200030000000000');
  assert.deepEqual(result.view.events, [
    { start: start + 9 * hour, end: start + 10 * hour, busyType: 'Busy' },
    { start: start + 13 * hour, end: start + 14 * hour, busyType: 'OOF' },
    { start: start + 15 * hour, end: start + 16 * hour, busyType: 'Free' },
  ]);
  assert.deepEqual(result.view.workingHours?.periods, [
    { daysOfWeek: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'], startTimeInMinutes: 480, endTimeInMinutes: 1020 },
  ]);
  assert.equal(result.view.workingHours?.timeZone.bias, -60);
  assert.equal(result.view.workingHours?.timeZone.daylightTime.month, 3);
});

test('the table of access: what the calendar grants, for a colleague, a partner, and a partner with each relationship', async () => {
  const [owner, other] = [await person(), await person()];
  await organization.calendars.put(owner.guid, item('a', 9));
  const seen = async (requester: Requester, relationshipAccess?: AccessLevel): Promise<string> => {
    const result = await lookUp(owner, requester, 'Detailed', relationshipAccess === undefined ? {} : { relationshipAccess });
    if (!result.ok) return result.failure.code;
    const details = result.view.events?.[0]?.details;
    return details === undefined ? result.view.viewType : details.id === undefined ? 'LimitedDetails' : 'FullDetails';
  };
  const rows: [CalendarAccessRights, string, string, string, string, string][] = [
    // granted to Default, a colleague, a partner without relationship, with None, AvailabilityOnly, LimitedDetails
    [
      'None',
      'AVAILABILITY_CALENDAR_ACCESS',
      'AVAILABILITY_CALENDAR_ACCESS',
      'AVAILABILITY_CALENDAR_ACCESS',
      'AVAILABILITY_CALENDAR_ACCESS',
      'AVAILABILITY_CALENDAR_ACCESS',
    ],
    ['AvailabilityOnly', 'FreeBusy', 'FreeBusy', 'AVAILABILITY_RELATIONSHIP_ACCESS', 'FreeBusy', 'FreeBusy'],
    ['LimitedDetails', 'LimitedDetails', 'LimitedDetails', 'AVAILABILITY_RELATIONSHIP_ACCESS', 'FreeBusy', 'LimitedDetails'],
    ['Reviewer', 'FullDetails', 'FullDetails', 'AVAILABILITY_RELATIONSHIP_ACCESS', 'FreeBusy', 'LimitedDetails'],
  ];
  for (const [granted, ...expected] of rows) {
    await organization.calendars.setPermission(owner.guid, 'Default', granted);
    const actual = [
      await seen(colleague(other)),
      await seen(partner(other)),
      await seen(partner(other), 'None'),
      await seen(partner(other), 'AvailabilityOnly'),
      await seen(partner(other), 'LimitedDetails'),
    ];
    assert.deepEqual(actual, expected, granted);
  }
});

test('a person’s own entry counts for a colleague and not for a partner', async () => {
  const [owner, other] = [await person(), await person()];
  await organization.calendars.setPermission(owner.guid, other.guid, 'None');
  assert.equal((await lookUp(owner, colleague(other))).ok, false);
  assert.equal((await lookUp(owner, partner(other))).ok, true);
});

test('the owner sees all, private items too, whatever the calendar grants; a partner of the same guid is no owner', async () => {
  const owner = await person();
  await organization.calendars.put(owner.guid, item('a', 9, { sensitivity: 'Private' }));
  await organization.calendars.setPermission(owner.guid, 'Default', 'None');
  const result = await lookUp(owner, colleague(owner), 'Detailed');
  assert.equal(result.ok && result.view.events?.[0]?.details?.subject, 'Subject a');
  assert.equal((await lookUp(owner, partner(owner))).ok, false);
});

test('refuses with the published texts', async () => {
  const [owner, other] = [await person(), await person()];
  await organization.calendars.setPermission(owner.guid, 'Default', 'None');
  assert.deepEqual(await lookUp(owner, colleague(other)), {
    ok: false,
    failure: { code: 'AVAILABILITY_CALENDAR_ACCESS', message: 'The caller does not have access to free/busy data.' },
  });
});

test('more entries than allowed are counted and refused; as many are not', async () => {
  const owner = await person();
  await organization.calendars.putAll(
    owner.guid,
    Array.from({ length: 13 }, (_, index) => item(`u${index}`, index)),
  );
  assert.deepEqual(await lookUp(owner, colleague(owner), 'FreeBusy', { resultLimit: 12 }), {
    ok: false,
    failure: {
      code: 'AVAILABILITY_TOO_MANY_ENTRIES',
      message: 'The result set contains too many calendar entries. The allowed size = 12; the actual size = 13.',
    },
  });
  assert.equal((await lookUp(owner, colleague(owner), 'FreeBusy', { resultLimit: 13 })).ok, true);
});

test('working hours that end before they begin are refused', async () => {
  const owner = await person();
  // Set-MailboxCalendarConfiguration refuses them; stores filled by other means may hold them.
  await organization.store.db
    .insertInto('calendar_configuration')
    .values({ mailbox: owner.guid, configuration: JSON.stringify({ workingHoursStartTime: 1020, workingHoursEndTime: 480 }) })
    .execute();
  assert.deepEqual(await lookUp(owner, colleague(owner)), {
    ok: false,
    failure: { code: 'AVAILABILITY_WORKING_HOURS', message: 'Work hours start time must be less than or equal to end time.' },
  });
});

test('property: looking up a window in parts tells of the same events as looking it up whole', async () => {
  const owner = await person();
  const daily = { pattern: { type: 'Daily', interval: 2 } as const, range: { type: 'NoEnd', startDate: Date.parse('2026-11-01T00:00:00Z') } as const };
  await organization.calendars.putAll(owner.guid, [
    item('daily', -30 * 24 + 23, { start: Date.parse('2026-11-01T23:30:00+01:00'), end: Date.parse('2026-11-02T01:30:00+01:00'), recurrence: daily }),
    item('long', 20, { end: start + 70 * hour, freeBusyStatus: 'OOF' }),
    item('early', 5, { freeBusyStatus: 'Tentative' }),
  ]);
  const keys = async (from: number, to: number): Promise<Set<string>> => {
    const result = await lookUp(owner, colleague(owner), 'Detailed', { window: { start: from, end: to } });
    assert.ok(result.ok);
    for (const event of result.view.events ?? []) assert.ok(event.start < to && event.end > from);
    return new Set(result.view.events?.map((event) => `${event.details?.subject} ${event.start} ${event.end}`));
  };
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: -48, max: 40 }), fc.integer({ min: 1, max: 48 }), fc.integer({ min: 1, max: 48 }), async (from, first, second) => {
      const a = start + from * hour;
      const b = a + first * hour;
      const c = b + second * hour;
      assert.deepEqual([...(await keys(a, c))].sort(), [...new Set([...(await keys(a, b)), ...(await keys(b, c))])].sort());
    }),
    { numRuns: 40 },
  );
});
