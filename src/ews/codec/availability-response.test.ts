import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { createTimeZone } from '../../organization/index.ts';
import type { TimeZone } from '../../organization/index.ts';
import { parseXml, readSoapEnvelope } from '../../xml/index.ts';
import type { AvailabilityResponse } from './availability-types.ts';
import { decodeAvailabilityResponse } from './decode-availability-response.ts';
import { encodeAvailabilityResponse } from './encode-availability-response.ts';
import { UnexpectedAnswer } from './unexpected-answer.ts';
import { utc } from './utc.ts';

const serverVersion = { majorVersion: 15, minorVersion: 2, majorBuildNumber: 2562, minorBuildNumber: 41, version: 'V2017_07_11' };

function encode(response: AvailabilityResponse, timeZone: TimeZone = utc, knowsWorkingElsewhere = true): string {
  return encodeAvailabilityResponse(response, { version: '1.1', serverVersion, timeZone, knowsWorkingElsewhere }).text;
}

function decode(text: string, timeZone: TimeZone = utc): AvailabilityResponse {
  const [element] = readSoapEnvelope(parseXml(Buffer.from(text))).body;
  assert.ok(element);
  return decodeAvailabilityResponse(element, timeZone);
}

const body = (text: string): string => /<s:Body>(.*)<\/s:Body>/.exec(text)?.[1] ?? '';

test('an answer has the elements, the order and the namespaces of the schema', () => {
  const at = Date.parse('2026-07-01T07:00:00Z');
  const transition = { bias: 0, time: '02:00:00', dayOrder: 1, month: 11, dayOfWeek: 'Sunday' as const };
  const text = encode(
    {
      freeBusy: [
        {
          ok: true,
          view: {
            viewType: 'DetailedMerged',
            mergedFreeBusy: '0022',
            events: [
              {
                start: at,
                end: at + 3_600_000,
                busyType: 'Busy',
                details: { id: '00A1', subject: 'R & D', location: 'Room', isMeeting: true, isRecurring: false, isException: false, isReminderSet: true, isPrivate: false },
              },
            ],
            workingHours: {
              timeZone: { bias: 480, standardTime: transition, daylightTime: { ...transition, bias: -60, dayOrder: 2, month: 3 } },
              periods: [{ daysOfWeek: ['Monday', 'Friday'], startTimeInMinutes: 480, endTimeInMinutes: 1020 }],
            },
          },
        },
        { ok: false, failure: { responseCode: 'ErrorMailRecipientNotFound', messageText: 'Unable to resolve.', exceptionType: 'MailRecipientNotFoundException', exceptionCode: 5009, exceptionServerName: 'MBX1', responseSource: 'Local' } },
      ],
    },
    createTimeZone('W. Europe Standard Time'),
  );
  const types = 'xmlns="http://schemas.microsoft.com/exchange/services/2006/types"';
  const errors = 'xmlns="http://schemas.microsoft.com/exchange/services/2006/errors"';
  assert.match(text, /<s:Header><h:ServerVersionInfo MajorVersion="15" MinorVersion="2" MajorBuildNumber="2562" MinorBuildNumber="41" Version="V2017_07_11" xmlns:h="[^"]*2006\/types"\/><\/s:Header>/);
  assert.equal(
    body(text),
    '<GetUserAvailabilityResponse xmlns="http://schemas.microsoft.com/exchange/services/2006/messages"><FreeBusyResponseArray>' +
      '<FreeBusyResponse><ResponseMessage ResponseClass="Success"><ResponseCode>NoError</ResponseCode></ResponseMessage><FreeBusyView>' +
      `<FreeBusyViewType ${types}>DetailedMerged</FreeBusyViewType><MergedFreeBusy ${types}>0022</MergedFreeBusy>` +
      `<CalendarEventArray ${types}><CalendarEvent><StartTime>2026-07-01T09:00:00</StartTime><EndTime>2026-07-01T10:00:00</EndTime><BusyType>Busy</BusyType>` +
      '<CalendarEventDetails><ID>00A1</ID><Subject>R &amp; D</Subject><Location>Room</Location><IsMeeting>true</IsMeeting><IsRecurring>false</IsRecurring><IsException>false</IsException><IsReminderSet>true</IsReminderSet><IsPrivate>false</IsPrivate></CalendarEventDetails>' +
      `</CalendarEvent></CalendarEventArray><WorkingHours ${types}><TimeZone><Bias>480</Bias>` +
      '<StandardTime><Bias>0</Bias><Time>02:00:00</Time><DayOrder>1</DayOrder><Month>11</Month><DayOfWeek>Sunday</DayOfWeek></StandardTime>' +
      '<DaylightTime><Bias>-60</Bias><Time>02:00:00</Time><DayOrder>2</DayOrder><Month>3</Month><DayOfWeek>Sunday</DayOfWeek></DaylightTime></TimeZone>' +
      '<WorkingPeriodArray><WorkingPeriod><DayOfWeek>Monday Friday</DayOfWeek><StartTimeInMinutes>480</StartTimeInMinutes><EndTimeInMinutes>1020</EndTimeInMinutes></WorkingPeriod></WorkingPeriodArray></WorkingHours>' +
      '</FreeBusyView></FreeBusyResponse>' +
      '<FreeBusyResponse><ResponseMessage ResponseClass="Error"><MessageText>Unable to resolve.</MessageText><ResponseCode>ErrorMailRecipientNotFound</ResponseCode><DescriptiveLinkKey>0</DescriptiveLinkKey>' +
      `<MessageXml><ExceptionType ${errors}>MailRecipientNotFoundException</ExceptionType><ExceptionCode ${errors}>5009</ExceptionCode><ExceptionServerName ${errors}>MBX1</ExceptionServerName><ResponseSource ${errors}>Local</ResponseSource></MessageXml>` +
      `</ResponseMessage><FreeBusyView><FreeBusyViewType ${types}>None</FreeBusyViewType></FreeBusyView></FreeBusyResponse>` +
      '</FreeBusyResponseArray></GetUserAvailabilityResponse>',
  );
});

test('suggestions, with every kind of attendee', () => {
  const date = Date.parse('2026-07-01T00:00:00Z');
  const response: AvailabilityResponse = {
    suggestions: {
      ok: true,
      days: [
        {
          date,
          quality: 'Good',
          suggestions: [
            {
              meetingTime: date + 9 * 3_600_000,
              isWorkTime: true,
              quality: 'Excellent',
              conflicts: [
                { kind: 'Individual', busyType: 'Tentative' },
                { kind: 'Group', members: { total: 4, available: 2, withConflict: 1, withNoData: 1 } },
                { kind: 'TooBigGroup' },
                { kind: 'Unknown' },
              ],
            },
          ],
        },
        { date: date + 86_400_000, quality: 'Poor', suggestions: [] },
      ],
    },
  };
  const text = encode(response);
  assert.match(text, /<SuggestionsResponse><ResponseMessage ResponseClass="Success"><ResponseCode>NoError<\/ResponseCode><\/ResponseMessage><SuggestionDayResultArray><SuggestionDayResult xmlns="[^"]*types"><Date>2026-07-01T00:00:00<\/Date><DayQuality>Good<\/DayQuality><SuggestionArray><Suggestion><MeetingTime>2026-07-01T09:00:00<\/MeetingTime><IsWorkTime>true<\/IsWorkTime><SuggestionQuality>Excellent<\/SuggestionQuality><AttendeeConflictDataArray>/);
  assert.deepEqual(decode(text), response);
});

test('suggestions that could not be made', () => {
  const response: AvailabilityResponse = { suggestions: { ok: false, failure: { responseCode: 'ErrorMeetingSuggestionGenerationFailed', messageText: 'No.' } } };
  assert.deepEqual(decode(encode(response)), response);
});

test('a client older than Exchange 2013 never sees WorkingElsewhere', () => {
  const response: AvailabilityResponse = { freeBusy: [{ ok: true, view: { viewType: 'FreeBusy', events: [{ start: 0, end: 60_000, busyType: 'WorkingElsewhere' }] } }] };
  assert.match(encode(response), /<BusyType>WorkingElsewhere</);
  assert.match(encode(response, utc, false), /<BusyType>Free</);
});

const instant = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1000);
const plain = { noNullPrototype: true };
const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const details = fc.record(
  { id: text, subject: text, location: text, isMeeting: fc.boolean(), isRecurring: fc.boolean(), isException: fc.boolean(), isReminderSet: fc.boolean(), isPrivate: fc.boolean() },
  { ...plain, requiredKeys: ['isMeeting', 'isRecurring', 'isException', 'isReminderSet', 'isPrivate'] },
);
const event = fc.record({ start: instant, end: instant, busyType: fc.constantFrom('Free', 'Tentative', 'Busy', 'OOF', 'WorkingElsewhere', 'NoData'), details }, { ...plain, requiredKeys: ['start', 'end', 'busyType'] });
const view = fc.record(
  { viewType: fc.constantFrom('MergedOnly', 'FreeBusy', 'FreeBusyMerged', 'Detailed', 'DetailedMerged'), mergedFreeBusy: fc.stringMatching(/^[0-4]{0,20}$/), events: fc.array(event, { maxLength: 3 }) },
  { ...plain, requiredKeys: ['viewType'] },
);
const failure = fc.record(
  { responseCode: fc.constant('ErrorNoFreeBusyAccess'), messageText: text, exceptionType: fc.constant('X'), exceptionCode: fc.nat(99_999), exceptionServerName: fc.domain(), responseSource: fc.constant('Y') },
  { ...plain, requiredKeys: ['responseCode', 'messageText'] },
);
const outcome = fc.oneof(fc.record({ ok: fc.constant(true), view }, plain), fc.record({ ok: fc.constant(false), failure }, plain));

test('what our server writes, our client reads', () => {
  fc.assert(
    fc.property(fc.array(outcome, { maxLength: 4 }) as fc.Arbitrary<NonNullable<AvailabilityResponse['freeBusy']>>, (freeBusy) => {
      assert.deepEqual(decode(encode({ freeBusy })), { freeBusy });
    }),
  );
});

test('Exchange 2007 writes offsets; an unknown element is passed over; a Warning is an answer', () => {
  const answer = `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><m:GetUserAvailabilityResponse xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><m:FreeBusyResponseArray><m:FreeBusyResponse><m:ResponseMessage ResponseClass="Warning"><m:ResponseCode>NoError</m:ResponseCode></m:ResponseMessage><m:FreeBusyView><t:FreeBusyViewType>FreeBusy</t:FreeBusyViewType><t:Novelty/><t:CalendarEventArray><t:CalendarEvent><t:StartTime>2006-02-28T19:00:00-08:00</t:StartTime><t:EndTime>2006-03-01T04:30:00Z</t:EndTime><t:BusyType>OOF</t:BusyType></t:CalendarEvent></t:CalendarEventArray></m:FreeBusyView></m:FreeBusyResponse></m:FreeBusyResponseArray></m:GetUserAvailabilityResponse></soap:Body></soap:Envelope>`;
  assert.deepEqual(decode(answer, createTimeZone('Tokyo Standard Time')), {
    freeBusy: [{ ok: true, view: { viewType: 'FreeBusy', events: [{ start: Date.parse('2006-03-01T03:00:00Z'), end: Date.parse('2006-03-01T04:30:00Z'), busyType: 'OOF' }] } }],
  });
});

const good = encode({
  freeBusy: [{ ok: true, view: { viewType: 'FreeBusyMerged', mergedFreeBusy: '02', events: [{ start: 0, end: 60_000, busyType: 'Busy' }] } }],
  suggestions: { ok: true, days: [{ date: 0, quality: 'Good', suggestions: [{ meetingTime: 0, isWorkTime: true, quality: 'Good', conflicts: [{ kind: 'Group', members: { total: 1, available: 1, withConflict: 0, withNoData: 0 } }] }] }] },
});

for (const [what, from, to] of [
  ['another operation', /GetUserAvailabilityResponse/g, 'GetFolderResponse'],
  ['no response message', /<ResponseMessage.*?<\/ResponseMessage>/, ''],
  ['no view', /<FreeBusyView>.*<\/FreeBusyView>/, ''],
  ['an unknown view type', 'FreeBusyMerged', 'Everything'],
  ['a merged string of letters', '>02<', '>0x<'],
  ['an unknown busy type', '>Busy<', '>Asleep<'],
  ['a time that is none', '1970-01-01T00:01:00', 'later'],
  ['no time', /<StartTime>.*?<\/StartTime>/, ''],
  ['an unknown quality', '<DayQuality>Good', '<DayQuality>Nice'],
  ['an unknown attendee', /GroupAttendeeConflictData/g, 'OtherAttendeeConflictData'],
  ['a negative count', '<NumberOfMembers>1', '<NumberOfMembers>-1'],
] as const) {
  test(`unexpected: ${what}`, () => {
    const broken = good.replace(from, to);
    assert.notEqual(broken, good);
    assert.throws(() => decode(broken), UnexpectedAnswer);
  });
}
