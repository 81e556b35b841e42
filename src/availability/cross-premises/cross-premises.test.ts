import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { AvailabilityRequest, FreeBusyOutcome, FreeBusyViewOptions, Requester } from '../../ews/index.ts';
import type { NewCalendarItem } from '../../organization/index.ts';
import type { LoopbackOrganization } from './loopback-organization.ts';
import { bearerOf, clientGone, contextOf, createLoopbackNetwork, nextRequest, startLoopbackOrganization } from './loopback-organization.ts';

const cloudDomain = 'contoso.mail.onmicrosoft.test';
let expire: () => void = () => undefined;
let premises: LoopbackOrganization;
let cloud: LoopbackOrganization;
let other: LoopbackOrganization;
let started = false;
let bert: Requester;

const hour = 3_600_000;
const start = Date.parse('2026-11-30T00:00:00Z');
const view: FreeBusyViewOptions = { window: { start, end: start + 24 * hour }, mergedFreeBusyIntervalInMinutes: 60, requestedView: 'DetailedMerged' };
const item = (uid: string, fromHour: number): NewCalendarItem => ({
  uid,
  start: start + fromHour * hour,
  end: start + (fromHour + 1) * hour,
  timeZone: 'UTC',
  subject: `Subject ${uid}`,
  location: 'Room 4',
  freeBusyStatus: 'Busy',
  sensitivity: 'Normal',
  isAllDay: false,
  isMeeting: true,
  isReminderSet: false,
});
const requestFor = (...addresses: string[]): AvailabilityRequest => ({
  mailboxes: addresses.map((address) => ({ email: { address }, attendeeType: 'Required', excludeConflicts: false })),
  freeBusyView: view,
});
const codeOf = (outcome: FreeBusyOutcome | undefined): string => (outcome === undefined ? 'missing' : outcome.ok ? 'NoError' : outcome.failure.responseCode);
const textOf = (outcome: FreeBusyOutcome | undefined): string => (outcome === undefined || outcome.ok ? '' : outcome.failure.messageText);

before(async () => {
  const network = await createLoopbackNetwork();
  premises = await startLoopbackOrganization(network, ['mail.contoso.test', 'autodiscover.contoso.test'], {
    setDeadline: (_ms, callback) => {
      expire = callback;
      return () => undefined;
    },
  });
  cloud = await startLoopbackOrganization(network, ['outlook.cloud.test', 'autodiscover-s.cloud.test']);
  other = await startLoopbackOrganization(network, ['mail.fabrikam.test']);
  await premises.add({ primarySmtpAddress: 'bert@contoso.test' });
  for (const person of ['anna', 'carl']) {
    await premises.add({
      recipientTypeDetails: 'RemoteUserMailbox',
      primarySmtpAddress: `${person}@contoso.test`,
      externalEmailAddress: `${person}@${cloudDomain}`,
    });
    await cloud.add({ primarySmtpAddress: `${person}@contoso.test`, emailAddresses: [`${person}@${cloudDomain}`] });
  }
  await premises.add({ recipientTypeDetails: 'RemoteUserMailbox', primarySmtpAddress: 'gone@contoso.test', externalEmailAddress: `gone@${cloudDomain}` });
  await premises.add({ recipientTypeDetails: 'MailContact', primarySmtpAddress: 'fred@fabrikam.test', externalEmailAddress: 'fred@fabrikam.test' });
  await premises.add({ recipientTypeDetails: 'MailUser', primarySmtpAddress: 'nora@contoso.test', externalEmailAddress: 'nora@nowhere.test' });
  await cloud.add({ recipientTypeDetails: 'MailUser', primarySmtpAddress: 'bert@contoso.test', externalEmailAddress: 'bert@contoso.test' });
  await other.add({ primarySmtpAddress: 'fred@fabrikam.test' });
  await other.add({ recipientTypeDetails: 'MailUser', primarySmtpAddress: 'bert@contoso.test', externalEmailAddress: 'bert@contoso.test' });
  await cloud.organization.calendars.put((await cloud.requester('anna@contoso.test')).recipient.guid, item('anna', 9));
  await cloud.organization.calendars.setPermission((await cloud.requester('anna@contoso.test')).recipient.guid, 'Default', 'LimitedDetails');
  await premises.organization.configuration.create('IntraOrganizationConnector', 'HybridIOC', {
    TargetAddressDomains: [cloudDomain],
    DiscoveryEndpoint: 'https://autodiscover-s.cloud.test/autodiscover/autodiscover.svc',
  });
  await premises.organization.configuration.create('IntraOrganizationConnector', 'Fabrikam', {
    TargetAddressDomains: ['fabrikam.test'],
    TargetSharingEpr: 'https://mail.fabrikam.test/EWS/Exchange.asmx',
  });
  await cloud.organization.configuration.create('IntraOrganizationConnector', 'To on-premises', {
    TargetAddressDomains: ['contoso.test'],
    TargetSharingEpr: 'https://mail.contoso.test/EWS/Exchange.asmx',
  });
  bert = await premises.requester('bert@contoso.test');
  started = true;
});

after(() => Promise.all([premises, cloud, other].map((one) => one.close())));

// All unit tests share one process, so this also runs around the tests of other files.
afterEach(async () => {
  if (!started) {
    return;
  }
  for (const one of [premises, cloud, other]) {
    one.seen.length = 0;
    one.interruption = undefined;
  }
  await premises.organization.configuration.update('IntraOrganizationConnector', 'HybridIOC', { TargetSharingEpr: null });
});

test('a lookup crosses to the cloud: Autodiscover, then EWS, both with their user agents, the token and one request id', async () => {
  const response = await premises.lookUpFreeBusy(requestFor('anna@contoso.test'), bert, contextOf('lookup-0001'));
  const [outcome] = response.freeBusy ?? [];
  assert.ok(outcome?.ok);
  assert.equal(outcome.view.viewType, 'DetailedMerged');
  assert.equal(outcome.view.mergedFreeBusy, '000000000200000000000000');
  assert.deepEqual(outcome.view.events, [
    {
      start: start + 9 * hour,
      end: start + 10 * hour,
      busyType: 'Busy',
      details: { subject: 'Subject anna', location: 'Room 4', isMeeting: true, isRecurring: false, isException: false, isReminderSet: false, isPrivate: false },
    },
  ]);
  assert.deepEqual(
    cloud.seen.map(({ host, path, userAgent, requestId, authorization }) => ({ host, path, userAgent, requestId, authorization })),
    [
      {
        host: 'autodiscover-s.cloud.test',
        path: '/autodiscover/autodiscover.svc',
        userAgent: 'ASAutoDiscover/CrossForest/EmailDomain/EXCH/15.02.1748.010',
        requestId: 'lookup-0001',
        authorization: bearerOf(bert),
      },
      {
        host: 'outlook.cloud.test',
        path: '/EWS/Exchange.asmx',
        userAgent: 'ASProxy/CrossForest/EmailDomain/EXCH/15.02.1748.010',
        requestId: 'lookup-0001',
        authorization: bearerOf(bert),
      },
    ],
  );
  assert.match(cloud.seen[1]?.text ?? '', /<t:Bias>0<\/t:Bias>[\s\S]*anna@contoso\.mail\.onmicrosoft\.test[\s\S]*<t:StartTime>2026-11-30T00:00:00/);
  const [path] = response.paths ?? [];
  assert.ok((path?.durationMs ?? -1) >= 0);
  assert.deepEqual(
    { ...path, durationMs: 0 },
    {
      source: 'IntraOrganizationConnector',
      name: 'HybridIOC',
      endpoint: 'https://outlook.cloud.test/EWS/Exchange.asmx',
      via: '1.1 outlook.cloud.test',
      durationMs: 0,
    },
  );
});

test('mailboxes of one connector go in one request each endpoint, and answers keep the client’s order', async () => {
  const addresses = [
    'anna@contoso.test',
    'fred@fabrikam.test',
    'nobody@contoso.test',
    'bert@contoso.test',
    'carl@contoso.test',
    'gone@contoso.test',
    'nora@contoso.test',
    'not an address',
    'anna@contoso.test',
  ];
  await premises.organization.configuration.update('IntraOrganizationConnector', 'HybridIOC', {
    TargetSharingEpr: 'https://outlook.cloud.test/EWS/Exchange.asmx',
  });
  const response = await premises.lookUpFreeBusy(requestFor(...addresses), bert, contextOf('lookup-0002'));
  assert.deepEqual(response.freeBusy?.map(codeOf), [
    'NoError',
    'NoError',
    'ErrorMailRecipientNotFound',
    'NoError',
    'NoError',
    'ErrorMailRecipientNotFound',
    'ErrorAddressSpaceNotFound',
    'ErrorInvalidSmtpAddress',
    'NoError',
  ]);
  assert.deepEqual(
    response.paths?.map((path) => path.source),
    [
      'IntraOrganizationConnector',
      'IntraOrganizationConnector',
      'None',
      'Local',
      'IntraOrganizationConnector',
      'IntraOrganizationConnector',
      'None',
      'None',
      'IntraOrganizationConnector',
    ],
  );
  // One request: TargetSharingEpr skips Autodiscover.
  assert.equal(cloud.seen.length, 1);
  assert.equal(cloud.seen[0]?.text.match(/<t:MailboxData>/g)?.length, 4);
  assert.equal(other.seen.length, 1);
  assert.match(
    textOf(response.freeBusy?.[2]),
    /Unable to resolve e-mail address nobody@contoso\.test to an Active Directory object\.\r\n\. Name of the server where exception originated: mail\.contoso\.test\. LID: 57660$/,
  );
  assert.match(
    textOf(response.freeBusy?.[6]),
    /Configuration information for forest\/domain nowhere\.test could not be found in Active Directory\.\r\n.* LID: 47932$/,
  );
  // The other organisation's own words, and where they come from.
  const [gone] = [response.freeBusy?.[5]];
  assert.match(textOf(gone), /gone@contoso\.mail\.onmicrosoft\.test[\s\S]*originated: outlook\.cloud\.test/);
  assert.equal(gone?.ok === false && gone.failure.responseSource, 'outlook.cloud.test');
});

test('Autodiscover answers each mailbox for itself', async () => {
  const response = await premises.lookUpFreeBusy(requestFor('gone@contoso.test', 'anna@contoso.test'), bert, contextOf('lookup-0003'));
  assert.deepEqual(response.freeBusy?.map(codeOf), ['ErrorAutoDiscoverFailed', 'NoError']);
  assert.match(
    textOf(response.freeBusy?.[0]),
    /AutoDiscoverInvalidUserException: The response from the Autodiscover service at 'https:\/\/autodiscover-s\.cloud\.test\/autodiscover\/autodiscover\.svc' failed due to an error in user setting 'ExternalEwsUrl'\. Error message: InvalidUser\..* LID: 33676$/s,
  );
  assert.equal(response.paths?.[0]?.endpoint, 'https://autodiscover-s.cloud.test/autodiscover/autodiscover.svc');
});

test('one organisation that fails leaves the answers of the others alone', async () => {
  other.interruption = (_request, response) => Boolean(response.writeHead(503, 'Service Unavailable').end());
  const response = await premises.lookUpFreeBusy(requestFor('fred@fabrikam.test', 'anna@contoso.test', 'bert@contoso.test'), bert, contextOf('lookup-0004'));
  assert.deepEqual(response.freeBusy?.map(codeOf), ['ErrorProxyRequestProcessingFailed', 'NoError', 'NoError']);
  assert.match(textOf(response.freeBusy?.[0]), /System\.Net\.WebException: The request failed with HTTP status 503: Service Unavailable\.\r\n/);
});

test('one that does not answer in time is given up, and the others are not', async () => {
  const arrived = nextRequest(other);
  const looking = premises.lookUpFreeBusy(requestFor('fred@fabrikam.test', 'bert@contoso.test'), bert, contextOf('lookup-0005'));
  const { response: held } = await arrived;
  expire();
  const response = await looking;
  assert.deepEqual(response.freeBusy?.map(codeOf), ['ErrorTimeoutExpired', 'NoError']);
  assert.match(
    textOf(response.freeBusy?.[0]),
    /TimeoutExpiredException: Request could not be processed in time\. Timeout occurred during 'Waiting-For-Request-Completion'\.\r\n.* LID: 43404$/,
  );
  await clientGone(held);
});

test('a client that goes away ends the requests made for it', async () => {
  const client = new AbortController();
  const arrived = nextRequest(other);
  const looking = premises.lookUpFreeBusy(requestFor('fred@fabrikam.test'), bert, contextOf('lookup-0006', client.signal));
  const { response: held } = await arrived;
  client.abort();
  await assert.rejects(looking, { code: 'AVAILABILITY_ABORTED' });
  await clientGone(held);
});

test('a request from another organisation is never sent on, so that none can circle', async () => {
  // Both sides believe that Dora is at the other one.
  await premises.add({ recipientTypeDetails: 'RemoteUserMailbox', primarySmtpAddress: 'dora@contoso.test', externalEmailAddress: `dora@${cloudDomain}` });
  await cloud.add({
    recipientTypeDetails: 'MailUser',
    primarySmtpAddress: 'dora@contoso.test',
    emailAddresses: [`dora@${cloudDomain}`],
    externalEmailAddress: 'dora@contoso.test',
  });
  await premises.organization.configuration.update('IntraOrganizationConnector', 'HybridIOC', {
    TargetSharingEpr: 'https://outlook.cloud.test/EWS/Exchange.asmx',
  });
  const response = await premises.lookUpFreeBusy(requestFor('dora@contoso.test'), bert, contextOf('lookup-0007'));
  assert.deepEqual(response.freeBusy?.map(codeOf), ['ErrorProxyRequestNotAllowed']);
  assert.match(
    textOf(response.freeBusy?.[0]),
    /CrossOrganizationProxyNotAllowedForExternalOrganization: The cross-organization request for mailbox dora@contoso\.mail\.onmicrosoft\.test is not allowed because the requester is from a different organization\.\r\n.* LID: 39660$/,
  );
  assert.equal(cloud.seen.length, 1);
  assert.equal(premises.seen.length, 0);
});

test('what a partner sees is limited by the relationship with its domain', async () => {
  const relationship = await cloud.organization.configuration.create('OrganizationRelationship', 'To premises', {
    DomainNames: ['contoso.test'],
    FreeBusyAccessLevel: 'AvailabilityOnly',
  });
  const seen = async (): Promise<string> => {
    const response = await premises.lookUpFreeBusy(requestFor('anna@contoso.test'), bert, contextOf('lookup-0008'));
    const [outcome] = response.freeBusy ?? [];
    return outcome?.ok === true ? outcome.view.viewType : codeOf(outcome);
  };
  assert.equal(await seen(), 'FreeBusyMerged');
  await cloud.organization.configuration.update('OrganizationRelationship', relationship.name, { FreeBusyAccessLevel: 'None' });
  assert.equal(await seen(), 'ErrorNoFreeBusyAccess');
  await cloud.organization.configuration.update('OrganizationRelationship', relationship.name, {
    FreeBusyAccessLevel: 'LimitedDetails',
    FreeBusyAccessScope: 'Some group',
  });
  assert.equal(await seen(), 'ErrorNoFreeBusyAccess');
  const group = await cloud.organization.configuration.create('DistributionGroup', 'Some group', { Alias: 'some', DisplayName: 'Some group', PrimarySmtpAddress: 'some@contoso.test' });
  assert.equal(await seen(), 'ErrorNoFreeBusyAccess', 'anna is not in the group');
  const anna = await cloud.organization.directory.resolve('anna@contoso.test');
  await cloud.organization.configuration.update('DistributionGroup', group.guid, { Members: [anna?.guid ?? ''] });
  assert.equal(await seen(), 'DetailedMerged');
  await cloud.organization.configuration.update('OrganizationRelationship', relationship.name, { FreeBusyAccessScope: null });
  assert.equal(await seen(), 'DetailedMerged');
  await cloud.organization.configuration.update('OrganizationRelationship', relationship.name, { Enabled: false, FreeBusyAccessLevel: 'None' });
  assert.equal(await seen(), 'DetailedMerged');
});

test('suggestions weigh people of both organisations', async () => {
  const suggestionsView = {
    goodThreshold: 25,
    maximumResultsByDay: 3,
    maximumNonWorkHourResultsByDay: 0,
    meetingDurationInMinutes: 60,
    minimumSuggestionQuality: 'Excellent' as const,
    detailedSuggestionsWindow: { start, end: start + 24 * hour },
  };
  await premises.organization.calendars.put(bert.recipient.guid, item('bert', 8));
  const { freeBusyView: _, ...rest } = requestFor('bert@contoso.test', 'anna@contoso.test', 'nobody@contoso.test');
  const response = await premises.lookUpFreeBusy({ ...rest, suggestionsView }, bert, contextOf('lookup-0009'));
  assert.equal(response.freeBusy, undefined);
  assert.ok(response.suggestions?.ok);
  // Bert is busy from eight to nine here, Anna from nine to ten in the cloud; the working day ends at five, all in UTC.
  assert.deepEqual(
    response.suggestions.days[0]?.suggestions.map((one) => new Date(one.meetingTime).getUTCHours()),
    [10, 10, 11],
  );
  assert.deepEqual(response.suggestions.days[0]?.suggestions[0]?.conflicts, [
    { kind: 'Individual', busyType: 'Free' },
    { kind: 'Individual', busyType: 'Free' },
    { kind: 'Unknown' },
  ]);
  assert.match(cloud.seen.at(-1)?.text ?? '', /<t:RequestedView>FreeBusy<\/t:RequestedView>/);
  await premises.organization.calendars.clear(bert.recipient.guid);
});

test('free/busy that covers the suggestions’ window is not asked for twice', async () => {
  const suggestionsView = {
    goodThreshold: 25,
    maximumResultsByDay: 1,
    maximumNonWorkHourResultsByDay: 0,
    meetingDurationInMinutes: 60,
    minimumSuggestionQuality: 'Excellent' as const,
    detailedSuggestionsWindow: view.window,
  };
  const asked = async (freeBusyView: FreeBusyViewOptions): Promise<number> => {
    other.seen.length = 0;
    const response = await premises.lookUpFreeBusy({ ...requestFor('fred@fabrikam.test'), freeBusyView, suggestionsView }, bert, contextOf('lookup-0010'));
    assert.ok(response.suggestions?.ok);
    assert.equal(response.suggestions.days[0]?.suggestions.length, 1);
    assert.deepEqual(response.freeBusy?.map(codeOf), ['NoError']);
    return other.seen.length;
  };
  assert.equal(await asked(view), 1);
  assert.equal(await asked({ ...view, requestedView: 'MergedOnly' }), 2);
  assert.equal(await asked({ ...view, window: { start: start + hour, end: start + 24 * hour } }), 2);
});
