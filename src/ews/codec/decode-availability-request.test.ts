import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { createTimeZone } from '../../organization/index.ts';
import { parseXml, readSoapEnvelope } from '../../xml/index.ts';
import type { AvailabilityRequest } from './availability-types.ts';
import { checkAvailabilityRequest } from './check-availability-request.ts';
import type { DecodedAvailabilityRequest } from './decode-availability-request.ts';
import { decodeAvailabilityRequest } from './decode-availability-request.ts';
import { encodeAvailabilityRequest } from './encode-availability-request.ts';
import type { EwsFaultCode } from './ews-fault.ts';
import { EwsFault } from './ews-fault.ts';
import { defaultNamespaceRequest, exchangelibRequest, managedApiRequest, namedZoneRequest } from './request-samples.ts';
import { readRequestServerVersion } from './server-version.ts';
import { readTimeZoneContext } from './time-zone-context.ts';

function decode(text: string): DecodedAvailabilityRequest {
  const envelope = readSoapEnvelope(parseXml(Buffer.from(text)));
  readRequestServerVersion(envelope);
  const [element] = envelope.body;
  assert.ok(element);
  const request = decodeAvailabilityRequest(element, readTimeZoneContext(envelope));
  checkAvailabilityRequest(request);
  return request;
}

function refusal(text: string): EwsFault {
  try {
    decode(text);
  } catch (error) {
    assert.ok(error instanceof EwsFault, String(error));
    return error;
  }
  return assert.fail('the request was taken');
}

test('exchangelib: a zone in the body', () => {
  const { timeZone, ...request } = decode(exchangelibRequest);
  assert.deepEqual(request, {
    mailboxes: [{ email: { address: 'anna@contoso.test' }, attendeeType: 'Required', excludeConflicts: false }],
    freeBusyView: {
      window: { start: Date.parse('2026-06-30T22:00:00Z'), end: Date.parse('2026-07-01T22:00:00Z') },
      mergedFreeBusyIntervalInMinutes: 15,
      requestedView: 'DetailedMerged',
    },
  });
  assert.equal(timeZone.offsetAt(Date.parse('2026-01-01T00:00:00Z')), 3_600_000);
});

test('EWS Managed API: a zone spelled out in the header, and suggestions', () => {
  const { timeZone, ...request } = decode(managedApiRequest);
  const midnight = Date.parse('2026-07-01T07:00:00Z');
  const window = { start: midnight, end: midnight + 48 * 3_600_000 };
  assert.deepEqual(request, {
    mailboxes: [
      { email: { address: 'anna@contoso.test' }, attendeeType: 'Organizer', excludeConflicts: false },
      { email: { address: 'bert@contoso.test' }, attendeeType: 'Required', excludeConflicts: true },
    ],
    freeBusyView: { window, mergedFreeBusyIntervalInMinutes: 30, requestedView: 'Detailed' },
    suggestionsView: {
      goodThreshold: 49,
      maximumResultsByDay: 2,
      maximumNonWorkHourResultsByDay: 0,
      meetingDurationInMinutes: 30,
      minimumSuggestionQuality: 'Good',
      detailedSuggestionsWindow: window,
      currentMeetingTime: midnight + 10.5 * 3_600_000,
    },
  });
  // The rules of both eras are followed: in 2006 daylight time began in April, in 2008 in March.
  const pacific = createTimeZone('Pacific Standard Time');
  for (let at = Date.parse('2000-01-01T00:00:00Z'); at < Date.parse('2030-01-01T00:00:00Z'); at += 11 * 3_600_000) assert.equal(timeZone.offsetAt(at), pacific.offsetAt(at), new Date(at).toISOString());
});

test('default namespaces, flags as a list, a window that ends before midnight', () => {
  const request = decode(defaultNamespaceRequest);
  assert.deepEqual(request.mailboxes, [{ email: { name: '', address: 'someone@contoso.test', routingType: 'SMTP' }, attendeeType: 'Required', excludeConflicts: false }]);
  assert.equal(request.freeBusyView?.requestedView, 'FreeBusyMerged');
  assert.deepEqual(request.freeBusyView.window, { start: Date.parse('2006-10-16T07:00:00Z'), end: Date.parse('2006-10-17T06:59:59Z') });
});

test('a zone by name in the header; times with offsets are taken at their word', () => {
  const request = decode(namedZoneRequest);
  assert.equal(request.timeZone.id, 'W. Europe Standard Time');
  assert.deepEqual(request.freeBusyView?.window, { start: Date.parse('2026-07-01T00:00:00Z'), end: Date.parse('2026-07-01T22:00:00Z') });
  assert.equal(request.freeBusyView.mergedFreeBusyIntervalInMinutes, 30);
});

test('with a zone in both places the body decides', () => {
  const zone = /<t:TimeZone>.*<\/t:TimeZone>/.exec(exchangelibRequest)?.[0].replaceAll('t:', 'nsTypes:').replace('-60', '0');
  const text = namedZoneRequest.replace('<nsMessages:MailboxDataArray>', `${zone}<nsMessages:MailboxDataArray>`).replace('2026-07-01T00:00:00Z', '2026-07-01T00:00:00');
  assert.equal(decode(text).freeBusyView?.window.start, Date.parse('2026-06-30T23:00:00Z'));
});

const mailbox = '<t:MailboxData><t:Email><t:Address>a@b.test</t:Address></t:Email><t:AttendeeType>Required</t:AttendeeType></t:MailboxData>';
const window = (start: string, end: string): ((text: string) => string) => (text) =>
  text.replace(/<t:StartTime>.*<\/t:EndTime>/, `<t:StartTime>${start}</t:StartTime><t:EndTime>${end}</t:EndTime>`);
const swap = (from: string | RegExp, to: string): ((text: string) => string) => (text) => {
  const changed = text.replace(from, to);
  assert.notEqual(changed, text);
  return changed;
};

const violation = (text: string): string => `The request failed schema validation: ${text}`;
const refusals: [string, (text: string) => string, EwsFaultCode, (string | RegExp)?][] = [
  ['no zone anywhere', swap(/<t:TimeZone>.*<\/t:TimeZone>/, ''), 'ErrorSchemaValidation', violation("The element 'GetUserAvailabilityRequest' in namespace 'http://schemas.microsoft.com/exchange/services/2006/messages' has invalid child element 'MailboxDataArray' in namespace 'http://schemas.microsoft.com/exchange/services/2006/messages'. List of possible elements expected: 'TimeZone' in namespace 'http://schemas.microsoft.com/exchange/services/2006/types'.")],
  ['an empty request', swap(/<m:GetUserAvailabilityRequest>.*<\/m:GetUserAvailabilityRequest>/, '<m:GetUserAvailabilityRequest/>'), 'ErrorSchemaValidation', /has incomplete content\. List of possible elements expected: 'TimeZone' in namespace '[^']*types'\.$/],
  ['a child in the wrong namespace', swap(/t:Bias>-60<\/t:Bias/, 'm:Bias>-60</m:Bias'), 'ErrorSchemaValidation', violation("The element 'TimeZone' in namespace 'http://schemas.microsoft.com/exchange/services/2006/types' has invalid child element 'Bias' in namespace 'http://schemas.microsoft.com/exchange/services/2006/messages'. List of possible elements expected: 'Bias' in namespace 'http://schemas.microsoft.com/exchange/services/2006/types'.")],
  ['children out of order', swap('<t:MergedFreeBusyIntervalInMinutes>15</t:MergedFreeBusyIntervalInMinutes><t:RequestedView>DetailedMerged</t:RequestedView>', '<t:RequestedView>DetailedMerged</t:RequestedView><t:MergedFreeBusyIntervalInMinutes>15</t:MergedFreeBusyIntervalInMinutes>'), 'ErrorSchemaValidation', /invalid child element 'MergedFreeBusyIntervalInMinutes'/],
  ['an element twice', swap('<t:RequestedView>', '<t:RequestedView>FreeBusy</t:RequestedView><t:RequestedView>'), 'ErrorSchemaValidation'],
  ['an unknown child', swap('<t:AttendeeType>', '<t:Mood/><t:AttendeeType>'), 'ErrorSchemaValidation', /'Mood'/],
  ['a number that is none', swap('<t:Bias>-60</t:Bias>', '<t:Bias>one</t:Bias>'), 'ErrorSchemaValidation', /types:Bias' element is invalid - The value 'one' is invalid according to its datatype 'http:\/\/www\.w3\.org\/2001\/XMLSchema:int'/],
  ['a number without end', swap('>15<', `>${'9'.repeat(100_000)}<`), 'ErrorSchemaValidation'],
  ['a day that is none', swap('Sunday', 'Someday'), 'ErrorSchemaValidation', /DayOfWeekType/],
  ['an attendee type that is none', swap('Required', 'Important'), 'ErrorSchemaValidation', /MeetingAttendeeType/],
  ['a boolean that is none', swap('>false<', '>no<'), 'ErrorSchemaValidation', /boolean/],
  ['a view that is none', swap('DetailedMerged', 'Everything'), 'ErrorSchemaValidation', /FreeBusyViewType/],
  ['a view named like an object member', swap('DetailedMerged', 'constructor'), 'ErrorSchemaValidation'],
  ['a time that is none', window('2026-02-30T00:00:00', '2026-07-02T00:00:00'), 'ErrorSchemaValidation', /dateTime/],
  ['no address', swap('<t:Address>anna@contoso.test</t:Address>', ''), 'ErrorSchemaValidation', /'Email'.*incomplete content/],
  ['the view None', swap('DetailedMerged', 'None'), 'ErrorInvalidFreeBusyViewType'],
  ['no view', swap('<t:RequestedView>DetailedMerged</t:RequestedView>', ''), 'ErrorInvalidFreeBusyViewType'],
  ['an end before the start', window('2026-07-02T00:00:00', '2026-07-01T00:00:00'), 'ErrorInvalidTimeInterval', 'The time duration specified for FreeBusyViewOptions.TimeWindow is invalid.'],
  ['an empty window', window('2026-07-02T00:00:00', '2026-07-02T00:00:00'), 'ErrorInvalidTimeInterval'],
  ['a window of 63 days', window('2026-07-01T00:00:00', '2026-09-02T00:00:00'), 'ErrorTimeIntervalTooBig', 'The requested time duration specified for FreeBusyViewOptions.TimeWindow is too long. The allowed limit = 62 days; the actual limit = 63 days.'],
  ['a window of all time', window('0001-01-01T00:00:00', '9999-12-31T23:59:59'), 'ErrorTimeIntervalTooBig'],
  ['an interval of 4 minutes', swap('>15<', '>4<'), 'ErrorInvalidMergedFreeBusyInterval', 'The specified merged free/busy interval is not valid. Specify an interval that is less than the free/busy time window and between 5 and 1440 minutes.'],
  ['an interval of 1441 minutes', swap('>15<', '>1441<'), 'ErrorInvalidMergedFreeBusyInterval'],
  ['an interval longer than the window', window('2026-07-01T00:00:00', '2026-07-01T00:10:00'), 'ErrorInvalidMergedFreeBusyInterval'],
  ['nobody', swap(/<m:MailboxDataArray>.*<\/m:MailboxDataArray>/, '<m:MailboxDataArray/>'), 'ErrorMailboxDataArrayEmpty', 'The MailboxData array is empty.'],
  ['101 people', swap(/<t:MailboxData>.*<\/t:MailboxData>/, mailbox.repeat(101)), 'ErrorMailboxDataArrayTooBig', 'There are too many target users in the EmailAddress array. The allowed size = 100; the actual size = 101.'],
  ['nothing asked', swap(/<t:FreeBusyViewOptions>.*<\/t:FreeBusyViewOptions>/, ''), 'ErrorMissingArgument'],
  ['a zone whose month is 13', swap('<t:Month>10<', '<t:Month>13<'), 'ErrorTimeZone'],
  ['a zone whose time is none', swap('03:00:00', '25:00:00'), 'ErrorTimeZone'],
];

for (const [what, change, code, message] of refusals) {
  test(`refused: ${what}: ${code}`, () => {
    const fault = refusal(change(exchangelibRequest));
    assert.equal(fault.code, code);
    assert.equal(fault.status, 500);
    if (typeof message === 'string') assert.equal(fault.message, message);
    else if (message !== undefined) assert.match(fault.message, message);
    assert.equal(fault.violation !== undefined, code === 'ErrorSchemaValidation');
    assert.ok(fault.message.length < 1_000);
  });
}

test('the longest and the shortest that is allowed is taken', () => {
  assert.ok(decode(window('2026-07-01T00:00:00', '2026-09-01T00:00:00')(exchangelibRequest)));
  // Sixty-two days on the wall clock, with the hour that autumn gives back.
  assert.ok(decode(window('2026-09-01T00:00:00', '2026-11-02T00:00:00')(exchangelibRequest)));
  for (const minutes of [5, 1440]) assert.ok(decode(exchangelibRequest.replace('>15<', `>${minutes}<`)));
  assert.equal(decode(exchangelibRequest.replace(/<t:MailboxData>.*<\/t:MailboxData>/, mailbox.repeat(100))).mailboxes.length, 100);
  // A client that wants no merged string sends the default interval of 30 minutes also for a shorter window.
  assert.ok(decode(window('2026-07-01T00:00:00', '2026-07-01T00:10:00')(exchangelibRequest).replace('DetailedMerged', 'Detailed')));
});

for (const [name, value] of [['GoodThreshold', '50'], ['MaximumResultsByDay', '49'], ['MaximumNonWorkHourResultsByDay', '-1'], ['MeetingDurationInMinutes', '29']] as const) {
  test(`refused: ${name} of ${value}`, () => {
    assert.equal(refusal(managedApiRequest.replace(new RegExp(`<t:${name}>\\d+<`), `<t:${name}>${value}<`)).code, 'ErrorInvalidArgument');
  });
}

for (const [what, from, to, code] of [
  ['an unknown id', 'W. Europe Standard Time', 'Middle-earth Standard Time', 'ErrorTimeZone'],
  ['an id that is empty', 'Id="W. Europe Standard Time"', 'Id=""', 'ErrorTimeZone'],
  ['no id', 'Id="W. Europe Standard Time"', '', 'ErrorTimeZone'],
  ['no definition', /<nsTypes:TimeZoneDefinition[^>]*>/, '', 'ErrorSchemaValidation'],
  ['two headers', '<nsTypes:TimeZoneContext>', '<nsTypes:TimeZoneContext/><nsTypes:TimeZoneContext>', 'ErrorDuplicateSOAPHeader'],
  ['two versions', '<nsTypes:RequestServerVersion', '<nsTypes:RequestServerVersion Version="Exchange2013"/><nsTypes:RequestServerVersion', 'ErrorDuplicateSOAPHeader'],
  ['an unknown version', 'V2017_07_11', 'Exchange2099', 'ErrorInvalidServerVersion'],
  ['a version that is none', 'V2017_07_11', 'V2017_07_11_1', 'ErrorInvalidServerVersion'],
  ['no version in its header', 'Version="V2017_07_11"', '', 'ErrorInvalidServerVersion'],
] as const) {
  test(`refused header: ${what}`, () => assert.equal(refusal(namedZoneRequest.replace(from, to)).code, code));
}

for (const [what, from, to, code] of [
  ['a transition to nowhere', '>Dlt/2007</t:To>', '>Dlt/2099</t:To>', 'ErrorTimeZone'],
  ['a bias that is no duration', 'Bias="P0DT8H0M0.0S"', 'Bias="eight"', 'ErrorTimeZone'],
  ['a bias of months', 'Bias="P0DT8H0M0.0S"', 'Bias="P1M"', 'ErrorTimeZone'],
  ['a bias without parts', 'Bias="P0DT8H0M0.0S"', 'Bias="P"', 'ErrorTimeZone'],
  ['a month that is none', '<t:Month>4<', '<t:Month>0<', 'ErrorSchemaValidation'],
  ['an occurrence of 0', '<t:Occurrence>1<', '<t:Occurrence>0<', 'ErrorSchemaValidation'],
  ['a date that is none', '2007-01-01T08:00:00.000Z', 'long ago', 'ErrorSchemaValidation'],
  ['an hour that is none', '<t:TimeOffset>P0DT2H0M0.0S<', '<t:TimeOffset>2<', 'ErrorSchemaValidation'],
  ['no transition', /<t:Transitions>[^]*<\/t:Transitions>/, '', 'ErrorTimeZone'],
  ['nine transitions a year', '<t:TransitionsGroup Id="0">', `<t:TransitionsGroup Id="0">${'<t:Transition><t:To>Std</t:To></t:Transition>'.repeat(7)}`, 'ErrorTimeZone'],
  ['hundreds of periods', '<t:Periods>', `<t:Periods>${'<t:Period Bias="PT0S" Id="x"/>'.repeat(126)}`, 'ErrorTimeZone'],
] as const) {
  test(`refused zone: ${what}`, () => assert.equal(refusal(managedApiRequest.replace(from, to)).code, code));
}

test('a missing version means Exchange 2007', () => {
  const envelope = readSoapEnvelope(parseXml(exchangelibRequest.replace(/<t:RequestServerVersion[^>]*>/, '')));
  const version = readRequestServerVersion(envelope);
  assert.deepEqual([version.name, version.isFrom('Exchange2007'), version.isFrom('Exchange2007_SP1')], ['Exchange2007', true, false]);
});

const instant = fc.integer({ min: Date.parse('2000-01-01') / 1000, max: Date.parse('2040-01-01') / 1000 }).map((seconds) => seconds * 1000);
const span = fc.tuple(instant, fc.integer({ min: 86_400, max: 60 * 86_400 })).map(([start, seconds]) => ({ start, end: start + seconds * 1000 }));
const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const someRequest = fc.record({
  mailboxes: fc.array(
    fc.record({
      email: fc.record({ name: text, address: fc.emailAddress(), routingType: fc.constant('SMTP') }, { requiredKeys: ['address'], noNullPrototype: true }),
      attendeeType: fc.constantFrom('Organizer', 'Required', 'Optional', 'Room', 'Resource'),
      excludeConflicts: fc.boolean(),
    }, { noNullPrototype: true }),
    { minLength: 1, maxLength: 4 },
  ),
  freeBusyView: fc.record({
    window: span,
    mergedFreeBusyIntervalInMinutes: fc.integer({ min: 5, max: 1440 }),
    requestedView: fc.constantFrom('MergedOnly', 'FreeBusy', 'FreeBusyMerged', 'Detailed', 'DetailedMerged'),
  }, { noNullPrototype: true }),
}, { noNullPrototype: true }) as fc.Arbitrary<AvailabilityRequest>;

test('what our client writes, our server reads', () => {
  fc.assert(
    fc.property(someRequest, (request) => {
      const { timeZone, ...read } = decode(encodeAvailabilityRequest(request, 'Exchange2013').text);
      assert.deepEqual(read, request);
      assert.equal(timeZone.offsetAt(0), 0);
    }),
  );
});

test('a request for suggestions goes out in its own zone', () => {
  const zone = createTimeZone('Europe/Berlin');
  const start = Date.parse('2026-03-27T23:00:00Z');
  const request: AvailabilityRequest = {
    timeZone: zone,
    mailboxes: [{ email: { address: 'a@b.test' }, attendeeType: 'Required', excludeConflicts: false }],
    suggestionsView: {
      goodThreshold: 25,
      maximumResultsByDay: 10,
      maximumNonWorkHourResultsByDay: 0,
      meetingDurationInMinutes: 60,
      minimumSuggestionQuality: 'Fair',
      // Two days, one of them of 23 hours.
      detailedSuggestionsWindow: { start, end: start + 47 * 3_600_000 },
      currentMeetingTime: start + 36 * 3_600_000,
      globalObjectId: 'BAAAAIIA4AB0xbcQ',
    },
  };
  const encoded = encodeAvailabilityRequest(request, 'Exchange2013');
  assert.match(encoded.text, /<t:DetailedSuggestionsWindow><t:StartTime>2026-03-28T00:00:00<\/t:StartTime><t:EndTime>2026-03-30T00:00:00</);
  const { timeZone, ...read } = decode(encoded.text);
  const { timeZone: _, ...expected } = request;
  assert.deepEqual(read, expected);
  assert.equal(timeZone.offsetAt(start), zone.offsetAt(start));
});
