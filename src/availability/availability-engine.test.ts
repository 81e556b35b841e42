import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { AvailabilityRequest, AvailabilityResponse, FreeBusyViewOptions, Requester } from '../ews/index.ts';
import { createLog } from '../foundation/index.ts';
import { addAddressUnchecked } from '../organization/index.ts';
import type { NewCalendarItem } from '../organization/index.ts';
import type { LoopbackOrganization } from './cross-premises/loopback-organization.ts';
import { contextOf, createLoopbackNetwork, startLoopbackOrganization } from './cross-premises/loopback-organization.ts';

let premises: LoopbackOrganization;
let cloud: LoopbackOrganization;
let bert: Requester;
const logged: Record<string, unknown>[] = [];

const hour = 3_600_000;
const start = Date.parse('2026-11-30T00:00:00Z');
const view: FreeBusyViewOptions = { window: { start, end: start + 24 * hour }, mergedFreeBusyIntervalInMinutes: 60, requestedView: 'FreeBusyMerged' };
const suggestionsView: NonNullable<AvailabilityRequest['suggestionsView']> = {
  goodThreshold: 25,
  maximumResultsByDay: 10,
  maximumNonWorkHourResultsByDay: 0,
  meetingDurationInMinutes: 60,
  minimumSuggestionQuality: 'Fair',
  detailedSuggestionsWindow: view.window,
};
const mailboxes = (...addresses: string[]): AvailabilityRequest['mailboxes'] =>
  addresses.map((address) => ({ email: { address }, attendeeType: 'Required', excludeConflicts: false }));
const firstFailure = ({ freeBusy }: AvailabilityResponse): string | undefined => (freeBusy?.[0]?.ok === false ? freeBusy[0].failure.responseCode : undefined);

before(async () => {
  const network = await createLoopbackNetwork();
  const log = createLog('premises', { destination: { write: (line) => void logged.push(JSON.parse(line) as Record<string, unknown>) } });
  premises = await startLoopbackOrganization(network, ['premises.test'], { log, limits: { mailboxes: 3, windowDays: 2, results: 5 } });
  cloud = await startLoopbackOrganization(network, ['cloud.test']);
  for (const name of ['bert', 'carl', 'room']) await premises.add({ primarySmtpAddress: `${name}@contoso.test` });
  await premises.add({ recipientTypeDetails: 'RemoteUserMailbox', primarySmtpAddress: 'anna@contoso.test', externalEmailAddress: 'anna@cloud.test' });
  await cloud.add({ primarySmtpAddress: 'anna@cloud.test' });
  await cloud.add({ recipientTypeDetails: 'MailUser', primarySmtpAddress: 'bert@contoso.test', externalEmailAddress: 'bert@contoso.test' });
  await premises.organization.configuration.create('IntraOrganizationConnector', 'Cloud', {
    TargetAddressDomains: ['cloud.test'],
    TargetSharingEpr: 'https://cloud.test/EWS/Exchange.asmx',
  });
  bert = await premises.requester('bert@contoso.test');
});

after(() => Promise.all([premises.close(), cloud.close()]));

test('limits hold whoever calls: every mailbox, and the suggestions, get the same answer', async () => {
  const look = (request: AvailabilityRequest): Promise<AvailabilityResponse> => premises.lookUpFreeBusy(request, bert, contextOf('limits-1'));
  const many = await look({ mailboxes: mailboxes('a@b.test', 'a@b.test', 'a@b.test', 'a@b.test'), freeBusyView: view, suggestionsView });
  assert.deepEqual(
    many.freeBusy?.map((outcome) => outcome.ok || outcome.failure.responseCode),
    Array.from({ length: 4 }, () => 'ErrorMailboxDataArrayTooBig'),
  );
  assert.equal(many.suggestions?.ok, false);
  const ask = async (changes: Partial<FreeBusyViewOptions>): Promise<string | undefined> =>
    firstFailure(await look({ mailboxes: mailboxes('bert@contoso.test'), freeBusyView: { ...view, ...changes } }));
  assert.equal(await ask({ window: { start, end: start + 50 * hour } }), 'ErrorTimeIntervalTooBig');
  assert.equal(await ask({ window: { start, end: start + 49 * hour } }), undefined);
  assert.equal(await ask({ window: { start, end: start } }), 'ErrorInvalidTimeInterval');
  assert.equal(await ask({ window: { start, end: Number.NaN } }), 'ErrorInvalidTimeInterval');
  assert.equal(await ask({ mergedFreeBusyIntervalInMinutes: 4 }), 'ErrorInvalidMergedFreeBusyInterval');
  assert.equal(await ask({ mergedFreeBusyIntervalInMinutes: Number.NaN }), 'ErrorInvalidMergedFreeBusyInterval');
  const suggested = await look({
    mailboxes: mailboxes('bert@contoso.test'),
    suggestionsView: { ...suggestionsView, detailedSuggestionsWindow: { start, end: start + 99 * hour } },
  });
  assert.equal(suggested.suggestions?.ok === false && suggested.suggestions.failure.responseCode, 'ErrorTimeIntervalTooBig');
  assert.equal(suggested.freeBusy, undefined);
});

test('a calendar with too many entries refuses, its neighbour does not', async () => {
  const carl = (await premises.requester('carl@contoso.test')).recipient.guid;
  const item = (index: number): NewCalendarItem => ({
    uid: `u${index}`,
    start: start + index * hour,
    end: start + (index + 1) * hour,
    timeZone: 'UTC',
    subject: '',
    location: '',
    freeBusyStatus: 'Busy',
    sensitivity: 'Normal',
    isAllDay: false,
    isMeeting: false,
    isReminderSet: false,
  });
  await premises.organization.calendars.putAll(
    carl,
    Array.from({ length: 7 }, (_, index) => item(index)),
  );
  const { freeBusy } = await premises.lookUpFreeBusy(
    { mailboxes: mailboxes('carl@contoso.test', 'bert@contoso.test'), freeBusyView: view },
    bert,
    contextOf('many-1'),
  );
  assert.match(
    freeBusy?.[0]?.ok === false ? freeBusy[0].failure.messageText : '',
    /The result set contains too many calendar entries\. The allowed size = 5; the actual size = 7\.\r\n.* LID: 54796$/,
  );
  assert.equal(freeBusy?.[1]?.ok, true);
});

test('working hours that end before they begin fail that mailbox, and the suggestions', async () => {
  const room = (await premises.requester('room@contoso.test')).recipient.guid;
  await premises.organization.store.db
    .insertInto('calendar_configuration')
    .values({ mailbox: room, configuration: JSON.stringify({ workingHoursStartTime: 1020, workingHoursEndTime: 480 }) })
    .execute();
  const response = await premises.lookUpFreeBusy(
    { mailboxes: mailboxes('room@contoso.test', 'bert@contoso.test'), freeBusyView: view, suggestionsView },
    bert,
    contextOf('hours-1'),
  );
  assert.deepEqual(
    response.freeBusy?.map((outcome) => outcome.ok),
    [false, true],
  );
  assert.match(
    response.suggestions?.ok === false ? response.suggestions.failure.messageText : '',
    /^Microsoft\.Exchange\.InfoWorker\.Common\.InvalidParameterException: Work hours start time must be less than or equal to end time\.\r\n/,
  );
});

test('the organizer’s own working hours decide what is work time', async () => {
  const carl = (await premises.requester('carl@contoso.test')).recipient.guid;
  await premises.organization.calendars.clear(carl);
  await premises.organization.calendars.setConfiguration(carl, {
    workingHoursStartTime: 600,
    workingHoursEndTime: 720,
    workingHoursTimeZone: 'W. Europe Standard Time',
  });
  const [organizer] = mailboxes('carl@contoso.test');
  assert.ok(organizer);
  const { suggestions } = await premises.lookUpFreeBusy(
    { mailboxes: [{ ...organizer, attendeeType: 'Organizer' }], suggestionsView },
    bert,
    contextOf('work-1'),
  );
  assert.ok(suggestions?.ok);
  assert.deepEqual(
    suggestions.days[0]?.suggestions.map((one) => new Date(one.meetingTime).toISOString().slice(11, 16)),
    ['09:00', '09:30', '10:00'],
  );
});

test('an address that two objects have belongs to nobody, and the log names them', async () => {
  const carl = (await premises.requester('carl@contoso.test')).recipient.guid;
  await addAddressUnchecked(premises.organization.store.db, carl, 'bert@contoso.test');
  const response = await premises.lookUpFreeBusy({ mailboxes: mailboxes('bert@contoso.test'), freeBusyView: view }, bert, contextOf('double-1'));
  assert.equal(firstFailure(response), 'ErrorMailRecipientNotFound');
  const line = logged.find((one) => one['code'] === 'AVAILABILITY_ADDRESS_AMBIGUOUS');
  assert.equal(line?.['requestId'], 'double-1');
  assert.deepEqual(line['holders'], [bert.recipient.guid, carl].sort());
  await premises.organization.directory.update(carl, { emailAddresses: ['carl@contoso.test'] });
});

test('one line tells of each request to another organisation, under the request’s id', async () => {
  logged.length = 0;
  await premises.lookUpFreeBusy({ mailboxes: mailboxes('anna@contoso.test', 'anna@cloud.test'), freeBusyView: view }, bert, contextOf('logged-1'));
  cloud.interruption = (_request, response) => Boolean(response.writeHead(503, { via: '1.1 relay.test' }).end());
  const failed = await premises.lookUpFreeBusy({ mailboxes: mailboxes('anna@contoso.test'), freeBusyView: view }, bert, contextOf('logged-2'));
  cloud.interruption = undefined;
  const lines = logged.map(({ requestId, connector, endpoint, mailboxes: count, failed: number, via, code, problem }) => ({
    requestId,
    connector,
    endpoint,
    count,
    number,
    via,
    code,
    problem,
  }));
  const common = { connector: 'Cloud', endpoint: 'https://cloud.test/EWS/Exchange.asmx' };
  assert.deepEqual(lines, [
    { requestId: 'logged-1', ...common, count: 2, number: 0, via: '1.1 cloud.test', code: undefined, problem: undefined },
    { requestId: 'logged-2', ...common, count: 1, number: undefined, via: '1.1 relay.test', code: 'EWS_CLIENT_HTTP_STATUS', problem: 'HttpStatus' },
  ]);
  assert.equal(failed.paths?.[0]?.via, '1.1 relay.test');
});

test('a partner is not told how answers came about', async () => {
  const partner: Requester = { ...(await premises.requester('anna@contoso.test')), origin: 'partner' };
  const response = await premises.lookUpFreeBusy({ mailboxes: mailboxes('bert@contoso.test'), freeBusyView: view }, partner, contextOf('partner-1'));
  assert.deepEqual(Object.keys(response), ['freeBusy']);
  assert.equal(response.freeBusy?.[0]?.ok, true);
});

test('nobody waits: nothing is looked up', async () => {
  const client = new AbortController();
  client.abort();
  await assert.rejects(premises.lookUpFreeBusy({ mailboxes: mailboxes('bert@contoso.test'), freeBusyView: view }, bert, contextOf('gone-1', client.signal)), {
    code: 'AVAILABILITY_ABORTED',
  });
});

test('what breaks inside is one mailbox’s error, and its log line’s secret', async (t) => {
  const broken = await startLoopbackOrganization(await createLoopbackNetwork(), ['broken.test']);
  t.after(() => broken.close());
  await broken.add({ primarySmtpAddress: 'a@broken.test', timeZone: 'UTC' });
  await broken.add({ primarySmtpAddress: 'b@broken.test', timeZone: 'UTC' });
  const asking = await broken.requester('b@broken.test');
  await broken.organization.store.db
    .insertInto('calendar_configuration')
    .values({ mailbox: (await broken.requester('a@broken.test')).recipient.guid, configuration: '{"workingHoursTimeZone":"Nowhere"}' })
    .execute();
  const { freeBusy } = await broken.lookUpFreeBusy(
    { mailboxes: mailboxes('a@broken.test', 'b@broken.test'), freeBusyView: view },
    asking,
    contextOf('broken-1'),
  );
  assert.deepEqual(
    freeBusy?.map((outcome) => outcome.ok || outcome.failure.responseCode),
    ['ErrorInternalServerError', true],
  );
  assert.doesNotMatch(JSON.stringify(freeBusy), /Nowhere/);
});

test('a group is as free as the least free of its members, here and elsewhere; one too large says so', async () => {
  const { configuration, directory, calendars } = premises.organization;
  const guidOf = async (name: string): Promise<string> => (await directory.resolve(`${name}@contoso.test`))?.guid ?? assert.fail(name);
  const busy = (uid: string, from: number, freeBusyStatus: NewCalendarItem['freeBusyStatus']): NewCalendarItem => ({ uid, start: start + from * hour, end: start + (from + 1) * hour, timeZone: 'UTC', subject: '', location: '', freeBusyStatus, sensitivity: 'Normal', isAllDay: false, isMeeting: false, isReminderSet: false });
  await premises.add({ primarySmtpAddress: 'dora@contoso.test' });
  const [dora, anna] = [await guidOf('dora'), (await cloud.requester('anna@cloud.test')).recipient.guid];
  await calendars.putAll(dora, [busy('g1', 0, 'Tentative'), busy('g0', 1, 'Tentative')]);
  await cloud.organization.calendars.putAll(anna, [busy('g2', 1, 'Busy'), busy('g3', 2, 'OOF')]);
  const make = (name: string, Members: string[]) => configuration.create('DistributionGroup', name, { Alias: name, DisplayName: name, PrimarySmtpAddress: `${name}@contoso.test`, Members });
  const inner = await make('inner', [await guidOf('anna')]);
  await make('outer', [dora, inner.guid, await guidOf('bert')]);
  const look = async (address: string) =>
    (await premises.lookUpFreeBusy({ mailboxes: mailboxes(address, 'dora@contoso.test'), freeBusyView: { ...view, mergedFreeBusyIntervalInMinutes: 60, window: { start, end: start + 4 * hour } } }, bert, contextOf('group-1'))).freeBusy;
  const answers = await look('outer@contoso.test');
  assert.deepEqual(answers?.[0], { ok: true, view: { viewType: 'MergedOnly', mergedFreeBusy: '1230' } });
  assert.equal(answers[1]?.ok === true && answers[1].view.mergedFreeBusy, '1100');
  await make('crowd', [dora, inner.guid, await guidOf('bert'), await guidOf('carl')]);
  const crowd = (await look('crowd@contoso.test'))?.[0];
  assert.equal(crowd?.ok === false && crowd.failure.responseCode, 'ErrorFreeBusyDLLimitReached');
});
