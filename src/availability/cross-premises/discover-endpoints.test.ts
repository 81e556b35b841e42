import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { AvailabilityFailure, AvailabilityResponse, Requester } from '../../ews/index.ts';
import type { Interruption, LoopbackNetwork, LoopbackOrganization } from './loopback-organization.ts';
import { bearerOf, contextOf, createLoopbackNetwork, nextRequest, startLoopbackOrganization } from './loopback-organization.ts';

const start = Date.parse('2026-11-30T00:00:00Z');
const keepMs = 600_000;
const ewsPath = '/EWS/Exchange.asmx';
const discoveryEndpoint = 'https://autodiscover.remote.test/autodiscover/autodiscover.svc';
let now = start;
let network: LoopbackNetwork;
let premises: LoopbackOrganization;
let remote: LoopbackOrganization;
let second: LoopbackOrganization;
let bert: Requester;

before(async () => {
  network = await createLoopbackNetwork();
  premises = await startLoopbackOrganization(network, ['premises.test'], {
    clock: { now: () => now },
    keepDiscoveredMs: keepMs,
    getAuthorization: (url, requester) => Promise.resolve(`${bearerOf(requester)};for ${new URL(url).hostname}`),
  });
  remote = await startLoopbackOrganization(network, ['ews.remote.test', 'autodiscover.remote.test', 'old.remote.test']);
  second = await startLoopbackOrganization(network, ['ews.second.test', 'autodiscover.second.test']);
  await premises.add({ primarySmtpAddress: 'bert@contoso.test' });
  for (const name of ['anna', 'carl', 'dora', 'gone']) {
    await premises.add({ recipientTypeDetails: 'MailUser', primarySmtpAddress: `${name}@contoso.test`, externalEmailAddress: `${name}@remote.test` });
  }
  for (const one of [remote, second]) {
    for (const name of ['anna', 'carl', 'dora']) await one.add({ primarySmtpAddress: `${name}@${one === remote ? 'remote' : 'second'}.test` });
    await one.add({ recipientTypeDetails: 'MailContact', primarySmtpAddress: 'bert@contoso.test', externalEmailAddress: 'bert@contoso.test' });
  }
  const { configuration } = premises.organization;
  await configuration.create('IntraOrganizationConnector', 'Remote', { TargetAddressDomains: ['remote.test', 'also.remote.test'], DiscoveryEndpoint: discoveryEndpoint });
  await configuration.create('IntraOrganizationConnector', 'Second', { TargetAddressDomains: ['second.test'] });
  bert = await premises.requester('bert@contoso.test');
});

after(() => Promise.all([premises.close(), remote.close(), second.close()]));

beforeEach(async () => {
  for (const one of [remote, second]) {
    one.seen.length = 0;
    one.interruption = undefined;
  }
  // A change, so that nothing is remembered from the test before.
  await premises.organization.configuration.update('IntraOrganizationConnector', 'Second', { TargetSharingEpr: `https://ews.second.test${ewsPath}`, DiscoveryEndpoint: null });
});

function lookUp(names: readonly string[] = ['anna'], signal?: AbortSignal): Promise<AvailabilityResponse> {
  return premises.lookUpFreeBusy(
    {
      mailboxes: names.map((name) => ({ email: { address: `${name}@contoso.test` }, attendeeType: 'Required', excludeConflicts: false })),
      freeBusyView: { window: { start, end: start + 86_400_000 }, mergedFreeBusyIntervalInMinutes: 30, requestedView: 'FreeBusy' },
    },
    bert,
    contextOf('discovery-1', signal),
  );
}

const failureOf = ({ freeBusy }: AvailabilityResponse): AvailabilityFailure | undefined => (freeBusy?.[0]?.ok === false ? freeBusy[0].failure : undefined);
const codes = ({ freeBusy }: AvailabilityResponse): (string | true)[] | undefined => freeBusy?.map((outcome) => outcome.ok || outcome.failure.responseCode);
const isDiscovery = (path: string | undefined): boolean => path?.startsWith('/autodiscover') === true;
/** Which of the requests that arrived were Autodiscover's. */
const discoveries = (one: LoopbackOrganization): number => one.seen.filter(({ path }) => isDiscovery(path)).length;

const answering =
  (user: string): Interruption =>
  (request, response) => {
    if (!isDiscovery(request.url)) return false;
    const text = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><GetUserSettingsResponseMessage xmlns="http://schemas.microsoft.com/exchange/2010/Autodiscover"><Response><ErrorCode>NoError</ErrorCode><UserResponses><UserResponse>${user}</UserResponse></UserResponses></Response></GetUserSettingsResponseMessage></s:Body></s:Envelope>`;
    response.writeHead(200, { 'content-type': 'text/xml' }).end(text);
    return true;
  };
const naming = (url: string): Interruption =>
  answering(`<ErrorCode>NoError</ErrorCode><UserSettings><UserSetting><Name>ExternalEwsUrl</Name><Value>${url}</Value></UserSetting></UserSettings>`);
const redirecting = (code: string, target: string): Interruption => answering(`<ErrorCode>${code}</ErrorCode><RedirectTarget>${target}</RedirectTarget>`);
const ewsAnswers =
  (status: number): Interruption =>
  (request, response) => {
    if (isDiscovery(request.url)) return false;
    response.writeHead(status, { location: 'https://elsewhere.test/' }).end();
    return true;
  };

test('what Autodiscover said serves everybody of the domain until its time is over', async () => {
  assert.deepEqual(codes(await lookUp(['anna', 'carl'])), [true, true]);
  assert.equal(discoveries(remote), 1);
  now += keepMs - 1;
  assert.deepEqual(codes(await lookUp(['dora'])), [true]);
  assert.equal(discoveries(remote), 1);
  now += 1;
  assert.deepEqual(codes(await lookUp()), [true]);
  assert.equal(discoveries(remote), 2);
});

test('a change of configuration makes it ask again', async () => {
  await lookUp();
  await premises.organization.configuration.update('IntraOrganizationConnector', 'Remote', { Enabled: true });
  await lookUp();
  assert.equal(discoveries(remote), 2);
});

test('requests that come at the same time ask once', async () => {
  const all = await Promise.all(Array.from({ length: 8 }, () => lookUp()));
  assert.deepEqual(all.map(codes), Array.from({ length: 8 }, () => [true]));
  assert.equal(discoveries(remote), 1);
});

test('one that goes away while it asks leaves those that wait for it with an answer', async () => {
  const arrived = nextRequest(remote);
  const client = new AbortController();
  const leaving = assert.rejects(lookUp(['anna'], client.signal), { code: 'AVAILABILITY_ABORTED' });
  await arrived;
  remote.interruption = undefined;
  const staying = lookUp(['carl']);
  client.abort();
  await leaving;
  assert.deepEqual(codes(await staying), [true]);
});

test('an Autodiscover that is not there is asked once, and every mailbox is told', async () => {
  remote.interruption = (_request, response) => Boolean(response.writeHead(404, 'Not Found').end());
  const response = await lookUp(['anna', 'carl', 'dora']);
  assert.deepEqual(codes(response), ['ErrorAutoDiscoverFailed', 'ErrorAutoDiscoverFailed', 'ErrorAutoDiscoverFailed']);
  assert.match(response.freeBusy?.[2]?.ok === false ? response.freeBusy[2].failure.messageText : '', /for email address dora@remote\.test with error .* 404: Not Found/);
  assert.equal(discoveries(remote), 1);
});

test('a mailbox that Autodiscover does not know speaks for itself only', async () => {
  assert.deepEqual(codes(await lookUp(['gone', 'anna', 'carl'])), ['ErrorAutoDiscoverFailed', true, true]);
  assert.equal(discoveries(remote), 3);
  assert.deepEqual(codes(await lookUp(['carl'])), [true]);
  assert.equal(discoveries(remote), 3);
});

for (const [name, broken] of [
  ['is not dialled any more', undefined],
  ['answers 401', ewsAnswers(401)],
  ['answers 404', ewsAnswers(404)],
  ['answers with a redirect', ewsAnswers(302)],
] as const) {
  test(`a remembered endpoint that ${name} is looked for again, without the user noticing`, async () => {
    // No connection to it stays open, on which it could still be reached.
    const old = naming(`https://old.remote.test${ewsPath}`);
    remote.interruption = (request, response) => old(request, response.setHeader('connection', 'close'));
    const port = network.names.get('old.remote.test');
    assert.ok(port !== undefined);
    assert.deepEqual(codes(await lookUp()), [true]);
    if (broken === undefined) network.names.delete('old.remote.test');
    // The mailboxes have moved to another server of the same organisation.
    const moved = naming(`https://ews.remote.test${ewsPath}`);
    remote.interruption = (request, response) => (request.headers.host === 'old.remote.test' ? (broken?.(request, response) ?? false) : moved(request, response));
    const response = await lookUp();
    network.names.set('old.remote.test', port);
    assert.deepEqual(codes(response), [true]);
    assert.equal(response.paths?.[0]?.endpoint, `https://ews.remote.test${ewsPath}`);
    assert.equal(discoveries(remote), 2);
  });
}

test('where Autodiscover still names the endpoint that failed, its failure is the answer', async () => {
  assert.deepEqual(codes(await lookUp()), [true]);
  remote.interruption = ewsAnswers(401);
  assert.match(failureOf(await lookUp())?.messageText ?? '', /HTTP status 401/);
  assert.deepEqual([remote.seen.length, discoveries(remote)], [4, 2]);
});

test('an endpoint that is there and cannot answer just now stays remembered', async () => {
  assert.deepEqual(codes(await lookUp()), [true]);
  remote.interruption = ewsAnswers(503);
  assert.match(failureOf(await lookUp())?.messageText ?? '', /HTTP status 503/);
  remote.interruption = undefined;
  assert.deepEqual(codes(await lookUp()), [true]);
  assert.equal(discoveries(remote), 1);
});

test('a redirect to another URL is followed, with a token made for that host', async () => {
  remote.interruption = redirecting('RedirectUrl', 'https://autodiscover.second.test/autodiscover/autodiscover.svc');
  second.interruption = naming(`https://ews.remote.test${ewsPath}`);
  const response = await lookUp(['anna', 'carl']);
  assert.deepEqual(codes(response), [true, true]);
  for (const { host, authorization } of [...remote.seen, ...second.seen]) assert.equal(authorization, `${bearerOf(bert)};for ${host}`);
  assert.deepEqual([discoveries(remote), discoveries(second), remote.seen.length], [1, 1, 2]);
});

for (const target of ['http://autodiscover.second.test/autodiscover/autodiscover.svc', 'https://user:word@autodiscover.second.test/', 'autodiscover.second.test', '']) {
  test(`a redirect to "${target}" is not followed`, async () => {
    remote.interruption = redirecting('RedirectUrl', target);
    assert.match(failureOf(await lookUp())?.messageText ?? '', /Error message: RedirectUrl\..* LID: 33676$/s);
    assert.deepEqual([remote.seen.length, second.seen.length], [1, 0]);
  });
}

test('redirects that go round end where they come back, and endless ones after ten', async () => {
  remote.interruption = redirecting('RedirectUrl', 'https://autodiscover.second.test/autodiscover/');
  second.interruption = redirecting('RedirectUrl', discoveryEndpoint);
  const response = await lookUp();
  assert.match(failureOf(response)?.messageText ?? '', /The response from the Autodiscover service at 'https:\/\/autodiscover\.second\.test\/autodiscover\/' .* RedirectUrl\./);
  assert.equal(response.paths?.[0]?.endpoint, 'https://autodiscover.second.test/autodiscover/');
  assert.deepEqual([remote.seen.length, second.seen.length], [1, 1]);
  let count = 0;
  remote.interruption = (request, answer) => redirecting('RedirectUrl', `https://autodiscover.remote.test/autodiscover/${(count += 1)}`)(request, answer);
  assert.equal(failureOf(await lookUp())?.responseCode, 'ErrorAutoDiscoverFailed');
  assert.equal(count, 11, 'the question and ten redirects');
});

test('a redirect to another address is asked for under that address, and holds for that mailbox only', async () => {
  await remote.add({ alias: 'anna.also', primarySmtpAddress: 'anna@also.remote.test' });
  remote.interruption = (request, response) => remote.seen.at(-1)?.text.includes('anna@remote.test') === true && redirecting('RedirectAddress', 'SMTP:anna@also.remote.test')(request, response);
  assert.deepEqual(codes(await lookUp(['anna', 'carl'])), [true, true]);
  const ews = remote.seen.find(({ path }) => !isDiscovery(path));
  assert.match(ews?.text ?? '', /anna@also\.remote\.test[\s\S]*carl@remote\.test/);
  assert.equal(discoveries(remote), 3);
});

test('an address of another connector’s domain goes to that connector’s endpoint', async () => {
  remote.interruption = redirecting('RedirectAddress', 'anna@second.test');
  const response = await lookUp();
  assert.deepEqual(codes(response), [true]);
  assert.deepEqual([response.paths?.[0]?.name, response.paths?.[0]?.endpoint], ['Second', `https://ews.second.test${ewsPath}`]);
  assert.match(second.seen[0]?.text ?? '', /anna@second\.test/);
  assert.equal(second.seen[0]?.authorization, `${bearerOf(bert)};for ews.second.test`);
  await premises.organization.configuration.update('IntraOrganizationConnector', 'Second', {
    TargetSharingEpr: null,
    DiscoveryEndpoint: 'https://autodiscover.second.test/autodiscover/autodiscover.svc',
  });
  assert.deepEqual(codes(await lookUp()), [true]);
  assert.equal(discoveries(second), 1);
});

for (const target of ['anna@remote.test', 'anna@contoso.test', 'anna@nowhere.test', 'nobody', '']) {
  test(`an address that leads nowhere ("${target}") is the mailbox’s error`, async () => {
    remote.interruption = redirecting('RedirectAddress', target);
    assert.match(failureOf(await lookUp())?.messageText ?? '', /Error message: RedirectAddress\..* LID: 33676$/s);
    assert.deepEqual([remote.seen.length, second.seen.length], [1, 0]);
  });
}
