import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { AttendeeType, CalendarEvent, SuggestionsViewOptions } from '../../ews/index.ts';
import type { FreeBusyStatus } from '../../organization/index.ts';
import { createTimeZone } from '../../organization/index.ts';
import type { AttendeeAvailability, SuggestTimesInput } from './suggest-times.ts';
import { suggestTimes } from './suggest-times.ts';
import { suggestionQuality } from './suggestion-quality.ts';
import { defaultWorkTime } from './work-time.ts';

const berlin = createTimeZone('W. Europe Standard Time');
/** Berlin wall clock on Monday 30 November 2026, UTC+1. */
const at = (text: string, date = '2026-11-30'): number => Date.parse(`${date}T${text}:00+01:00`);
const busy = (start: string, end: string, busyType: FreeBusyStatus = 'Busy'): CalendarEvent => ({ start: at(start), end: at(end), busyType });
const known = (...events: CalendarEvent[]): AttendeeAvailability => ({ kind: 'Known', events });
const monday = { start: at('00:00'), end: at('00:00', '2026-12-01') };
const options: SuggestionsViewOptions = {
  goodThreshold: 25,
  maximumResultsByDay: 48,
  maximumNonWorkHourResultsByDay: 0,
  meetingDurationInMinutes: 60,
  minimumSuggestionQuality: 'Poor',
  detailedSuggestionsWindow: monday,
};

function attendee(availability: AttendeeAvailability, attendeeType: AttendeeType = 'Required', excludeConflicts = false) {
  return { mailbox: { email: { address: 'x@contoso.test' }, attendeeType, excludeConflicts }, availability };
}

function suggest(attendees: SuggestTimesInput['attendees'], changes: Partial<SuggestionsViewOptions> = {}) {
  return suggestTimes({ options: { ...options, ...changes }, attendees, zone: berlin, workTime: defaultWorkTime(berlin) });
}

const clock = (time: number): string => new Date(time + berlin.offsetAt(time)).toISOString().slice(11, 16);

test('quality: excellent without conflicts, good below the threshold, fair up to 50 percent, poor beyond', () => {
  assert.equal(suggestionQuality(0, 4, 25), 'Excellent');
  assert.equal(suggestionQuality(1, 5, 25), 'Good');
  assert.equal(suggestionQuality(1, 4, 25), 'Fair');
  assert.equal(suggestionQuality(2, 4, 25), 'Fair');
  assert.equal(suggestionQuality(3, 5, 25), 'Poor');
  assert.equal(suggestionQuality(0, 0, 25), 'Poor');
});

test('a working day with one attendee who is busy from ten to twelve', () => {
  const [day, ...more] = suggest([attendee(known(busy('10:00', '12:00')))], { minimumSuggestionQuality: 'Excellent' });
  assert.equal(more.length, 0);
  assert.equal(day?.date, at('00:00'));
  assert.equal(day?.quality, 'Excellent');
  // Work time is 8 to 17; the hour must be over by ten, or begin at twelve or later, and end by 17.
  assert.deepEqual(
    day?.suggestions.map((one) => clock(one.meetingTime)),
    ['08:00', '08:30', '09:00', '12:00', '12:30', '13:00', '13:30', '14:00', '14:30', '15:00', '15:30', '16:00'],
  );
  assert.ok(day?.suggestions.every((one) => one.isWorkTime && one.quality === 'Excellent'));
});

test('rates a time over all attendees and reports each one’s heaviest status, in order', () => {
  const attendees = [
    attendee(known(), 'Organizer'),
    attendee(known(busy('09:00', '10:00', 'Tentative'), busy('09:30', '11:00', 'OOF'))),
    attendee(known(busy('09:00', '10:00', 'WorkingElsewhere')), 'Optional'),
    attendee({ kind: 'NoData' }, 'Room'),
    attendee({ kind: 'Unknown' }, 'Resource'),
  ];
  const nine = suggest(attendees)[0]?.suggestions.find((one) => clock(one.meetingTime) === '09:00');
  assert.deepEqual(nine?.conflicts, [
    { kind: 'Individual', busyType: 'Free' },
    { kind: 'Individual', busyType: 'OOF' },
    { kind: 'Individual', busyType: 'WorkingElsewhere' },
    { kind: 'Individual', busyType: 'NoData' },
    { kind: 'Unknown' },
  ]);
  // One conflict among the three whose time is known: 33 percent.
  assert.equal(nine?.quality, 'Fair');
});

test('lists the best first: by quality, then fewer conflicts of required attendees, then time', () => {
  const attendees = [
    attendee(known(busy('08:00', '09:00')), 'Required'),
    attendee(known(busy('09:00', '10:00')), 'Optional'),
    attendee(known(), 'Required'),
    attendee(known(), 'Required'),
  ];
  const window = { start: at('08:00'), end: at('11:00') };
  const day = suggest(attendees, { detailedSuggestionsWindow: window })[0];
  assert.deepEqual(
    day?.suggestions.map((one) => [clock(one.meetingTime), one.quality]),
    [
      ['10:00', 'Excellent'],
      ['09:00', 'Fair'],
      ['09:30', 'Fair'],
      ['08:00', 'Fair'],
      ['08:30', 'Fair'],
    ],
  );
});

test('leaves out times at which an attendee with excludeConflicts is busy', () => {
  const window = { start: at('08:00'), end: at('10:00') };
  const starts = (exclude: boolean) =>
    suggest([attendee(known(busy('08:00', '08:30', 'Tentative')), 'Room', exclude), attendee(known())], {
      detailedSuggestionsWindow: window,
    })[0]?.suggestions.map((one) => clock(one.meetingTime));
  assert.deepEqual(starts(true), ['08:30', '09:00']);
  assert.deepEqual(starts(false), ['08:30', '09:00', '08:00']);
});

test('times outside the organizer’s hours count against their own limit, within the whole one', () => {
  const outside = suggest([attendee(known())], { maximumNonWorkHourResultsByDay: 2, maximumResultsByDay: 3 })[0]?.suggestions;
  assert.deepEqual(
    outside?.map((one) => [clock(one.meetingTime), one.isWorkTime]),
    [
      ['00:00', false],
      ['00:30', false],
      ['08:00', true],
    ],
  );
  const saturday = { start: at('00:00', '2026-12-05'), end: at('00:00', '2026-12-06') };
  assert.deepEqual(suggest([attendee(known())], { detailedSuggestionsWindow: saturday }), [{ date: saturday.start, quality: 'Poor', suggestions: [] }]);
  assert.deepEqual(suggest([attendee(known())], { maximumResultsByDay: 0 })[0]?.suggestions, []);
});

test('the meeting that is being moved is no conflict of itself', () => {
  const attendees = [attendee(known(busy('09:00', '10:00'), busy('09:00', '09:30')))];
  const window = { start: at('09:00'), end: at('10:30') };
  const qualities = (current?: number) =>
    suggest(attendees, { detailedSuggestionsWindow: window, ...(current === undefined ? {} : { currentMeetingTime: current }) })[0]?.suggestions.map((one) => [
      clock(one.meetingTime),
      one.quality,
    ]);
  assert.deepEqual(qualities(), [
    ['09:00', 'Poor'],
    ['09:30', 'Poor'],
  ]);
  assert.deepEqual(qualities(at('09:00')), [
    ['09:30', 'Excellent'],
    ['09:00', 'Poor'],
  ]);
});

test('days begin at midnight in the request’s zone, also where the clock changes', () => {
  const window = { start: Date.parse('2026-10-24T00:00:00+02:00'), end: Date.parse('2026-10-27T00:00:00+01:00') };
  const days = suggest([attendee(known())], {
    detailedSuggestionsWindow: window,
    maximumNonWorkHourResultsByDay: 48,
    maximumResultsByDay: 60,
    meetingDurationInMinutes: 30,
  });
  assert.deepEqual(
    days.map((day) => new Date(day.date).toISOString()),
    ['2026-10-23T22:00:00.000Z', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
  );
  // 25 hours on the day that summer time ends would make 50 half hours; of those outside work time 48 may be listed.
  assert.equal(days[1]?.suggestions.length, 48);
  assert.ok(days[1]?.suggestions.every((one) => one.meetingTime >= (days[1]?.date ?? 0) && one.meetingTime < (days[2]?.date ?? 0)));
});

test('property: a time is excellent exactly when no known attendee has a conflicting block in it', () => {
  const statuses = fc.constantFrom<FreeBusyStatus>('Free', 'Tentative', 'Busy', 'OOF', 'WorkingElsewhere');
  const calendar = fc.array(fc.record({ from: fc.integer({ min: 0, max: 1439 }), length: fc.integer({ min: 0, max: 300 }), busyType: statuses }), {
    maxLength: 6,
  });
  fc.assert(
    fc.property(fc.array(calendar, { minLength: 1, maxLength: 4 }), fc.integer({ min: 30, max: 240 }), (calendars, minutes) => {
      const attendees = calendars.map((events) =>
        attendee(
          known(
            ...events.map((one) => ({ start: at('00:00') + one.from * 60_000, end: at('00:00') + (one.from + one.length) * 60_000, busyType: one.busyType })),
          ),
        ),
      );
      const [day] = suggest(attendees, { meetingDurationInMinutes: minutes, maximumNonWorkHourResultsByDay: 48 });
      assert.equal(day?.suggestions.length, Math.floor((1440 - minutes) / 30) + 1);
      for (const one of day?.suggestions ?? []) {
        const end = one.meetingTime + minutes * 60_000;
        const conflict = attendees.some(
          ({ availability }) =>
            availability.kind === 'Known' &&
            availability.events.some(
              (event) => ['Tentative', 'Busy', 'OOF'].includes(event.busyType) && event.start < event.end && event.start < end && event.end > one.meetingTime,
            ),
        );
        assert.equal(one.quality === 'Excellent', !conflict);
      }
    }),
  );
});
