import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { expandItem, OrganizationError, readICalendar } from '../../index.ts';
import type { ICalendarReading, NewCalendarItem, ReadICalendarOptions } from '../../index.ts';

const options = { timeZone: 'W. Europe Standard Time' };
const always = { start: Date.UTC(1970, 0, 1), end: Date.UTC(2040, 0, 1) };

function file(...lines: string[]): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n');
}

/** The event's lines begin on line 5. */
function event(...lines: string[]): string {
  return file('BEGIN:VEVENT', 'UID:a', ...lines, 'END:VEVENT');
}

function only(text: string): NewCalendarItem {
  const { items } = readICalendar(text, options);
  assert.equal(items.length, 1);
  const [item] = items;
  assert.ok(item !== undefined);
  return item;
}

function occurrences(item: NewCalendarItem): string[] {
  return [...expandItem({ ...item, id: '' }, always)]
    .sort((a, b) => a.start - b.start)
    .map(({ start, end }) => `${new Date(start).toISOString().slice(0, 16)}/${new Date(end).toISOString().slice(11, 16)}`);
}

function refusal(text: string | Uint8Array, changes: Partial<ReadICalendarOptions> = {}): string {
  let reading: ICalendarReading;
  try {
    reading = readICalendar(text, { ...options, ...changes });
  } catch (error) {
    assert.ok(error instanceof OrganizationError);
    assert.equal(error.code, 'ORGANIZATION_ICALENDAR_REFUSED');
    assert.ok(!error.message.includes('\n'));
    return error.message;
  }
  return assert.fail(`accepted: ${JSON.stringify(reading)}`);
}

test('reads an event with all that a calendar keeps of it', () => {
  const item = only(
    event('SUMMARY:Review\\, part 2', 'LOCATION;LANGUAGE=en:Room\\n1', 'DTSTART;TZID=Europe/Berlin:20260112T090000', 'DTEND;TZID=Europe/Berlin:20260112T103000', 'CLASS:PRIVATE', 'TRANSP:OPAQUE', 'ATTENDEE:mailto:b@contoso.test', 'BEGIN:VALARM', 'TRIGGER:-PT5M', 'END:VALARM'),
  );
  assert.deepEqual(item, {
    uid: 'a',
    subject: 'Review, part 2',
    location: 'Room 1',
    freeBusyStatus: 'Busy',
    sensitivity: 'Private',
    isAllDay: false,
    isMeeting: true,
    isReminderSet: true,
    start: Date.UTC(2026, 0, 12, 8),
    end: Date.UTC(2026, 0, 12, 9, 30),
    timeZone: 'Europe/Berlin',
  });
});

test('unfolds lines, takes bytes with a byte order mark, and line feeds alone', () => {
  const text = event('SUMMARY:Long\r\n er su\r\n\tbject ü', 'DTSTART:20260112T090000Z').replaceAll('\r\n', '\n');
  const { items } = readICalendar(new TextEncoder().encode(`\uFEFF${text}`), options);
  assert.equal(items[0]?.subject, 'Longer subject ü');
});

test('free/busy status: what Exchange writes, then TRANSP, then STATUS', () => {
  const status = (...lines: string[]): string => only(event('DTSTART:20260112T090000Z', ...lines)).freeBusyStatus;
  assert.equal(status(), 'Busy');
  assert.equal(status('TRANSP:TRANSPARENT'), 'Free');
  assert.equal(status('STATUS:TENTATIVE'), 'Tentative');
  assert.equal(status('STATUS:Confirmed'), 'Busy');
  assert.equal(status('TRANSP:TRANSPARENT', 'X-MICROSOFT-CDO-BUSYSTATUS:OOF'), 'OOF');
  assert.equal(status('X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE'), 'WorkingElsewhere');
  assert.equal(status('TRANSP:OPAQUE', 'STATUS:TENTATIVE'), 'Tentative');
  assert.equal(status('TRANSP:OPAQUE', 'X-MICROSOFT-MSNCALENDAR-BUSYSTATUS:FREE'), 'Free');
});

test('class: what nobody knows is private', () => {
  const sensitivity = (name: string): string => only(event('DTSTART:20260112T090000Z', `CLASS:${name}`)).sensitivity;
  assert.deepEqual(['PUBLIC', 'CONFIDENTIAL', 'X-PERSONAL', 'X-OTHER'].map(sensitivity), ['Normal', 'Confidential', 'Personal', 'Private']);
});

test('whole days are midnights in the mailbox\'s zone', () => {
  const span = (...lines: string[]): unknown[] => {
    const { start, end, isAllDay, timeZone } = only(event(...lines));
    return [new Date(start).toISOString().slice(0, 13), new Date(end).toISOString().slice(0, 13), isAllDay, timeZone];
  };
  const oneDay = ['2026-03-28T23', '2026-03-29T22', true, options.timeZone];
  assert.deepEqual(span('DTSTART;VALUE=DATE:20260329', 'DTEND;VALUE=DATE:20260330'), oneDay);
  assert.deepEqual(span('DTSTART;VALUE=DATE:20260329'), oneDay);
  assert.deepEqual(span('DTSTART;VALUE=DATE:20260329', 'DURATION:P1D'), oneDay);
  // As products write it that forget VALUE=DATE, or that DTEND is exclusive.
  assert.deepEqual(span('DTSTART:20260329', 'DTEND:20260329'), oneDay);
  const exchange = ['DTSTART;TZID=Tokyo Standard Time:20260329T000000', 'DTEND;TZID=Tokyo Standard Time:20260330T000000', 'X-MICROSOFT-CDO-ALLDAYEVENT:TRUE'];
  assert.deepEqual(span(...exchange), ['2026-03-28T15', '2026-03-29T15', true, 'Tokyo Standard Time']);
});

test('times: floating ones are the mailbox\'s, durations count days on the calendar, none is no time', () => {
  const span = (...lines: string[]): string[] => occurrences(only(event(...lines)));
  assert.deepEqual(span('DTSTART:20260112T090000', 'DTEND:20260112T100000'), ['2026-01-12T08:00/09:00']);
  assert.deepEqual(span('DTSTART:20260328T120000', 'DURATION:P1DT1H'), ['2026-03-28T11:00/11:00']);
  assert.deepEqual(span('DTSTART:20260112T090000Z', 'DTEND;TZID=America/New_York:20260112T050000'), ['2026-01-12T09:00/10:00']);
  assert.deepEqual(span('DTSTART:20260112T090000Z'), ['2026-01-12T09:00/09:00']);
});

test('time zones: Windows ids, IANA names, vendors\' prefixes, the file\'s own rules', () => {
  const start = (tzid: string, ...definition: string[]): string => {
    const { items } = readICalendar(file(...definition, 'BEGIN:VEVENT', 'UID:a', `DTSTART;TZID=${tzid}:20260712T090000`, 'END:VEVENT'), options);
    return new Date(items[0]?.start ?? 0).toISOString().slice(11, 16);
  };
  const rules = (tzid: string, ...more: string[]): string[] => [
    'BEGIN:VTIMEZONE',
    `TZID:${tzid}`,
    ...more,
    'BEGIN:STANDARD',
    'DTSTART:16010101T030000',
    'TZOFFSETFROM:+0430',
    'TZOFFSETTO:+0330',
    'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
    'END:STANDARD',
    'BEGIN:DAYLIGHT',
    'DTSTART:16010101T020000',
    'TZOFFSETFROM:+0330',
    'TZOFFSETTO:+0430',
    'RRULE:FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8,9,10,11,12,13,14;BYDAY=SU',
    'END:DAYLIGHT',
    'END:VTIMEZONE',
  ];
  assert.equal(start('"W. Europe Standard Time"'), '07:00');
  assert.equal(start('America/New_York'), '13:00');
  assert.equal(start('/freeassociation.sourceforge.net/Tzfile/America/Argentina/Buenos_Aires'), '12:00');
  assert.equal(start('Our Time', ...rules('Our Time')), '04:30');
  // Products call zones with daylight saving time by such names; one that says a place is believed.
  assert.equal(start('EST', ...rules('EST')), '04:30');
  assert.equal(start('EST'), '14:00');
  assert.equal(start('Europe/Berlin', ...rules('Europe/Berlin')), '07:00');
  assert.equal(start('Our Time', ...rules('Our Time', 'X-LIC-LOCATION:Europe/London')), '08:00');
  assert.match(refusal(file('BEGIN:VEVENT', 'UID:a', 'DTSTART;TZID=Our Time:20260712T090000', 'END:VEVENT')), /^line 6: the time zone "Our Time"/);
  assert.match(refusal(file(...rules('Our Time').map((line) => line.replace('FREQ=YEARLY;BYMONTH=3', 'FREQ=MONTHLY')), 'BEGIN:VEVENT', 'UID:a', 'DTSTART;TZID=Our Time:20260712T090000', 'END:VEVENT')), /^line 16: the RRULE of the VTIMEZONE/);
});

test('a series in a zone of its own keeps the rules, and follows them', () => {
  const zone = ['BEGIN:VTIMEZONE', 'TZID:Ours', 'BEGIN:STANDARD', 'DTSTART:20260601T000000', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0500', 'END:STANDARD', 'END:VTIMEZONE'];
  const item = only(file(...zone, 'BEGIN:VEVENT', 'UID:a', 'DTSTART;TZID=Ours:20260531T090000', 'DTEND;TZID=Ours:20260531T100000', 'RRULE:FREQ=DAILY;COUNT=2', 'END:VEVENT'));
  assert.deepEqual(occurrences(item), ['2026-05-31T08:00/09:00', '2026-06-01T04:00/05:00']);
  assert.deepEqual(JSON.parse(JSON.stringify(item)), item, 'so that it can be stored');
});

test('exceptions of a series: deleted, changed, cancelled, added', () => {
  const text = file(
    'BEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Daily\r\nDTSTART;TZID=Europe/Berlin:20260112T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=6',
    'EXDATE;TZID=Europe/Berlin:20260113T090000\r\nEXDATE;VALUE=DATE:20260114',
    'RDATE:20260112T120000Z\r\nRDATE;VALUE=PERIOD:20260112T150000Z/PT30M,20260112T160000Z/20260112T180000Z\r\nEND:VEVENT',
    'BEGIN:VEVENT\r\nUID:a\r\nRECURRENCE-ID:20260115T080000Z\r\nSUMMARY:Old\r\nDTSTART:20260201T080000Z\r\nSEQUENCE:1\r\nEND:VEVENT',
    'BEGIN:VEVENT\r\nUID:a\r\nRECURRENCE-ID:20260115T080000Z\r\nSUMMARY:Moved\r\nDTSTART:20260120T080000Z\r\nDURATION:PT2H\r\nSEQUENCE:2\r\nEND:VEVENT',
    'BEGIN:VEVENT\r\nUID:a\r\nRECURRENCE-ID;TZID=Europe/Berlin:20260116T090000\r\nSTATUS:CANCELLED\r\nDTSTART:20260116T080000Z\r\nEND:VEVENT',
  );
  const item = only(text);
  assert.deepEqual(occurrences(item), ['2026-01-12T08:00/09:00', '2026-01-12T12:00/13:00', '2026-01-12T15:00/15:30', '2026-01-12T16:00/18:00', '2026-01-17T08:00/09:00', '2026-01-20T08:00/10:00']);
  assert.deepEqual(item.modifiedOccurrences, [{ originalStart: Date.UTC(2026, 0, 15, 8), start: Date.UTC(2026, 0, 20, 8), end: Date.UTC(2026, 0, 20, 10), subject: 'Moved' }]);
});

test('an occurrence without its series is an appointment of its own', () => {
  const { items } = readICalendar(file('BEGIN:VEVENT', 'UID:a', 'RECURRENCE-ID:20260115T080000Z', 'DTSTART:20260116T080000Z', 'END:VEVENT', 'BEGIN:VEVENT', 'UID:a', 'RECURRENCE-ID:20260215T080000Z', 'DTSTART:20260216T080000Z', 'END:VEVENT'), options);
  assert.deepEqual(items.map(({ uid, recurrence }) => [uid, recurrence]), [['a 20260115T080000Z', undefined], ['a 20260215T080000Z', undefined]]);
});

test('rules become the patterns of Exchange', () => {
  // 2026-01-30 is a Friday, the last weekday of its month and the fifth Friday.
  const pattern = (rule: string, start = '20260130T090000Z'): unknown => only(event(`DTSTART:${start}`, `RRULE:${rule}`)).recurrence?.pattern;
  assert.deepEqual(pattern('FREQ=DAILY;BYDAY=MO, TU, WE, TH, FR;WKST=SU'), { type: 'Weekly', interval: 1, daysOfWeek: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'], firstDayOfWeek: 'Sunday' });
  assert.deepEqual(pattern('FREQ=WEEKLY;INTERVAL=2'), { type: 'Weekly', interval: 2, daysOfWeek: ['Friday'], firstDayOfWeek: 'Monday' });
  assert.deepEqual(pattern('FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1'), { type: 'RelativeMonthly', interval: 1, daysOfWeek: 'Weekday', dayOfWeekIndex: 'Last' });
  assert.deepEqual(pattern('FREQ=MONTHLY;BYDAY=-1FR'), { type: 'RelativeMonthly', interval: 1, daysOfWeek: 'Friday', dayOfWeekIndex: 'Last' });
  assert.deepEqual(pattern('FREQ=MONTHLY;BYMONTHDAY=-1'), { type: 'AbsoluteMonthly', interval: 1, dayOfMonth: 31 });
  assert.deepEqual(pattern('FREQ=MONTHLY'), { type: 'AbsoluteMonthly', interval: 1, dayOfMonth: 30, skipShortMonths: true });
  assert.deepEqual(pattern('FREQ=MONTHLY;BYMONTHDAY=22,23,24,25,26,27,28;BYDAY=FR'), { type: 'RelativeMonthly', interval: 1, daysOfWeek: 'Friday', dayOfWeekIndex: 'Fourth' });
  assert.deepEqual(pattern('FREQ=YEARLY;BYMONTH=1;BYDAY=SA,SU;BYSETPOS=1'), { type: 'RelativeYearly', month: 1, daysOfWeek: 'WeekendDay', dayOfWeekIndex: 'First' });
  assert.deepEqual(pattern('FREQ=YEARLY;INTERVAL=2'), { type: 'AbsoluteMonthly', interval: 24, dayOfMonth: 30, skipShortMonths: true });
  assert.deepEqual(pattern('FREQ=YEARLY', '20240229T090000Z'), { type: 'AbsoluteYearly', month: 2, dayOfMonth: 29, skipShortMonths: true });
  assert.deepEqual(pattern('FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=5', '20260105T090000Z'), { type: 'AbsoluteMonthly', interval: 3, dayOfMonth: 5 });
});

test('ranges: COUNT counts a start outside the rule, UNTIL is read in the series\' zone', () => {
  const range = (rule: string): unknown => only(event('DTSTART;TZID=America/New_York:20260130T210000', `RRULE:${rule}`)).recurrence?.range;
  const startDate = Date.UTC(2026, 0, 30);
  assert.deepEqual(range('FREQ=DAILY;COUNT=3'), { type: 'Numbered', startDate, numberOfOccurrences: 3 });
  // Midnight UTC of the 3rd is 19:00 on the 2nd, before that day's occurrence; two in the morning is just in time.
  assert.deepEqual(range('FREQ=DAILY;UNTIL=20260203T000000Z'), { type: 'EndDate', startDate, endDate: Date.UTC(2026, 1, 1) });
  assert.deepEqual(range('FREQ=DAILY;UNTIL=20260203T020000Z'), { type: 'EndDate', startDate, endDate: Date.UTC(2026, 1, 2) });
  assert.deepEqual(range('FREQ=DAILY;COUNT=1500'), { type: 'EndDate', startDate, endDate: startDate + 1499 * 86_400_000 });
  const outside = only(event('DTSTART:20260130T090000Z', 'RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3'));
  assert.deepEqual(occurrences(outside), ['2026-01-30T09:00/09:00', '2026-02-02T09:00/09:00', '2026-02-09T09:00/09:00']);
  const dated = only(event('DTSTART;VALUE=DATE:20260320', 'RRULE:FREQ=DAILY;UNTIL=20260323T235959Z'));
  assert.equal(occurrences(dated).length, 4);
});

test('a series that starts in a gap keeps its time of day', () => {
  const item = only(event('DTSTART;TZID=Europe/Berlin:20260329T023000', 'DTEND;TZID=Europe/Berlin:20260329T033000', 'RRULE:FREQ=DAILY;COUNT=2'));
  assert.deepEqual(occurrences(item).map((text) => text.slice(0, 16)), ['2026-03-29T01:30', '2026-03-30T00:30']);
});

test('a short rule without a pattern is kept date by date; an endless or long one refuses the file', () => {
  const item = only(event('DTSTART:20260105T090000Z', 'DURATION:PT1H', 'RRULE:FREQ=MONTHLY;BYDAY=1MO,3MO;COUNT=4'));
  assert.equal(item.recurrence, undefined);
  assert.deepEqual(occurrences(item).map((text) => text.slice(0, 10)), ['2026-01-05', '2026-01-19', '2026-02-02', '2026-02-16']);
  const start = 'DTSTART:20260105T090000Z';
  assert.match(refusal(event(start, 'RRULE:FREQ=MONTHLY;BYDAY=1MO,3MO')), /^line 7: RRULE is no pattern .* it never ends$/);
  assert.match(refusal(event(start, 'RRULE:FREQ=MONTHLY;BYDAY=1MO,3MO;COUNT=5000')), /^line 7: RRULE is no pattern .* too many/);
  // What lies beyond the year 9999, nobody asks for.
  assert.equal(occurrences(only(event(start, 'RRULE:FREQ=YEARLY;INTERVAL=1000000;BYDAY=1MO,20TU;COUNT=1000000'))).length, 2);
});

test('refuses rules that no Exchange calendar can keep, with line and reason', () => {
  const cases: [string, RegExp][] = [
    ['FREQ=HOURLY', /once a day, not hourly/],
    ['FREQ=SECONDLY;COUNT=1000000', /once a day, not secondly/],
    ['FREQ=DAILY;BYHOUR=9,17', /not at other hours/],
    ['FREQ=YEARLY;BYWEEKNO=20', /"BYWEEKNO" cannot be kept/],
    ['FREQ=DAILY;COUNT=2;UNTIL=20270101T000000Z', /both COUNT and UNTIL/],
    ['FREQ=DAILY;INTERVAL=0', /"INTERVAL=0" is not valid/],
    ['FREQ=DAILY;UNTIL=20250101T000000Z', /UNTIL lies before the start/],
    ['INTERVAL=2', /no FREQ/],
    ['FREQ=WEEKLY;BYDAY=XX', /"BYDAY=XX" is not valid/],
    ['FREQ=DAILY;FREQ=DAILY', /not valid/],
    ['', /no FREQ/],
  ];
  for (const [rule, reason] of cases) {
    const message = refusal(event('DTSTART:20260105T090000Z', `RRULE:${rule}`));
    assert.match(message, /^line 7: /);
    assert.match(message, reason);
  }
});

test('one unreadable event refuses the file, and all reasons are told', () => {
  const text = file('BEGIN:VEVENT', 'UID:good', 'DTSTART:20260105T090000Z', 'END:VEVENT', 'BEGIN:VEVENT', 'UID:bad', 'DTSTART:20261305T090000Z', 'END:VEVENT', 'BEGIN:VEVENT', 'UID:worse', 'END:VEVENT');
  assert.throws(
    () => readICalendar(text, options),
    (error: OrganizationError) => {
      assert.equal(error.message, 'line 10: DTSTART "20261305T090000Z" is not a date or a time (and 1 more)');
      assert.deepEqual(error.facts['refusals'], [
        { line: 10, reason: 'DTSTART "20261305T090000Z" is not a date or a time' },
        { line: 12, reason: 'the event "worse" has no DTSTART' },
      ]);
      return true;
    },
  );
});

test('refuses files that are broken or something else, with the line', () => {
  const start = 'DTSTART:20260105T090000Z';
  const cases: [string | Uint8Array, RegExp][] = [
    ['', /^line 1: the file holds no calendar/],
    ['hello', /^line 1: "hello" is not a property/],
    ['<html></html>', /^line 1: /],
    ['BEGIN:VEVENT\r\nEND:VEVENT\r\n', /^line 1: "VEVENT" begins outside/],
    ['VERSION:2.0\r\n', /^line 1: the file does not begin/],
    ['BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n', /^line 2: "VEVENT" begins here and never ends/],
    ['BEGIN:VCALENDAR\r\nEND:VEVENT\r\n', /^line 2: END:VEVENT does not match BEGIN:VCALENDAR of line 1/],
    [new Uint8Array([0x42, 0xff, 0xfe]), /^line 1: the file is not encoded in UTF-8/],
    [event(start).replace('2.0', '1.0'), /^line 2: the file is iCalendar "1.0"/],
    [event(start, 'X-BROKEN=1'), /^line 7: "X-BROKEN=1" is not a property/],
    [event('DTSTART;;VALUE=DATE-TIME:20260105T090000'), /^line 6: the parameters of DTSTART are malformed/],
    [event('DTSTART;TZID="Europe/Berlin:20260105T090000'), /^line 6: a quotation mark is never closed/],
    [event(start, start), /^line 7: VEVENT has a second DTSTART/],
    [event(start, 'DTEND:20260105T080000Z'), /^line 7: the event ends before it starts/],
    [event(start, 'DTEND;VALUE=DATE:20260106'), /^line 7: of DTSTART and DTEND/],
    [event(start, 'DURATION:-PT1H'), /^line 7: DURATION "-PT1H" is negative/],
    [event(start, 'DURATION:PT'), /^line 7: DURATION "PT" is not a duration/],
    [event(start, 'EXDATE;VALUE=DATE:'), /^line 7: EXDATE has no value/],
    [event(start, 'RDATE;VALUE=PERIOD:20260101/20260102'), /^line 7: RDATE "20260101\/20260102" is not a period/],
    [event('DTSTART:20260230T090000Z'), /^line 6: DTSTART "20260230T090000Z"/],
    [event(start, 'RRULE:FREQ=DAILY', 'EXRULE:FREQ=WEEKLY'), /^line 8: EXRULE/],
    [file('BEGIN:VEVENT', 'UID:a', start, 'END:VEVENT', 'BEGIN:VEVENT', 'UID:a', start, 'END:VEVENT'), /^line 8: a second event has the UID "a" of line 4/],
    [file('METHOD:REPLY', 'BEGIN:VEVENT', 'UID:a', start, 'END:VEVENT'), /^line 4: METHOD:REPLY/],
    [file('BEGIN:DAYLIGHT', 'END:DAYLIGHT'), /^line 4: DAYLIGHT has no place/],
    [file(...Array.from({ length: 9 }, (_, n) => `BEGIN:X${n}`)), /^line 11: components are nested/],
  ];
  for (const [text, reason] of cases) assert.match(refusal(text), reason);
});

test('keeps to its limits', () => {
  const events = Array.from({ length: 5 }, (_, n) => ['BEGIN:VEVENT', `UID:${n}`, 'DTSTART:20260105T090000Z', 'END:VEVENT']).flat();
  assert.match(refusal(file(...events), { maxBytes: 100 }), /larger than 100 bytes/);
  assert.match(refusal(file(...events), { maxComponents: 3 }), /more than 3 components/);
  assert.match(refusal(file(...events), { maxItems: 4 }), /more than 4 appointments/);
  const exceptions = Array.from({ length: 600 }, () => `EXDATE:${Array.from({ length: 10 }, (_, n) => `2026010${n % 9 + 1}T090000Z`).join(',')}`);
  assert.match(refusal(event('DTSTART:20260105T090000Z', 'RRULE:FREQ=DAILY', ...exceptions)), /^line 4: the event "a": .*at most 5000/);
});

test('passes over what is no appointment, and counts it', () => {
  const reading = readICalendar(
    file('BEGIN:VTODO', 'UID:t', 'END:VTODO', 'BEGIN:VJOURNAL', 'END:VJOURNAL', 'BEGIN:VEVENT', 'UID:c', 'STATUS:CANCELLED', 'DTSTART:20260105T090000Z', 'END:VEVENT', 'BEGIN:X-OURS', 'BEGIN:VEVENT', 'END:VEVENT', 'END:X-OURS'),
    options,
  );
  assert.deepEqual(reading, { items: [], properties: new Map(), ignored: { VTODO: 1, VJOURNAL: 1, CANCELLED: 1, 'X-OURS': 1 } });
});

test('busy times of a VFREEBUSY are items of their status', () => {
  const { items } = readICalendar(file('METHOD:REPLY', 'BEGIN:VFREEBUSY', 'UID:f', 'FREEBUSY:20260105T090000Z/PT1H,20260105T120000Z/20260105T130000Z', 'FREEBUSY;FBTYPE=BUSY-TENTATIVE:20260106T090000Z/PT1H', 'FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20260107T090000Z/PT1H', 'FREEBUSY;FBTYPE=FREE:20260108T090000Z/PT1H', 'END:VFREEBUSY'), options);
  assert.deepEqual(items.map(({ freeBusyStatus, start }) => [freeBusyStatus, new Date(start).toISOString().slice(8, 16)]), [['Busy', '05T09:00'], ['Busy', '05T12:00'], ['Tentative', '06T09:00'], ['OOF', '07T09:00']]);
  assert.equal(new Set(items.map(({ uid }) => uid)).size, 4);
});

test('an event without UID gets the same one each time', () => {
  const text = file('BEGIN:VEVENT', 'DTSTART:20260105T090000Z', 'DTSTAMP:20260101T000000Z', 'END:VEVENT');
  assert.equal(only(text).uid, only(text.replace('DTSTAMP:20260101', 'DTSTAMP:20270101')).uid);
  assert.notEqual(only(text).uid, only(text.replace('DTSTART:20260105', 'DTSTART:20260106')).uid);
});

test('never throws anything but its refusal, whatever becomes of a file', () => {
  const whole = event('SUMMARY;LANGUAGE=en:Daily', 'DTSTART;TZID=Europe/Berlin:20260112T090000', 'DURATION:PT1H', 'RRULE:FREQ=MONTHLY;BYDAY=1MO;COUNT=6;INTERVAL=2', 'EXDATE;TZID=Europe/Berlin:20260113T090000', 'RDATE;VALUE=PERIOD:20260112T150000Z/PT30M', 'CLASS:PRIVATE');
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.nat(12), fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('', ';', ':', '"', '0', '99', '\r\n ', ',', '=', '/', '-')), (at, removed, inserted) => {
      const text = whole.slice(0, at) + inserted + whole.slice(at + removed);
      try {
        for (const item of readICalendar(text, options).items) for (const _ of expandItem({ ...item, id: '' }, { start: 0, end: Date.UTC(2030, 0, 1) })) void _;
      } catch (error) {
        assert.ok(error instanceof OrganizationError && error.code === 'ORGANIZATION_ICALENDAR_REFUSED', `${String(error)} for ${JSON.stringify(text)}`);
      }
    }),
    { numRuns: 400 },
  );
});
