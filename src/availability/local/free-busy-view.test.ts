import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FreeBusyViewType, WorkingHours } from '../../ews/index.ts';
import type { CalendarOccurrence } from '../../organization/index.ts';
import type { AccessLevel } from './access-level.ts';
import { grantedView, weakerAccess } from './access-level.ts';
import { freeBusyView } from './free-busy-view.ts';

const start = Date.parse('2026-11-30T08:00:00Z');
const hour = 3_600_000;
const workingHours: WorkingHours = {
  timeZone: {
    bias: 0,
    standardTime: { bias: 0, time: '00:00:00', dayOrder: 0, month: 0, dayOfWeek: 'Sunday' },
    daylightTime: { bias: 0, time: '00:00:00', dayOrder: 0, month: 0, dayOfWeek: 'Sunday' },
  },
  periods: [{ daysOfWeek: ['Monday'], startTimeInMinutes: 480, endTimeInMinutes: 1020 }],
};
const plain: CalendarOccurrence = {
  itemId: 'AAA=',
  start,
  end: start + hour,
  subject: 'Budget',
  location: 'Room 4',
  freeBusyStatus: 'Busy',
  sensitivity: 'Normal',
  isAllDay: false,
  isMeeting: true,
  isReminderSet: true,
  isRecurring: true,
  isException: false,
};
const flags = { isMeeting: true, isRecurring: true, isException: false, isReminderSet: true };

function view(requestedView: Exclude<FreeBusyViewType, 'None'>, access: Exclude<AccessLevel, 'None'>, occurrence = plain, isOwner = false) {
  return freeBusyView({
    occurrences: [occurrence],
    workingHours,
    options: { window: { start, end: start + 2 * hour }, mergedFreeBusyIntervalInMinutes: 60, requestedView },
    access,
    isOwner,
  });
}

test('each view holds its own members', () => {
  const event = { start, end: start + hour, busyType: 'Busy' };
  const detailed = { ...event, details: { id: 'AAA=', subject: 'Budget', location: 'Room 4', ...flags, isPrivate: false } };
  assert.deepEqual(view('MergedOnly', 'FullDetails'), { viewType: 'MergedOnly', mergedFreeBusy: '20' });
  assert.deepEqual(view('FreeBusy', 'FullDetails'), { viewType: 'FreeBusy', events: [event], workingHours });
  assert.deepEqual(view('FreeBusyMerged', 'FullDetails'), { viewType: 'FreeBusyMerged', mergedFreeBusy: '20', events: [event], workingHours });
  assert.deepEqual(view('Detailed', 'FullDetails'), { viewType: 'Detailed', events: [detailed], workingHours });
  assert.deepEqual(view('DetailedMerged', 'FullDetails'), { viewType: 'DetailedMerged', mergedFreeBusy: '20', events: [detailed], workingHours });
});

test('availability only turns detailed views into plain ones and leaves the others', () => {
  const requested = ['MergedOnly', 'FreeBusy', 'FreeBusyMerged', 'Detailed', 'DetailedMerged'] as const;
  assert.deepEqual(
    requested.map((one) => grantedView(one, 'AvailabilityOnly')),
    ['MergedOnly', 'FreeBusy', 'FreeBusyMerged', 'FreeBusy', 'FreeBusyMerged'],
  );
  assert.deepEqual(
    requested.map((one) => grantedView(one, 'LimitedDetails')),
    requested,
  );
  assert.doesNotMatch(JSON.stringify(view('DetailedMerged', 'AvailabilityOnly')), /Budget|Room 4|AAA=|isPrivate/);
});

test('limited details show subject and location, and not the id that opens the item', () => {
  assert.deepEqual(view('Detailed', 'LimitedDetails').events?.[0]?.details, { subject: 'Budget', location: 'Room 4', ...flags, isPrivate: false });
});

test('private and confidential items hide their content from all but the owner', () => {
  for (const sensitivity of ['Private', 'Confidential'] as const) {
    assert.deepEqual(view('Detailed', 'FullDetails', { ...plain, sensitivity }).events?.[0]?.details, { ...flags, isPrivate: true });
    assert.equal(view('Detailed', 'FullDetails', { ...plain, sensitivity }, true).events?.[0]?.details?.subject, 'Budget');
  }
  assert.equal(view('Detailed', 'FullDetails', { ...plain, sensitivity: 'Personal' }).events?.[0]?.details?.isPrivate, false);
});

test('the weaker of two levels holds, whichever comes first', () => {
  assert.equal(weakerAccess('LimitedDetails', 'AvailabilityOnly'), 'AvailabilityOnly');
  assert.equal(weakerAccess('AvailabilityOnly', 'LimitedDetails'), 'AvailabilityOnly');
  assert.equal(weakerAccess('None', 'FullDetails'), 'None');
  assert.equal(weakerAccess('FullDetails', 'FullDetails'), 'FullDetails');
});
